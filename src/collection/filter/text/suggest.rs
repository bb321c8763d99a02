//! What may come next in the filter as text: a list that follows the caret.

use std::ops::Range;

use boxdeck_catalog::Field;
use boxdeck_dialect::query::{Completion, Suggestion, complete, reference};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::editor::Editor;
use crate::collection::filter;
use crate::collection::filter::dialog::HERE;
use crate::collection::filter::wording::{byte_at, units_at};
use crate::load::Loader;
use crate::lookup::{Lookup, PAUSE};
use crate::system::System;
use crate::ui::Popup;

/// The suggestions of an editor.
#[derive(Clone, Copy)]
pub(super) struct Suggestions {
    editor: Editor,
    system: StoredValue<System>,
    /// What could stand there, and what of the text it would take the place of.
    pub(super) offer: RwSignal<(Range<usize>, Vec<Suggestion>)>,
    /// The suggestion that the keys have moved to.
    pub(super) active: RwSignal<Option<usize>>,
    /// The list.
    pub(super) popup: Popup,
    searching: Loader<()>,
}

impl Suggestions {
    /// Suggests nothing yet.
    pub(super) fn new(editor: Editor, system: &System) -> Self {
        Self {
            editor,
            system: StoredValue::new(system.clone()),
            offer: RwSignal::new((0..0, Vec::new())),
            active: RwSignal::new(None),
            popup: Popup::new(),
            searching: Loader::aside(),
        }
    }

    /// Closes the list.
    pub(super) fn close(self) {
        self.active.set(None);
        self.popup.close();
    }

    /// Suggests what fits where the caret is.
    pub(super) fn suggest(self) {
        self.searching.cancel();
        let Editor { text, fields, .. } = self.editor;
        let place = self.caret();
        let found =
            text.with_untracked(|text| fields.with_value(|fields| complete(fields, HERE, text, place)));
        let Completion { span, suggestions, record_of } = found;
        let field = record_of.and_then(|name| {
            fields.with_value(|fields| filter::find(fields, &name).map(|known| known.field.clone()))
        });
        self.offer_all(span.clone(), suggestions);
        if let Some(field) = field {
            self.offer_records(&field, span);
        }
    }

    fn caret(self) -> usize {
        let input = self.editor.input.get_untracked();
        let units = input.and_then(|input| input.selection_start().ok().flatten());
        self.editor.text.with_untracked(|text| units.map_or(text.len(), |units| byte_at(text, units)))
    }

    fn typed(self, span: &Range<usize>) -> String {
        self.editor.text.with_untracked(|text| text.get(span.clone()).unwrap_or_default().to_owned())
    }

    fn offer_all(self, span: Range<usize>, suggestions: Vec<Suggestion>) {
        let typed = self.typed(&span);
        let is_there = matches!(suggestions.as_slice(), [only] if only.insert == typed);
        self.active.set(None);
        let is_empty = suggestions.is_empty() || is_there;
        self.offer.set((span, suggestions));
        match self.editor.input.get_untracked() {
            Some(input) if !is_empty => self.popup.open(&input),
            _ => self.close(),
        }
    }

    /// What the box holds, offered as soon as it is found.
    fn offer_records(self, field: &Field, span: Range<usize>) {
        let names = self.editor.names;
        let sought = self.typed(&span).trim_matches('"').to_owned();
        let lookup = self.system.with_value(|system| Lookup::new(system, reference(field)?, None));
        let (Some(lookup), Some(resource)) = (lookup, names.resource(field)) else { return };
        self.searching.run(move |reader| async move {
            if !sought.is_empty() {
                reader.pause(PAUSE).await?;
            }
            let found = lookup.search(&sought, reader.clone()).await?;
            if !reader.is_gone() {
                self.offer_all(span, names.suggestions(&resource, found.fitting(&sought)));
            }
            Ok(())
        });
    }

    /// Puts a suggestion into the text.
    pub(super) fn accept(self, index: usize) {
        let Some((span, suggestion)) =
            self.offer.with_untracked(|(span, all)| Some((span.clone(), all.get(index)?.clone())))
        else {
            return;
        };
        let editor = self.editor;
        let (next, place) = editor.text.with_untracked(|text| with_suggestion(text, &span, &suggestion));
        editor.type_in(next.clone());
        if let Some(input) = editor.input.get_untracked() {
            input.set_value(&next);
            let place = units_at(&next, place);
            // A text input takes any place in its text.
            drop(input.set_selection_range(place, place));
            drop(input.focus());
        }
        self.suggest();
    }

    fn apply(self) {
        self.close();
        self.searching.cancel();
        self.editor.apply();
    }

    /// The keys of a combobox; Enter applies the text where no suggestion is meant.
    pub(super) fn keydown(self, event: &KeyboardEvent) {
        let is_open = self.popup.is_open();
        let count = self.offer.with_untracked(|(_, all)| all.len());
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => self.suggest(),
            " " if event.ctrl_key() => self.suggest(),
            "ArrowDown" => self.active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count.max(1)))),
            "ArrowUp" => self.active.update(|at| {
                *at = Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(count.saturating_sub(1)));
            }),
            "Enter" | "Tab" if is_open && self.active.get_untracked().is_some() => {
                if let Some(index) = self.active.get_untracked() {
                    self.accept(index);
                }
            }
            "Enter" => self.apply(),
            "Escape" if is_open => self.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
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
