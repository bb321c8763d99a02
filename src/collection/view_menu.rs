//! The menu of a list's saved views, and where they are kept.

use leptos::prelude::*;
use words::views as say;

use super::address::ListAddress;
use super::source::Source;
use super::views::{View, Views};
use crate::storage;
use crate::ui::{Menu, MenuItem};

/// The saved views of a list, and where they are kept.
#[derive(Clone, Copy)]
pub struct SavedViews {
    key: StoredValue<String>,
    views: RwSignal<Views>,
}

impl SavedViews {
    /// Reads what is kept for the lists of a resource.
    pub fn read(source: &Source) -> Self {
        let key = storage::views_key(&source.system.catalog().kind.id, &source.resource.id);
        let views = storage::get(&key).map(|text| Views::parse(&text)).unwrap_or_default();
        Self { key: StoredValue::new(key), views: RwSignal::new(views) }
    }

    /// The views; tracked.
    pub fn get(self) -> Views {
        self.views.get()
    }

    /// The views; not tracked.
    pub fn get_untracked(self) -> Views {
        self.views.get_untracked()
    }

    /// Changes the views, and keeps them.
    pub fn change<T>(self, change: impl FnOnce(&mut Views) -> T) -> T {
        let mut views = self.views.get_untracked();
        let result = change(&mut views);
        match views.to_text() {
            Some(text) => self.key.with_value(|key| storage::set(key, &text)),
            None => self.key.with_value(|key| storage::remove(key)),
        }
        self.views.set(views);
        result
    }
}

/// What a view of the list as it is now would hold: its filter, its sort order and its columns, from the first page on.
pub fn query_of(source: &Source, address: &ListAddress) -> String {
    let mut address = address.first_page();
    address.query.columns = source.columns(&address);
    address.to_text()
}

/// The menu: the saved views, and the way to the dialog about them.
#[component]
pub fn ViewMenu(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// The views.
    saved: SavedViews,
    /// Opens the dialog.
    on_manage: Callback<()>,
    /// Called with the address that a view makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let now = {
        let source = source.clone();
        Memo::new(move |_| address.with(|address| query_of(&source, address)))
    };
    let label = Signal::derive(move || {
        let views = saved.get();
        now.with(|now| views.showing(now).map_or_else(|| say::menu().to_owned(), |view| view.name.clone()))
    });
    let item = move |view: View| {
        let (name, query) = (view.name, view.query.clone());
        let icon = Signal::derive(move || now.with(|now| (*now == view.query).then(|| "check".to_owned())));
        let go = move |()| on_go.run(ListAddress::parse(&query).0);
        view! { <MenuItem label=name icon on_click=go/> }
    };
    let items = move || {
        view! {
            {move || saved.get().all.into_iter().map(item).collect_view()}
            <MenuItem label=say::plain() on_click=move |()| on_go.run(ListAddress::default())/>
            <MenuItem label=say::manage() icon="settings" on_click=move |()| on_manage.run(())/>
        }
    };
    view! { <Menu label icon="eye" show_label=true>{items()}</Menu> }
}
