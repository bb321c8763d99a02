//! The filter of a list: the search box, a chip for each term, the same as text, and the way to more.

use std::sync::Arc;

use boxdeck_dialect::Term;
use leptos::prelude::*;
use words::filter as say;

use super::chip::Chip;
use super::dialog::FilterDialog;
use super::search_box::SearchBox;
use super::text::FilterText;
use super::wish::use_filter_wish;
use crate::collection::address::ListAddress;
use crate::collection::filter;
use crate::collection::reading::Reading;
use crate::collection::source::{Listed, Source};
use crate::collection::tools::Entry;
use crate::collection::views::menu::{SaveView, SavedViews};
use crate::storage;
use crate::ui::{Button, ButtonKind};

/// What the dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Editing {
    /// A new term, on that field if one is meant.
    New(Option<String>),
    /// The term at that index.
    Term(usize),
}

/// The filter of a list. Where neither box nor browser can filter, there is no bar.
#[component]
pub fn FilterBar(
    /// The list.
    source: Source,
    /// What it shows.
    #[prop(into)]
    address: Signal<ListAddress>,
    /// The rows that were read, for what is said of the browser's terms.
    #[prop(into)]
    listed: Signal<Option<Arc<Listed>>>,
    /// How it is read.
    reading: Reading,
    /// Its saved views.
    saved: SavedViews,
    /// Called with the address that a person makes.
    on_go: Callback<(ListAddress, Entry)>,
) -> impl IntoView {
    let filterables = Arc::new(source.filterables());
    if filterables.is_empty() {
        return ().into_any();
    }
    let search_field = source.search_field(&filterables).cloned();
    // What is edited while the dialog is open.
    let editing: RwSignal<Option<Editing>> = RwSignal::new(None);
    if let Some(wish) = use_filter_wish() {
        Effect::new(move |_| {
            if let Some(field) = wish.asked() {
                wish.settle();
                editing.set(Some(Editing::New(Some(field))));
            }
        });
    }
    let as_text = RwSignal::new(storage::get(storage::FILTER_AS_TEXT).is_some());
    let turned = StoredValue::new(false);
    let toggle = move |_| {
        turned.set_value(true);
        as_text.update(|on| *on = !*on);
        if as_text.get_untracked() {
            storage::set(storage::FILTER_AS_TEXT, "1");
        } else {
            storage::remove(storage::FILTER_AS_TEXT);
        }
    };
    let searched = search_field.as_ref().map(|field| field.name.clone());
    let chips = {
        let (source, filterables) = (source.clone(), filterables.clone());
        let terms = Memo::new(move |_| address.with(|address| shown_terms(address, searched.as_deref())));
        let sides = {
            let source = source.clone();
            Memo::new(move |_| address.with(|address| source.sides(&address.query.filter)))
        };
        move || {
            let sides = sides.get();
            terms
                .get()
                .into_iter()
                .filter_map(|(index, term)| {
                    let field = filter::find(&filterables, &term.field)?.field.clone();
                    let side = sides.get(index).copied().flatten()?;
                    let on_edit = Callback::new(move |()| editing.set(Some(Editing::Term(index))));
                    let on_remove = Callback::new(move |()| {
                        on_go
                            .run((address.with_untracked(|address| address.without_term(index)), Entry::New));
                    });
                    Some(view! { <li><Chip system=source.system.clone() field term side on_edit on_remove/></li> })
                })
                .collect_view()
        }
    };
    let has_terms = Memo::new(move |_| address.with(|address| !address.query.filter.is_empty()));
    let clear = move |_| on_go.run((address.with_untracked(ListAddress::without_filter), Entry::New));
    let dialog = {
        let (source, filterables) = (source.clone(), filterables.clone());
        move || {
            editing.get().map(|editing_now| {
                let (index, field) = match editing_now {
                    Editing::New(field) => (None, field),
                    Editing::Term(index) => (Some(index), None),
                };
                let term = index.and_then(|index| address.with_untracked(|address| address.query.filter.get(index).cloned()));
                let on_apply = Callback::new(move |term: Term| {
                    editing.set(None);
                    on_go.run((address.with_untracked(|address| address.with_term(index, term)), Entry::New));
                });
                let on_close = Callback::new(move |()| editing.set(None));
                view! { <FilterDialog source=source.clone() filterables=filterables.clone() address term field on_apply on_close/> }
            })
        }
    };
    let scope = {
        let (source, filterables) = (source.clone(), filterables.clone());
        move || {
            let listed = listed.get()?;
            let own = address.with(|address| source.browser_terms(&address.query.filter));
            let names = own.iter().filter_map(|term| filter::find(&filterables, &term.field));
            let names: Vec<&str> = names.map(|filterable| filterable.field.label.as_str()).collect();
            let shown = listed.page.records.len();
            let count = (shown + listed.left_out) as u64;
            (!names.is_empty()).then(|| say::browser_scope(count, shown, names.join(", ")))
        }
    };
    let body = {
        let (source, filterables) = (source.clone(), filterables.clone());
        move || {
            if as_text.get() {
                let (source, filterables) = (source.clone(), filterables.clone());
                return view! { <FilterText source filterables address reading turned=turned.get_value() on_go/> }.into_any();
            }
            let chips = chips.clone();
            view! {
                {search_field.clone().map(|field| view! { <SearchBox field address on_go/> })}
                <ul class="filter-chips" aria-label=say::chips()>{chips}</ul>
                <Button icon="filter" on_click=move |_| editing.set(Some(Editing::New(None)))>{say::add()}</Button>
            }
            .into_any()
        }
    };
    view! {
        <div class="filter-bar" role="search" aria-label=say::bar()>
            {body}
            <Button kind=ButtonKind::Quiet icon=move || Some(if as_text.get() { "filter" } else { "edit" }.to_owned()) on_click=toggle>
                {move || if as_text.get() { say::as_chips() } else { say::as_text() }}
            </Button>
            <Show when=move || has_terms.get()>
                <Button kind=ButtonKind::Quiet on_click=clear>{say::clear()}</Button>
            </Show>
            <SaveView source address saved/>
        </div>
        <p class="filter-scope" role="status">{scope}</p>
        {dialog}
    }
    .into_any()
}

/// The terms with their index, but for the one that the search box shows.
fn shown_terms(address: &ListAddress, searched: Option<&str>) -> Vec<(usize, Term)> {
    let hidden = searched.and_then(|field| address.search_term(field));
    let terms = address.query.filter.iter().cloned().enumerate();
    terms.filter(|(index, _)| Some(*index) != hidden).collect()
}
