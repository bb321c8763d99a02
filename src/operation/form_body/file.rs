//! A file that is chosen, with what it holds where that can be told.

use boxdeck_dialect::PartContent;
use leptos::prelude::*;

use crate::certificates::check::CertificateCheck;
use crate::certificates::expected;
use crate::files;
use crate::operation::form::Form;
use crate::operation::form::node::FileLeaf;
use crate::ui;

/// Name of the page of resources that hold the certificate which the system itself shows.
const CERTIFICATES: &str = "certificates";

/// The choice of a file; what was chosen before is let go. A certificate is shown before it is sent, and what is none is
/// refused.
#[component]
pub(super) fn FileControl(leaf: FileLeaf, accept: String, form: Form) -> impl IntoView {
    let own = form.subject.resource.page == CERTIFICATES;
    let check = expected(&accept).map(|expected| {
        view! { <CertificateCheck chosen=leaf.chosen fault=leaf.fault expected own/> }
    });
    let choose = Callback::new(move |chosen: Option<web_sys::File>| {
        if let Some(PartContent::File { handle, .. }) = leaf.chosen.get_untracked() {
            files::forget(handle);
        }
        leaf.chosen.set(chosen.map(files::keep));
    });
    let accept = Some(accept).filter(|accept| !accept.is_empty());
    view! {
        <ui::FileInput on_file=choose drop_text=words::form::drop() accept=accept/>
        {check}
    }
}
