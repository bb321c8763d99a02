//! What can be chosen beside a chart: what it draws, and the time.

use std::sync::Arc;

use boxdeck_catalog::{Chart, Choice, Field, FieldType, Period};
use boxdeck_dialect::Term;
use leptos::prelude::*;
use words::chart as say;

use super::measure::given;
use super::period::{Stretch, begun};
use super::with_value;
use crate::collection::address::ListAddress;
use crate::collection::source::Source;
use crate::ui::{IconButton, SelectInput, TextInput};
use crate::when::{millis, use_now};

const DAY: u64 = 24;

#[component]
pub(super) fn Toolbar(
    source: Source,
    chart: Arc<Chart>,
    address: Signal<ListAddress>,
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let terms = Memo::new(move |_| address.with(|address| address.query.filter.clone()));
    let on_terms = Callback::new(move |terms: Vec<Term>| {
        on_go.run(address.with_untracked(|address| address.with_filter(terms)))
    });
    let choices: Vec<AnyView> =
        chart.choices.iter().filter_map(|name| choice(&source, name, terms, on_terms)).collect();
    let begin = {
        let (source, chart) = (source, chart.clone());
        Callback::new(move |stretch: Stretch| {
            on_terms.run(begun(&source.operation, &chart, &terms.get_untracked(), Some(stretch)));
        })
    };
    let spans = chart.period.clone().map(|period| spans(period, terms, begin));
    view! { <div class="chart-tools">{choices}{spans}</div> }
}

/// A parameter that is chosen beside the chart; `None` where it does not go with what the list is of.
fn choice(
    source: &Source,
    name: &str,
    terms: Memo<Vec<Term>>,
    on_terms: Callback<Vec<Term>>,
) -> Option<AnyView> {
    let list = &source.operation;
    let field = list.input(name)?.field.clone();
    let goes = terms.with_untracked(|terms| {
        field.when.iter().all(|condition| condition.holds(given(list, terms, &condition.field).as_ref()))
    });
    goes.then(|| match &field.field_type {
        FieldType::Enum(choices) => select(source, &field, choices, terms, on_terms),
        _ => word(source, field.clone(), terms, on_terms),
    })
}

/// The value of a parameter as it is given, to be changed.
fn value_of(source: &Source, name: &str, terms: Memo<Vec<Term>>) -> RwSignal<String> {
    let (list, name) = (source.operation.clone(), name.to_owned());
    let value = RwSignal::new(String::new());
    Effect::new(move |_| {
        let chosen = terms.with(|terms| given(&list, terms, &name));
        value.set(chosen.and_then(|chosen| chosen.as_str().map(str::to_owned)).unwrap_or_default());
    });
    value
}

/// A word of which the system has no list: what was seen is offered. What leaving it out means is said while it is left out.
fn word(source: &Source, field: Field, terms: Memo<Vec<Term>>, on_terms: Callback<Vec<Term>>) -> AnyView {
    let value = value_of(source, &field.name, terms);
    let offers = source.system.seen.values(&field.vocabulary);
    let name = field.name;
    let apply = move || {
        let text = value.get_untracked().trim().to_owned();
        let next = terms.with_untracked(|terms| match text.as_str() {
            "" => terms.iter().filter(|term| term.field != name).cloned().collect(),
            _ => with_value(terms, &name, text),
        });
        if terms.with_untracked(|terms| *terms != next) {
            on_terms.run(next);
        }
    };
    let on_enter = {
        let apply = apply.clone();
        Callback::new(move |()| apply())
    };
    let is_left_out = Memo::new(move |_| value.with(|value| value.trim().is_empty()));
    view! {
        <span class="chart-word" on:focusout=move |_| apply()>
            <TextInput value label=Some(field.label.clone()) placeholder=Some(field.label) offers on_enter/>
        </span>
        <Show when=move || is_left_out.get()>
            <p class="chart-note">{field.help.clone()}</p>
        </Show>
    }
    .into_any()
}

/// A parameter with choices.
fn select(
    source: &Source,
    field: &Field,
    choices: &[Choice],
    terms: Memo<Vec<Term>>,
    on_terms: Callback<Vec<Term>>,
) -> AnyView {
    let field = field.clone();
    let options = choices.iter().map(|Choice { value, label, .. }| (value.clone(), label.clone())).collect();
    let value = value_of(source, &field.name, terms);
    let name = field.name;
    let on_change = Callback::new(move |chosen: String| {
        if !chosen.is_empty() {
            on_terms.run(terms.with_untracked(|terms| with_value(terms, &name, chosen)));
        }
    });
    view! {
        <SelectInput
            value
            options=Signal::stored(options)
            label=field.label.clone()
            placeholder=Signal::derive(move || value.with(String::is_empty).then(|| field.label.clone()))
            standalone=true
            on_change
        />
    }
    .into_any()
}

/// The lengths of time until now, and the ways to earlier and later times.
fn spans(period: Period, terms: Memo<Vec<Term>>, begin: Callback<Stretch>) -> AnyView {
    let now = use_now();
    let mut lengths = period.hours.clone();
    lengths.sort_unstable();
    let present = Memo::new(move |_| terms.with(|terms| Stretch::of(&period, terms)));
    let buttons = lengths.into_iter().map(|hours| {
        let text =
            if hours.is_multiple_of(DAY) && hours > DAY { say::days(hours / DAY) } else { say::hours(hours) };
        let pressed = move || present.get().is_some_and(|stretch| stretch.hours() == Some(hours));
        view! {
            <button
                type="button"
                class="btn"
                aria-pressed=move || pressed().to_string()
                on:click=move |_| begin.run(Stretch::until(millis(now.get_untracked()), hours))
            >
                {text}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let shift = move |later: bool| {
        if let Some(stretch) = present.get_untracked() {
            begin.run(stretch.moved(later));
        }
    };
    view! {
        <div class="chart-spans" role="group" aria-label=say::period()>{buttons}</div>
        <Show when=move || present.with(Option::is_some)>
            <IconButton icon="chevron-left" label=say::earlier() on_click=move |_| shift(false)/>
            <IconButton icon="chevron-right" label=say::later() on_click=move |_| shift(true)/>
        </Show>
    }
    .into_any()
}
