//! The menu of a list's saved views, and where they are kept.

use leptos::prelude::*;
use words::views as say;

use crate::collection::address::ListAddress;
use crate::collection::source::Source;
use crate::collection::views::{View, Views};
use crate::storage;
use crate::ui::{Button, ButtonKind, Menu, MenuItem, announce};

/// The saved views of a list, and where they are kept.
#[derive(Clone, Copy)]
pub struct SavedViews {
    key: StoredValue<String>,
    views: RwSignal<Views>,
    /// What is kept and cannot be read.
    unread: RwSignal<Option<String>>,
    /// The view that the list stands on, and whether it was changed since.
    under: RwSignal<Option<String>>,
    /// Whether the dialog about views is open.
    managing: RwSignal<bool>,
}

impl SavedViews {
    /// Reads what is kept for the lists of a resource.
    pub fn read(source: &Source) -> Self {
        let key = storage::views_key(&source.system.catalog().kind.id, &source.resource.id);
        let text = storage::get(&key);
        let views = text.as_deref().map(Views::parse);
        Self {
            key: StoredValue::new(key),
            unread: RwSignal::new(text.filter(|_| views == Some(None))),
            views: RwSignal::new(views.flatten().unwrap_or_default()),
            under: RwSignal::new(None),
            managing: RwSignal::new(false),
        }
    }

    /// Where what cannot be read is kept from now on; `None` where all can be read. Tracked.
    pub fn aside(self) -> Option<String> {
        self.unread.with(Option::is_some).then(|| self.key.with_value(|key| format!("{key}.unread")))
    }

    /// Opens the dialog about views, or closes it.
    pub fn manage(self, open: bool) {
        self.managing.set(open);
    }

    /// Whether the dialog about views is open; tracked.
    pub fn is_managed(self) -> bool {
        self.managing.get()
    }

    /// Name of the view that the list stands on; tracked.
    pub fn under(self) -> Option<String> {
        self.under.get()
    }

    /// The view that the list stands on and that was changed since; tracked. `now` is the query that shows.
    pub fn changed(self, now: &str) -> Option<String> {
        let name = self.under.get()?;
        self.views.with(|views| views.find(&name).is_some_and(|view| view.query != now)).then_some(name)
    }

    /// Whether no view shows just this, and it is not how the list looks without one; tracked.
    pub fn is_unsaved(self, now: &str, plain: &str) -> bool {
        now != plain && self.views.with(|views| views.showing(now).is_none())
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
        if let (Some(aside), Some(text)) = (untrack(|| self.aside()), self.unread.get_untracked()) {
            storage::set(&aside, &text);
        }
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
    /// Called with the address that a view makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let now = {
        let source = source.clone();
        Memo::new(move |_| address.with(|address| query_of(&source, address)))
    };
    // Without a view a list still has the columns that a person keeps for it, which may change while it is open.
    let plain = {
        let source = source.clone();
        Memo::new(move |_| query_of(&source, &ListAddress::default()))
    };
    Effect::new(move |_| {
        let (views, before) = (saved.get(), saved.under.get_untracked());
        let under = now.with(|now| plain.with(|plain| views.under(now, plain, before.as_deref())));
        if under != before {
            saved.under.set(under);
        }
    });
    let changed = Memo::new(move |_| now.with(|now| saved.changed(now)));
    let label = Signal::derive(move || match (changed.get(), saved.under()) {
        (Some(name), _) => say::changed(name),
        (None, Some(name)) => name,
        (None, None) => say::menu().to_owned(),
    });
    let replace = move |name: String| {
        saved.change(|views| views.put(&name, now.get_untracked()));
        announce(say::kept(name));
    };
    let leave = move |()| {
        saved.under.set(None);
        on_go.run(ListAddress::default());
    };
    let item = move |view: View| {
        let (name, query) = (view.name, view.query.clone());
        let icon = Signal::derive(move || now.with(|now| (*now == view.query).then(|| "check".to_owned())));
        let go = move |()| on_go.run(ListAddress::parse(&query).0);
        view! { <MenuItem label=name icon on_click=go/> }
    };
    let items = move || {
        view! {
            {move || saved.get().all.into_iter().map(item).collect_view()}
            {move || changed.get().map(|name| {
                let label = say::replace(&name);
                view! { <MenuItem label icon="edit" on_click=move |()| replace(name.clone())/> }
            })}
            <MenuItem label=say::plain() on_click=leave/>
            <MenuItem label=say::manage() icon="settings" on_click=move |()| saved.manage(true)/>
        }
    };
    view! { <Menu label icon="eye" show_label=true>{items()}</Menu> }
}

/// The way to keep what the list shows, where it shows something that no view holds.
#[component]
pub fn SaveView(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// The views.
    saved: SavedViews,
) -> impl IntoView {
    let is_unsaved = Memo::new(move |_| {
        let plain = query_of(&source, &ListAddress::default());
        let now = address.with(|address| query_of(&source, address));
        saved.is_unsaved(&now, &plain)
    });
    view! {
        <Show when=move || is_unsaved.get()>
            <Button kind=ButtonKind::Quiet icon="eye" on_click=move |_| saved.manage(true)>{say::save_as()}</Button>
        </Show>
    }
}
