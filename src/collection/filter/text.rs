//! The filter as text, with completion: a combobox of the WAI-ARIA Authoring Practices whose list follows the caret.

use std::ops::Range;
use std::sync::Arc;

use boxdeck_catalog::Field;
use boxdeck_dialect::Term;
use boxdeck_dialect::query::{
    Completion, Fault, Placed, Suggestion, complete, parse, print_named, reference,
};
use leptos::ev::KeyboardEvent;
use leptos::{html, prelude::*};
use words::filter as say;

use super::chip::SideMark;
use super::dialog::HERE;
use super::names::{self, Doubt, RecordNames};
use super::wording::{byte_at, example, fault_text, note, units_at};
use crate::collection::address::ListAddress;
use crate::collection::filter::{self, Filterable, Side};
use crate::collection::reading::Reading;
use crate::collection::source::Source;
use crate::collection::tools::Entry;
use crate::load::Loader;
use crate::lookup::{Lookup, PAUSE};
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
    /// How it is read.
    reading: Reading,
    /// A person has just turned to it: it takes the focus.
    turned: bool,
    /// Called with the address that a person makes.
    on_go: Callback<(ListAddress, Entry)>,
) -> impl IntoView {
    let fields = StoredValue::new(filterables);
    let names = RecordNames::new(&source.system);
    let applied = Memo::new(move |_| {
        let name_of = |field: &Field, key: &str| names.name_of(field, key);
        address.with(|address| {
            fields.with_value(|fields| print_named(fields, HERE, &address.query.filter, &name_of))
        })
    });
    let draft: RwSignal<Option<Draft>> = RwSignal::new(None);
    let text = Memo::new(move |_| draft.get().map_or_else(|| applied.get(), |draft| draft.text));
    let read: Memo<Result<Vec<Placed>, Fault>> =
        Memo::new(move |_| text.with(|text| fields.with_value(|fields| parse(fields, HERE, text))));
    // What the box said of the names in it.
    let doubt: RwSignal<Option<Doubt>> = RwSignal::new(None);
    let looking = Loader::<()>::aside();
    let looked_for = RwSignal::new(String::new());
    // What is wrong with it, and where. What is still being typed is no fault yet.
    let fault: Memo<Option<Doubt>> = Memo::new(move |_| {
        let entered = draft.with(|draft| draft.as_ref().is_none_or(|draft| draft.entered));
        let fault = read.get().err().filter(|fault| entered || !fault.unfinished);
        let said = fault.map(|fault| {
            let told = text.with(|text| fields.with_value(|fields| fault_text(&fault, fields, text)));
            (fault.span, told)
        });
        said.or_else(|| doubt.get())
    });
    // What was said of the filter before is out of date once another was entered that cannot be read.
    Effect::new(move |was: Option<bool>| {
        let typed = draft.with(|draft| draft.as_ref().map(|draft| draft.entered));
        let now = typed.is_some_and(|entered| was == Some(true) || entered && fault.with(Option::is_some));
        reading.doubt(now);
        now
    });
    on_cleanup(move || reading.doubt(false));
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| turned) {
            // Focus can only fail for elements that left the page.
            drop(input.focus());
        }
    });
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
    let offer_all = move |span: Range<usize>, suggestions: Vec<Suggestion>| {
        let typed = text.with_untracked(|text| text.get(span.clone()).unwrap_or_default().to_owned());
        let is_there = matches!(suggestions.as_slice(), [only] if only.insert == typed);
        active.set(None);
        let is_empty = suggestions.is_empty() || is_there;
        offer.set((span, suggestions));
        match input.get_untracked() {
            Some(input) if !is_empty => popup.open(&input),
            _ => close(),
        }
    };
    let searching = Loader::<()>::aside();
    let system = StoredValue::new(source.system.clone());
    // What the box holds, offered as soon as it is found.
    let offer_records = move |field: Field, span: Range<usize>| {
        let typed = text.with_untracked(|text| text.get(span.clone()).unwrap_or_default().to_owned());
        let sought = typed.trim_matches('"').to_owned();
        let lookup = system.with_value(|system| Lookup::new(system, reference(&field)?, None));
        let (Some(lookup), Some(resource)) = (lookup, names.resource(&field)) else { return };
        searching.run(move |reader| async move {
            if !sought.is_empty() {
                reader.pause(PAUSE).await?;
            }
            let found = lookup.search(&sought, reader.clone()).await?;
            if !reader.is_gone() {
                offer_all(span, names.suggestions(&resource, found.fitting(&sought)));
            }
            Ok(())
        });
    };
    let suggest = move || {
        searching.cancel();
        let place = caret();
        let found =
            text.with_untracked(|text| fields.with_value(|fields| complete(fields, HERE, text, place)));
        let Completion { span, suggestions, record_of } = found;
        let field = record_of.and_then(|name| {
            fields.with_value(|fields| filter::find(fields, &name).map(|known| known.field.clone()))
        });
        offer_all(span.clone(), suggestions);
        if let Some(field) = field {
            offer_records(field, span);
        }
    };
    let type_in = move |text: String| {
        looking.cancel();
        doubt.set(None);
        draft.set(Some(Draft { text, entered: false }));
    };
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
    let point_at = move |span: &Range<usize>| {
        let units = text.with_untracked(|text| (units_at(text, span.start), units_at(text, span.end)));
        if let Some(input) = input.get_untracked() {
            // A text input takes any place in its text.
            drop(input.set_selection_range(units.0, units.1));
        }
    };
    let enter = move || draft.set(Some(Draft { text: text.get_untracked(), entered: true }));
    let go = move |terms: Vec<Term>| {
        draft.set(None);
        let next = address.with_untracked(|address| address.with_filter(terms));
        if address.with_untracked(|address| *address != next) {
            on_go.run((next, Entry::New));
        }
    };
    let terms = move |placed: Vec<Placed>| {
        text.with_untracked(|text| fields.with_value(|fields| names.read(fields, placed, text)))
    };
    let apply = move || {
        close();
        searching.cancel();
        let placed = match read.get_untracked() {
            Ok(placed) => placed,
            Err(fault) => {
                enter();
                return point_at(&fault.span);
            }
        };
        let (known, wanted) = terms(placed.clone());
        if wanted.is_empty() {
            return go(known);
        }
        enter();
        doubt.set(None);
        let (span, all) = names::all(&wanted);
        looked_for.set(all.clone());
        looking.run(move |reader| async move {
            let answer = names.look_up(&wanted, reader.clone()).await;
            if !reader.is_gone() {
                match answer {
                    Ok(None) => go(terms(placed).0),
                    Ok(Some(told)) => {
                        point_at(&told.0);
                        doubt.set(Some(told));
                    }
                    Err(failure) => doubt.set(Some((span, say::name_failed(all, failure.message)))),
                }
            }
            Ok(())
        });
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
        let (span, _) = fault.get()?;
        let part = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
        let at = if span.is_empty() { "\u{2002}".to_owned() } else { part(span.clone()) };
        Some(
            view! { {part(0..span.start)}<span class="filter-fault">{at}</span>{part(span.end..text.len())} },
        )
    };
    let message = move || fault.get().map(|(_, message)| message);
    let is_looking = Memo::new(move |_| looking.get().loading);
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
        looking.cancel();
        doubt.set(None);
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
    let note_below = move || {
        if is_looking.get() {
            return Some(say::name_looking(looked_for.get()));
        }
        let entered = draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.entered));
        if entered && fault.with(Option::is_some) {
            return Some(say::text_earlier().to_owned());
        }
        let can_apply = is_unapplied.get() && read.with(Result::is_ok) && doubt.with(Option::is_none);
        can_apply.then(|| say::text_unapplied().to_owned())
    };
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
                <p class="filter-unapplied" role="status">{note_below}</p>
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

#[cfg(test)]
mod tests {
    use boxdeck_dialect::query::About;

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
