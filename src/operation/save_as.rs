//! Saving what an operation answered as a file.

use leptos::prelude::*;

use crate::ui::{self, Button};

/// What bytes are called to which neither the catalog nor the box gives a name.
pub(super) const UNNAMED: &str = "answer.bin";

/// The button that saves, and why the browser would not.
#[component]
pub(super) fn SaveAs(
    /// The name of the file.
    #[prop(into)]
    name: Signal<String>,
    /// Offers the file by that name; what the browser says against it.
    save: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static,
) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    view! {
        <p>
            <Button icon=Some("download".to_owned()) on_click=move |_| fault.set(save(&name.get_untracked()).err())>
                {move || words::outcome::save_as(name.get())}
            </Button>
        </p>
        {move || fault.get().map(|fault| view! { <ui::Notice tone=ui::Tone::Bad>{fault}</ui::Notice> })}
    }
}
