//! Yes or no.

use leptos::{html, prelude::*};

use super::Wiring;
use crate::ui::{OptText, Text, id::unique_id};

/// A box to tick, with its text beside it.
#[component]
pub fn Checkbox(
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// The text.
    #[prop(into)]
    label: Text,
    /// What to know before ticking.
    #[prop(optional, into)]
    help: OptText,
    /// Neither yes nor no, for a box that stands for many.
    #[prop(optional, into)]
    indeterminate: Signal<bool>,
    /// Why it can't be changed now; `None` when it can.
    #[prop(optional, into)]
    reason: OptText,
    /// Called after each change by the person.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! { <Choice value label help indeterminate reason on_change switch=false/> }
}

/// A switch for something that is on or off.
#[component]
pub fn Switch(
    /// Whether it is on.
    value: RwSignal<bool>,
    /// The text.
    #[prop(into)]
    label: Text,
    /// What to know before switching.
    #[prop(optional, into)]
    help: OptText,
    /// Why it can't be changed now; `None` when it can.
    #[prop(optional, into)]
    reason: OptText,
    /// Called after each change by the person.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! { <Choice value label help indeterminate=Signal::default() reason on_change switch=true/> }
}

#[component]
fn Choice(
    value: RwSignal<bool>,
    label: Text,
    help: OptText,
    indeterminate: Signal<bool>,
    reason: OptText,
    on_change: Option<Callback<bool>>,
    switch: bool,
) -> impl IntoView {
    let wiring = Wiring::find(OptText::default());
    let input = NodeRef::<html::Input>::new();
    let help_id = unique_id("help");
    let reason_id = unique_id("reason");
    let outer = wiring.described_by;
    let described_by = {
        let (help_id, reason_id) = (help_id.clone(), reason_id.clone());
        move || {
            let mut ids = Vec::new();
            ids.extend(outer.get());
            ids.extend(help.with(Option::is_some).then(|| help_id.clone()));
            ids.extend(reason.with(Option::is_some).then(|| reason_id.clone()));
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let checked = input.checked();
        value.set(checked);
        if let Some(on_change) = on_change {
            on_change.run(checked);
        }
    };
    // The value of such a box must not change, and only stopping the click does that.
    let click = move |event: leptos::ev::MouseEvent| {
        if reason.with_untracked(Option::is_some) {
            event.prevent_default();
        }
    };
    view! {
        <div class="choice" data-hint=move || reason.get()>
            <label class="choice-label">
                <input
                    id=wiring.id.clone()
                    type="checkbox"
                    class=if switch { "switch" } else { "checkbox" }
                    role=switch.then_some("switch")
                    node_ref=input
                    aria-describedby=described_by
                    aria-disabled=move || reason.with(Option::is_some).then_some("true")
                    aria-invalid=wiring.aria_invalid()
                    prop:checked=move || value.get()
                    prop:indeterminate=move || indeterminate.get()
                    on:change=change
                    on:click=click
                />
                <span>{move || label.get()}</span>
            </label>
            {move || help.get().map(|text| view! { <p class="field-help choice-help" id=help_id.clone()>{text}</p> })}
            <span id=reason_id hidden>{move || reason.get()}</span>
        </div>
    }
}
