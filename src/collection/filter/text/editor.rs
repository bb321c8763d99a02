//! What is typed into the filter as text, and what becomes of it.

use std::ops::Range;
use std::sync::Arc;

use boxdeck_catalog::Field;
use boxdeck_dialect::Term;
use boxdeck_dialect::query::{Fault, Placed, parse, print_named};
use leptos::{html, prelude::*};
use words::filter as say;

use crate::collection::address::ListAddress;
use crate::collection::filter::Filterable;
use crate::collection::filter::dialog::HERE;
use crate::collection::filter::names::{self, Doubt, RecordNames};
use crate::collection::filter::wording::{fault_text, units_at};
use crate::collection::tools::Entry;
use crate::load::Loader;
use crate::system::System;

/// What is typed and not yet applied, and whether a person has asked for it to be applied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Draft {
    text: String,
    entered: bool,
}

/// The text of a filter: what is applied, what is typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// What can be filtered by.
    pub(super) fields: StoredValue<Arc<Vec<Filterable>>>,
    /// The records that it names.
    pub(super) names: RecordNames,
    /// The input.
    pub(super) input: NodeRef<html::Input>,
    /// The filter as it is applied.
    applied: Memo<String>,
    draft: RwSignal<Option<Draft>>,
    /// What the input shows.
    pub(super) text: Memo<String>,
    /// Its terms.
    pub(super) read: Memo<Result<Vec<Placed>, Fault>>,
    /// What the box said of the names in it.
    doubt: RwSignal<Option<Doubt>>,
    /// What is wrong with it, and where. What is still being typed is no fault yet.
    pub(super) fault: Memo<Option<Doubt>>,
    looking: Loader<()>,
    looked_for: RwSignal<String>,
    address: Signal<ListAddress>,
    on_go: Callback<(ListAddress, Entry)>,
}

impl Editor {
    /// Shows the filter of an address.
    pub(super) fn new(
        system: &System,
        fields: Arc<Vec<Filterable>>,
        address: Signal<ListAddress>,
        on_go: Callback<(ListAddress, Entry)>,
    ) -> Self {
        let fields = StoredValue::new(fields);
        let names = RecordNames::new(system);
        let applied = Memo::new(move |_| {
            let name_of = |field: &Field, key: &str| names.name_of(field, key);
            address.with(|address| {
                fields.with_value(|fields| print_named(fields, HERE, &address.query.filter, &name_of))
            })
        });
        let draft: RwSignal<Option<Draft>> = RwSignal::new(None);
        let text = Memo::new(move |_| draft.get().map_or_else(|| applied.get(), |draft| draft.text));
        let read =
            Memo::new(move |_| text.with(|text| fields.with_value(|fields| parse(fields, HERE, text))));
        let doubt: RwSignal<Option<Doubt>> = RwSignal::new(None);
        let fault = Memo::new(move |_| {
            let entered = draft.with(|draft| draft.as_ref().is_none_or(|draft| draft.entered));
            let fault = read.get().err().filter(|fault: &Fault| entered || !fault.unfinished);
            let said = fault.map(|fault| {
                let told = text.with(|text| fields.with_value(|fields| fault_text(&fault, fields, text)));
                (fault.span, told)
            });
            said.or_else(|| doubt.get())
        });
        Self {
            fields,
            names,
            input: NodeRef::new(),
            applied,
            draft,
            text,
            read,
            doubt,
            fault,
            looking: Loader::aside(),
            looked_for: RwSignal::new(String::new()),
            address,
            on_go,
        }
    }

    /// Whether a person has asked for a text to be applied that cannot be, since the filter that shows was entered; `was`:
    /// what this said before. Tracked.
    pub(super) fn is_in_doubt(self, was: Option<bool>) -> bool {
        let typed = self.draft.with(|draft| draft.as_ref().map(|draft| draft.entered));
        typed.is_some_and(|entered| was == Some(true) || entered && self.fault.with(Option::is_some))
    }

    /// Takes what was typed.
    pub(super) fn type_in(self, text: String) {
        self.looking.cancel();
        self.doubt.set(None);
        self.draft.set(Some(Draft { text, entered: false }));
    }

    fn enter(self) {
        self.draft.set(Some(Draft { text: self.text.get_untracked(), entered: true }));
    }

    /// Applies the text, once the box has said which records it names. What is wrong with it is pointed at.
    pub(super) fn apply(self) {
        let placed = match self.read.get_untracked() {
            Ok(placed) => placed,
            Err(fault) => {
                self.enter();
                return self.point_at(&fault.span);
            }
        };
        let (known, wanted) = self.terms(placed.clone());
        if wanted.is_empty() {
            return self.go(known);
        }
        self.enter();
        self.doubt.set(None);
        let (span, all) = names::all(&wanted);
        self.looked_for.set(all.clone());
        self.looking.run(move |reader| async move {
            let answer = self.names.look_up(&wanted, reader.clone()).await;
            if !reader.is_gone() {
                match answer {
                    Ok(None) => self.go(self.terms(placed).0),
                    Ok(Some(told)) => {
                        self.point_at(&told.0);
                        self.doubt.set(Some(told));
                    }
                    Err(failure) => self.doubt.set(Some((span, say::name_failed(all, failure.message)))),
                }
            }
            Ok(())
        });
    }

    fn terms(self, placed: Vec<Placed>) -> (Vec<Term>, Vec<names::Wanted>) {
        self.text
            .with_untracked(|text| self.fields.with_value(|fields| self.names.read(fields, placed, text)))
    }

    fn go(self, terms: Vec<Term>) {
        self.draft.set(None);
        let next = self.address.with_untracked(|address| address.with_filter(terms));
        if self.address.with_untracked(|address| *address != next) {
            self.on_go.run((next, Entry::New));
        }
    }

    fn point_at(self, span: &Range<usize>) {
        let units = self.text.with_untracked(|text| (units_at(text, span.start), units_at(text, span.end)));
        if let Some(input) = self.input.get_untracked() {
            // A text input takes any place in its text.
            drop(input.set_selection_range(units.0, units.1));
        }
    }

    /// Gives up what was typed.
    pub(super) fn take_back(self) {
        self.looking.cancel();
        self.doubt.set(None);
        self.draft.set(None);
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&self.applied.get_untracked());
            // Focus can only fail for elements that left the page.
            drop(input.focus());
        }
    }

    /// Whether something is typed that is not applied; tracked.
    pub(super) fn is_unapplied(self) -> bool {
        self.draft.with(|draft| {
            draft.as_ref().is_some_and(|draft| self.applied.with(|applied| draft.text.trim() != *applied))
        })
    }

    /// What goes on with what is typed; tracked.
    pub(super) fn note(self) -> Option<String> {
        if self.looking.state().with(|looking| looking.loading) {
            return Some(say::name_looking(self.looked_for.get()));
        }
        let entered = self.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.entered));
        if entered && self.fault.with(Option::is_some) {
            return Some(say::text_earlier().to_owned());
        }
        let can_apply =
            self.is_unapplied() && self.read.with(Result::is_ok) && self.doubt.with(Option::is_none);
        can_apply.then(|| say::text_unapplied().to_owned())
    }
}
