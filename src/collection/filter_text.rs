//! The filter as text, with completion: a combobox of the WAI-ARIA Authoring Practices whose list follows the caret.

use std::ops::Range;
use std::sync::Arc;

use boxdeck_dialect::Term;
use boxdeck_dialect::query::{About, Fault, Placed, Suggestion, complete, parse, print};
use leptos::ev::KeyboardEvent;
use leptos::{html, prelude::*};
use words::filter as say;

use super::address::ListAddress;
use super::filter::{self, Filterable, Side};
use super::filter_bar::Entry;
use super::filter_chip::SideMark;
use super::filter_dialog::HERE;
use super::filter_wording::{byte_at, fault_text, units_at};
use super::source::Source;
use crate::ui::{Button, ButtonKind, Popup, unique_id};

/// What is typed and not yet applied, and whether a person has asked for it to be applied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Draft {
    text: String,
    entered: bool,
}

/// The filter as text. Enter applies it; nothing that was typed goes unless a person takes it back.
#[component]
pub fn FilterText(
    /// The list.
    source: Source,
    /// What it can be filtered by.
    filterables: Arc<Vec<Filterable>>,
    /// What it shows.
    address: Signal<ListAddress>,
    /// Called with the address that a person makes.
    on_go: Callback<(ListAddress, Entry)>,
) -> impl IntoView {
    let fields = StoredValue::new(filterables);
    let applied = Memo::new(move |_| {
        address.with(|address| fields.with_value(|fields| print(fields, HERE, &address.query.filter)))
    });
    let draft: RwSignal<Option<Draft>> = RwSignal::new(None);
    let text = Memo::new(move |_| draft.get().map_or_else(|| applied.get(), |draft| draft.text));
    let read: Memo<Result<Vec<Placed>, Fault>> =
        Memo::new(move |_| text.with(|text| fields.with_value(|fields| parse(fields, HERE, text))));
    // What is still being typed is no fault yet.
    let fault = Memo::new(move |_| {
        let entered = draft.with(|draft| draft.as_ref().is_none_or(|draft| draft.entered));
        read.get().err().filter(|fault| entered || !fault.unfinished)
    });
    let input = NodeRef::<html::Input>::new();
    let mirror = NodeRef::<html::Div>::new();
    let list_id = unique_id("suggestions");
    let notes_id = unique_id("filter-notes");
    let popup = Popup::new();
    let active = RwSignal::new(None::<usize>);
    let offer: RwSignal<(Range<usize>, Vec<Suggestion>)> = RwSignal::new((0..0, Vec::new()));

    let caret = move || {
        let units = input.get_untracked().and_then(|input| input.selection_start().ok().flatten());
        text.with_untracked(|text| units.map_or(text.len(), |units| byte_at(text, units)))
    };
    let close = move || {
        active.set(None);
        popup.close();
    };
    let suggest = move || {
        let place = caret();
        let found =
            text.with_untracked(|text| fields.with_value(|fields| complete(fields, HERE, text, place)));
        let typed = text.with_untracked(|text| text.get(found.span.clone()).unwrap_or_default().to_owned());
        let is_there = matches!(found.suggestions.as_slice(), [only] if only.insert == typed);
        active.set(None);
        let is_empty = found.suggestions.is_empty() || is_there;
        offer.set((found.span, found.suggestions));
        match input.get_untracked() {
            Some(input) if !is_empty => popup.open(&input),
            _ => close(),
        }
    };
    let type_in = move |text: String| draft.set(Some(Draft { text, entered: false }));
    let accept = move |index: usize| {
        let Some((span, suggestion)) =
            offer.with_untracked(|(span, all)| Some((span.clone(), all.get(index)?.clone())))
        else {
            return;
        };
        let (next, place) = text.with_untracked(|text| with_suggestion(text, &span, &suggestion));
        type_in(next.clone());
        if let Some(input) = input.get_untracked() {
            input.set_value(&next);
            let place = units_at(&next, place);
            // A text input takes any place in its text.
            drop(input.set_selection_range(place, place));
            drop(input.focus());
        }
        suggest();
    };
    let apply = move || {
        close();
        match read.get_untracked() {
            Ok(placed) => {
                let terms: Vec<Term> = placed.into_iter().map(|placed| placed.term).collect();
                draft.set(None);
                let next = address.with_untracked(|address| address.with_filter(terms));
                if address.with_untracked(|address| *address != next) {
                    on_go.run((next, Entry::New));
                }
            }
            Err(fault) => {
                let text = text.get_untracked();
                let units = (units_at(&text, fault.span.start), units_at(&text, fault.span.end));
                draft.set(Some(Draft { text, entered: true }));
                if let Some(input) = input.get_untracked() {
                    drop(input.set_selection_range(units.0, units.1));
                }
            }
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let is_open = popup.is_open();
        let count = offer.with_untracked(|(_, all)| all.len());
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => suggest(),
            " " if event.ctrl_key() => suggest(),
            "ArrowDown" => active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count.max(1)))),
            "ArrowUp" => {
                active.update(|at| {
                    *at = Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(count.saturating_sub(1)))
                });
            }
            "Enter" | "Tab" if is_open && active.get_untracked().is_some() => {
                if let Some(index) = active.get_untracked() {
                    accept(index);
                }
            }
            "Enter" => apply(),
            "Escape" if is_open => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let follow = move || {
        if let (Some(input), Some(mirror)) = (input.get_untracked(), mirror.get_untracked()) {
            mirror.set_scroll_left(input.scroll_left());
        }
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    Effect::new({
        let option_id = option_id.clone();
        move |_| {
            if let Some(index) = active.get() {
                popup.reveal(&option_id(index));
            }
        }
    });
    let options = {
        let option_id = option_id.clone();
        move || {
            let option_id = option_id.clone();
            offer
                .with(|(_, all)| all.clone())
                .into_iter()
                .enumerate()
                .map(move |(index, suggestion)| {
                    let note = note(&suggestion.about);
                    view! {
                        <div
                            class="combo-option"
                            role="option"
                            id=option_id(index)
                            aria-selected=move || (active.get() == Some(index)).to_string()
                            data-active=move || (active.get() == Some(index)).to_string()
                            on:mousedown=move |event| event.prevent_default()
                            on:click=move |_| accept(index)
                        >
                            <span class="truncate mono">{suggestion.insert}</span>
                            <span class="combo-note">{note}</span>
                        </div>
                    }
                })
                .collect_view()
        }
    };
    let marked = move || {
        let text = text.get();
        let span = fault.get().map(|fault| fault.span)?;
        let part = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
        let at = if span.is_empty() { "\u{2002}".to_owned() } else { part(span.clone()) };
        Some(
            view! { {part(0..span.start)}<span class="filter-fault">{at}</span>{part(span.end..text.len())} },
        )
    };
    let message = move || {
        let fault = fault.get()?;
        Some(text.with(|text| fields.with_value(|fields| fault_text(&fault, fields, text))))
    };
    let parts = move || {
        let placed = read.get().ok()?;
        let terms: Vec<Term> = placed.iter().map(|placed| placed.term.clone()).collect();
        let sides = source.sides(&terms);
        let text = text.get();
        let parts = placed
            .into_iter()
            .zip(sides)
            .filter_map(|(placed, side)| Some((text.get(placed.span)?.to_owned(), side)));
        Some(parts.map(|(text, side)| view! { <li><Part text side/></li> }).collect_view())
    };
    let take_back = move |_| {
        draft.set(None);
        if let Some(input) = input.get_untracked() {
            input.set_value(&applied.get_untracked());
            // Focus can only fail for elements that left the page.
            drop(input.focus());
        }
    };
    let is_unapplied = Memo::new(move |_| {
        draft.with(|draft| {
            draft.as_ref().is_some_and(|draft| applied.with(|applied| draft.text.trim() != *applied))
        })
    });
    let can_apply = move || is_unapplied.get() && read.with(Result::is_ok);
    let active_id = move || active.get().map(&option_id);
    view! {
        <div class="filter-text">
            <div class="filter-text-box">
                <div class="filter-text-mirror mono" aria-hidden="true" node_ref=mirror>{marked}</div>
                <input
                    class="input mono"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=input
                    aria-label=say::text_label()
                    aria-autocomplete="list"
                    aria-expanded=move || popup.shown().to_string()
                    aria-controls=list_id.clone()
                    aria-activedescendant=active_id
                    aria-describedby=notes_id.clone()
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    placeholder=say::text_placeholder(fields.with_value(|fields| example(fields)))
                    prop:value=move || text.get()
                    on:input=move |event| {
                        type_in(event_target_value(&event));
                        suggest();
                        follow();
                    }
                    on:click=move |_| if text.with_untracked(String::is_empty) { suggest() }
                    on:scroll=move |_| follow()
                    on:keyup=move |_| follow()
                    on:blur=move |_| close()
                    on:keydown=keydown
                />
            </div>
            <div class="combo-list" popover="manual" node_ref=popup.list>
                <div role="listbox" id=list_id aria-label=say::text_suggestions()>{options}</div>
            </div>
            <div class="filter-text-notes" id=notes_id>
                <p class="field-error" role="alert">{message}</p>
                <ul class="filter-parts" aria-label=say::chips()>{parts}</ul>
                <p class="filter-unapplied">{move || can_apply().then(say::text_unapplied)}</p>
                <Show when=move || is_unapplied.get()>
                    <Button kind=ButtonKind::Quiet small=true on_click=take_back>{say::text_take_back()}</Button>
                </Show>
            </div>
        </div>
    }
}

