//! The page on which a policy of backups is made or changed: the form as for everything else, and above its inputs what they
//! mean in words.

mod doubts;
mod phrase;
mod plan;

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use words::policy as say;

use crate::operation::{Above, FormPage};
use crate::ui;
use plan::plan;

/// The field that holds when backups are made and how long they are kept.
const PLAN: &str = "backupPolicy";

/// The form of a policy.
#[component]
pub fn PolicyForm() -> impl IntoView {
    provide_context(Above::new(|values| view! { <InWords values/> }.into_any()));
    view! { <FormPage/> }
}

/// What the inputs mean, once they are whole; follows what is typed.
#[component]
fn InWords(
    /// Everything that the form holds.
    values: Signal<Arc<serde_json::Map<String, Value>>>,
) -> impl IntoView {
    let written = Memo::new(move |_| values.with(|values| values.get(PLAN).cloned()));
    let content = move || {
        let written = written.get().unwrap_or_default();
        let lines = plan(&written);
        if lines.is_empty() {
            return view! { <p class="muted">{say::unfinished()}</p> }.into_any();
        }
        let lines = lines.into_iter().map(|(label, text)| {
            view! { <ui::Description label=label wide=true>{text}</ui::Description> }
        });
        let doubts: Vec<_> =
            doubts::doubts(&written).into_iter().map(|text| view! { <li>{text}</li> }).collect();
        view! {
            <ui::DescriptionList>{lines.collect_view()}</ui::DescriptionList>
            {(!doubts.is_empty()).then(|| view! {
                <ui::Notice tone=ui::Tone::Warn title=say::look().to_owned() quiet=true>
                    <ul class="doubt-list">{doubts}</ul>
                </ui::Notice>
            })}
        }
        .into_any()
    };
    view! {
        <section class="operation-group" aria-label=say::title()>
            <h2>{say::title()}</h2>
            {content}
        </section>
    }
}
