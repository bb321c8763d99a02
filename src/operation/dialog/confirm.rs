//! The person's word: a tick, or the record's name.

use leptos::prelude::*;

use crate::operation::friction::Friction;
use crate::operation::performance::Performance;
use crate::ui;

/// What a person has to do before the plan goes; nothing where the button is enough.
#[component]
pub(super) fn Word(performance: Performance) -> impl IntoView {
    let friction = Memo::new(move |_| performance.friction());
    move || match friction.get() {
        Friction::Press => ().into_any(),
        Friction::Acknowledge => view! {
            <ui::Checkbox
                value=performance.acknowledged
                label=words::plan::acknowledge()
            />
        }
        .into_any(),
        Friction::TypeName(name) => view! {
            <ui::FormField
                label=words::plan::type_name(name)
                help=Some(words::plan::destroys().to_owned())
            >
                <ui::TextInput
                    value=performance.typed
                    mono=true
                    autofocus=true
                    on_enter=move |()| performance.confirm()
                />
            </ui::FormField>
        }
        .into_any(),
    }
}