/// One term of the text with who applies it.
#[component]
fn Part(text: String, side: Option<Side>) -> impl IntoView {
    view! {
        <span class="filter-part">
            <span class="mono truncate">{text}</span>
            {match side {
                Some(side) => view! { <SideMark side/> }.into_any(),
                None => view! { <span class="field-error">{say::nobody_applies()}</span> }.into_any(),
            }}
        </span>
    }
}

/// The text with a suggestion put in, and the place of the caret after it.
fn with_suggestion(text: &str, span: &Range<usize>, suggestion: &Suggestion) -> (String, usize) {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let gap = if suggestion.insert == "(" { "" } else { " " };
    let next = format!("{before}{}{gap}", suggestion.insert);
    let place = next.len();
    let after = if gap.is_empty() { after } else { after.trim_start() };
    (format!("{next}{after}"), place)
}

/// What stands beside a suggestion.
fn note(about: &About) -> String {
    match about {
        About::Field(label) => label.clone(),
        About::Comparison(comparison) => {
            filter::words(*comparison, &boxdeck_catalog::FieldType::Text).to_owned()
        }
        About::Value(label) => label.clone().unwrap_or_default(),
        About::Joint | About::Sign => String::new(),
    }
}

/// A filter that could be typed here.
fn example(fields: &[Filterable]) -> String {
    use boxdeck_catalog::{FieldType, Operator};
    let can = |known: &&Filterable, operator| known.operators.contains(&operator);
    let of = |fits: fn(&FieldType) -> bool, operator| {
        fields.iter().filter(|known| fits(&known.field.field_type)).find(|known| can(known, operator))
    };
    let text = of(|kind| matches!(kind, FieldType::Text), Operator::Like);
    let size = of(|kind| matches!(kind, FieldType::Bytes(_)), Operator::Gt);
    let time = of(|kind| matches!(kind, FieldType::Timestamp(_) | FieldType::DateTime), Operator::Lt);
    let parts: Vec<String> = [
        text.map(|known| format!("{} ~ db", known.field.name)),
        size.map(|known| format!("{} > 2TiB", known.field.name)),
        time.map(|known| format!("{} older than 30d", known.field.name)),
    ]
    .into_iter()
    .flatten()
    .take(2)
    .collect();
    parts.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_take_the_place_of_what_was_typed() {
        let put = |text: &str, span, insert: &str| {
            let about = About::Value(None);
            with_suggestion(text, &span, &Suggestion { insert: insert.to_owned(), about })
        };
        assert_eq!(put("na = x", 0..2, "name"), ("name = x".to_owned(), 5));
        assert_eq!(put("name in ", 8..8, "("), ("name in (".to_owned(), 9));
        assert_eq!(put("a is no", 2..7, "is not empty"), ("a is not empty ".to_owned(), 15));
    }
}
