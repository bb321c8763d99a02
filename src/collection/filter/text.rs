//! The filter as text, with completion: a combobox of the WAI-ARIA Authoring Practices whose list follows the caret.

mod editor;
mod suggest;

use std::ops::Range;
use std::sync::Arc;

use boxdeck_dialect::Term;
use leptos::{html, prelude::*};
use words::filter as say;

use super::chip::SideMark;
use super::wording::{example, note};
use crate::collection::address::ListAddress;
use crate::collection::filter::{Filterable, Side};
use crate::collection::reading::Reading;
use crate::collection::source::Source;
use crate::collection::tools::Entry;
use crate::ui::{Button, ButtonKind, unique_id};
use editor::Editor;
use suggest::Suggestions;

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
    let editor = Editor::new(&source.system, filterables, address, on_go);
    let suggestions = Suggestions::new(editor, &source.system);
    let Editor { fields, input, text, read, fault, .. } = editor;
    let Suggestions { offer, active, popup, .. } = suggestions;
    // What was said of the filter before is out of date once another was entered that cannot be read.
    Effect::new(move |was: Option<bool>| {
        let now = editor.is_in_doubt(was);
        reading.doubt(now);
        now
    });
    on_cleanup(move || reading.doubt(false));
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| turned) {
            // Focus can only fail for elements that left the page.
            drop(input.focus());
        }
    });
    let mirror = NodeRef::<html::Div>::new();
    let list_id = unique_id("suggestions");
    let notes_id = unique_id("filter-notes");
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
                            on:click=move |_| suggestions.accept(index)
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
    let is_unapplied = Memo::new(move |_| editor.is_unapplied());
    let note_below = move || editor.note();
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
                        editor.type_in(event_target_value(&event));
                        suggestions.suggest();
                        follow();
                    }
                    on:click=move |_| if text.with_untracked(String::is_empty) { suggestions.suggest() }
                    on:scroll=move |_| follow()
                    on:keyup=move |_| follow()
                    on:blur=move |_| suggestions.close()
                    on:keydown=move |event| suggestions.keydown(&event)
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
                    <Button kind=ButtonKind::Quiet small=true on_click=move |_| editor.take_back()>{say::text_take_back()}</Button>
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
