//! A file that is chosen.

use boxdeck_dialect::PartContent;
use leptos::prelude::*;

use crate::files;
use crate::ui;

/// The choice of a file; what was chosen before is let go.
#[component]
pub(super) fn FileControl(file: RwSignal<Option<PartContent>>, accept: String) -> impl IntoView {
    let choose = Callback::new(move |chosen: Option<web_sys::File>| {
        if let Some(PartContent::File { handle, .. }) = file.get_untracked() {
            files::forget(handle);
        }
        file.set(chosen.map(files::keep));
    });
    view! { <ui::FileInput on_file=choose drop_text="or drop it here" accept=Some(accept).filter(|accept| !accept.is_empty())/> }
}
