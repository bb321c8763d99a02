//! The pages on which backups are planned: forms and records as for everything else, and beside them what they mean in words.

mod group;
mod policy;

use leptos::prelude::*;
use words::policy as say;

use crate::operation::{Above, FormPage};
use crate::parts::InWords;
use crate::record::RecordPage;
use crate::ui;

/// What something means.
#[derive(Debug, Clone, PartialEq, Default)]
struct Meaning {
    /// What it is about, and what is true of that.
    lines: Vec<(String, String)>,
    /// What the service takes, but hardly anybody wants.
    doubts: Vec<String>,
}

/// A form, or the page of a record, with what it means in words.
pub fn in_words(what: InWords, is_form: bool) -> AnyView {
    provide_context(Above::new(move |values| {
        let (meaning, unfinished) = match what {
            InWords::Policy => (policy::meaning(values), say::unfinished()),
            InWords::ProtectionGroup => (group::meaning(values), words::protection::unfinished()),
        };
        view! { <Said meaning unfinished=is_form.then_some(unfinished)/> }.into_any()
    }));
    if is_form { view! { <FormPage/> }.into_any() } else { view! { <RecordPage/> }.into_any() }
}

/// Lines and doubts; follows what is typed.
#[component]
fn Said(
    /// What to say.
    meaning: Signal<Meaning>,
    /// What to say while there is nothing yet; `None` to say nothing then.
    unfinished: Option<&'static str>,
) -> impl IntoView {
    let content = move || {
        let Meaning { lines, doubts } = meaning.get();
        if lines.is_empty() {
            return unfinished.map(|text| view! { <p class="muted">{text}</p> }).into_any();
        }
        let lines = lines.into_iter().map(|(label, text)| {
            view! { <ui::Description label=label wide=true>{text}</ui::Description> }
        });
        let doubts: Vec<_> = doubts.into_iter().map(|text| view! { <li>{text}</li> }).collect();
        view! {
            {(!doubts.is_empty()).then(|| view! {
                <ui::Notice tone=ui::Tone::Warn title=say::look().to_owned() quiet=true>
                    <ul class="doubt-list">{doubts}</ul>
                </ui::Notice>
            })}
            <ui::DescriptionList>{lines.collect_view()}</ui::DescriptionList>
        }
        .into_any()
    };
    view! {
        <section class="in-words" aria-label=say::title()>
            <h2>{say::title()}</h2>
            {content}
        </section>
    }
}
