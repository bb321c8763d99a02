//! Pages that say in words what is typed, or what a record holds: forms and records as for everything else, and beside them
//! what they mean.

use leptos::prelude::*;
use words::in_words as say;

use crate::operation::{Above, FormPage};
use crate::parts::InWords;
use crate::record::RecordPage;
use crate::{bills, protection, ui};

/// Names of missing inputs that are told; of more, only how many they are.
const MOST: usize = 5;

/// What something means.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meaning {
    /// What it is about, and what is true of that.
    pub lines: Vec<(String, String)>,
    /// What the system takes, but hardly anybody wants.
    pub doubts: Vec<String>,
}

/// A form, or the page of a record, with what it means in words.
pub fn in_words(what: InWords, is_form: bool) -> AnyView {
    provide_context(Above::new(move |draft| {
        let (meaning, unfinished) = match what {
            InWords::Policy => (protection::policy::meaning(draft), words::policy::unfinished()),
            InWords::ProtectionGroup => (protection::group::meaning(draft), words::protection::unfinished()),
            InWords::Prices => (bills::meaning(draft), words::bill::unfinished()),
        };
        let unfinished = is_form.then_some(unfinished);
        view! { <Said meaning unfinished missing=draft.missing/> }.into_any()
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
    /// What is still to be filled in.
    missing: Signal<Vec<String>>,
) -> impl IntoView {
    let content = move || {
        let Meaning { lines, doubts } = meaning.get();
        let missing =
            missing.with(|missing| still(missing)).map(|text| view! { <p class="muted">{text}</p> });
        if lines.is_empty() {
            return view! { {unfinished.map(|text| view! { <p class="muted">{text}</p> })} {missing} }
                .into_any();
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
            {missing}
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

/// What is still to be filled in; what is missing several times is named once.
fn still(missing: &[String]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in missing {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let more = u64::try_from(names.len().saturating_sub(MOST)).unwrap_or_default();
    let told = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    match (names.len(), more) {
        (0, _) => None,
        (_, 0) => Some(say::missing(told)),
        (_, more) => Some(say::missing_more(more, told)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_once_and_not_at_length() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(still(&[]), None);
        assert_eq!(still(&names(&["Name", "Price", "Price"])), Some(say::missing("Name, Price")));
        let many = names(&["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(still(&many), Some(say::missing_more(2_u64, "a, b, c, d, e")));
    }
}
