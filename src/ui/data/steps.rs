//! How far a person is on a way of several steps.

use leptos::prelude::*;

use crate::ui::{Icon, Text};

/// The steps of a way in their order: what is done, where the person is, and what is to come.
#[component]
pub fn Steps(
    /// Name of the way.
    #[prop(into)]
    label: Text,
    /// What each step is called.
    #[prop(into)]
    steps: Signal<Vec<String>>,
    /// The step where the person is, counted from 0; beyond the last one, all are done.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let items = move || {
        let now = current.get();
        let step = move |(index, text): (usize, String)| {
            view! {
                <li class="step" class:step-done=index < now aria-current=(index == now).then_some("step")>
                    <span class="step-mark" aria-hidden="true">
                        {if index < now { view! { <Icon name="check"/> }.into_any() } else { (index + 1).to_string().into_any() }}
                    </span>
                    <span>{text}</span>
                    {(index < now).then(|| view! { <span class="visually-hidden">{words::page::step_done()}</span> })}
                </li>
            }
        };
        steps.get().into_iter().enumerate().map(step).collect_view()
    };
    view! { <ol class="steps" aria-label=move || label.get()>{items}</ol> }
}
