//! A file that is chosen, with what it holds where that can be told.

use boxdeck_certificate::Contents;
use boxdeck_dialect::{Failure, FailureKind, PartContent};
use leptos::prelude::*;

use crate::certificates::preview::{CertificatePreview, expected, inspect};
use crate::files;
use crate::load::Loader;
use crate::operation::form::node::FileLeaf;
use crate::ui;

/// The choice of a file; what was chosen before is let go. A certificate is shown before it is sent, and what is none is
/// refused.
#[component]
pub(super) fn FileControl(leaf: FileLeaf, accept: String) -> impl IntoView {
    let wanted = expected(&accept);
    let contents = Loader::<Contents>::new();
    let choose = Callback::new(move |chosen: Option<web_sys::File>| {
        if let Some(PartContent::File { handle, .. }) = leaf.chosen.get_untracked() {
            files::forget(handle);
        }
        contents.clear();
        leaf.fault.set(None);
        if let (Some(file), Some(wanted)) = (chosen.clone(), wanted) {
            leaf.fault.set(Some("The file is still being read.".to_owned()));
            contents.run(move |_abort| async move {
                let read = inspect(file, wanted).await;
                leaf.fault.try_set(read.as_ref().err().cloned());
                read.map_err(|message| Failure::new(FailureKind::Invalid, message))
            });
        }
        leaf.chosen.set(chosen.map(files::keep));
    });
    let accept = Some(accept).filter(|accept| !accept.is_empty());
    view! {
        <ui::FileInput on_file=choose drop_text="or drop it here" accept=accept/>
        {move || contents.get().data.filter(|_| leaf.fault.with(Option::is_none)).map(|contents| view! {
            <CertificatePreview contents=(*contents).clone()/>
        })}
    }
}
