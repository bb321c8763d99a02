//! The person's word: a tick, or a name or number that is typed.

use leptos::prelude::*;

use crate::operation::confirmation::Confirmation;
use crate::operation::friction::Friction;
use crate::ui;

/// What a person has to do before something goes; nothing where the button is enough.
#[component]
pub(super) fn Word(
    /// How far it is.
    confirmation: Confirmation,
    /// Called on the Enter key where something is typed.
    on_enter: Callback<()>,
) -> impl IntoView {
    let friction = Memo::new(move |_| confirmation.friction());
    move || match friction.get() {
        Friction::Press => ().into_any(),
        Friction::Acknowledge => view! {
            <ui::Checkbox value=confirmation.acknowledged label=words::plan::acknowledge()/>
        }
        .into_any(),
        Friction::TypeName(name) => view! {
            <ui::FormField label=words::plan::type_name(name) help=Some(words::plan::destroys().to_owned())>
                <ui::TextInput
                    value=confirmation.typed
                    mono=true
                    autofocus=true
                    on_enter=move |()| on_enter.run(())
                />
            </ui::FormField>
        }
        .into_any(),
    }
}
