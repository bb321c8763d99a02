//! Lists: the page of a collection, and lists inside of other pages.

mod actions;
pub mod address;
mod body;
pub mod chart;
mod column_dialog;
mod column_tools;
mod columns;
mod count;
mod draft;
mod embedded;
mod export;
pub mod filter;
mod filter_bar;
pub mod filter_chip;
mod filter_dialog;
mod filter_fields;
mod filter_names;
mod filter_text;
mod filter_wish;
mod filter_wording;
mod finder;
mod gather;
mod kept;
mod owner;
pub mod pager;
mod reading;
mod reference;
mod refresh;
mod search_box;
mod selected;
mod selection_actions;
mod sort;
pub mod source;
pub mod states;
mod table;
mod term_values;
mod vet;
mod view_dialog;
mod view_menu;
mod views;

use std::sync::Arc;

use leptos::prelude::*;

use crate::parts;
use crate::place::browser::use_navigation;
use crate::system::use_system;
use crate::ui::{EmptyState, Notice, PageHeader, Tone};
use crate::value::Names;
use crate::when::AsOf;
use actions::ListActions;
use address::ListAddress;
use body::ListBody;
use filter_bar::{Entry, FilterBar};
use filter_wish::FilterWish;
use reading::{Reading, Showing};
use refresh::AutoRefresh;
use source::Source;
use view_menu::SavedViews;

pub use column_tools::ColumnChoice;
pub use embedded::EmbeddedList;
pub use gather::gather;
pub use owner::OwnerPage;
pub use selected::Selected;
pub use selection_actions::SelectionActions;

/// What a person does with a list besides looking at it. It is fetched once the first rows are there.
#[derive(Clone)]
pub struct ListTools {
    source: Source,
    address: Signal<ListAddress>,
    listed: Memo<Option<Arc<source::Listed>>>,
    saved: SavedViews,
    reading: Reading,
    go: Callback<(ListAddress, Entry)>,
    on_go: Callback<ListAddress>,
}

impl ListTools {
    /// The filter, as chips and as text.
    pub fn filter_bar(self) -> AnyView {
        let Self { source, address, listed, saved, reading, go, .. } = self;
        view! { <FilterBar source address listed reading saved on_go=go/> }.into_any()
    }

    /// Operations, columns, views, export.
    pub fn actions(self) -> AnyView {
        let Self { source, address, listed, saved, on_go, .. } = self;
        view! { <ListActions source address listed saved on_go/> }.into_any()
    }

    /// How often it is read by itself.
    pub fn auto_refresh(self) -> AnyView {
        let Self { source, reading, .. } = self;
        view! { <AutoRefresh source reading/> }.into_any()
    }
}

/// The page of a collection. Everything that a person chooses is in the address.
#[component]
pub fn CollectionPage() -> impl IntoView {
    let system = use_system();
    let place = untrack(|| use_navigation().place());
    let source =
        place.resource.as_deref().and_then(|resource| Source::new(&system, resource, place.parent.clone()));
    match source {
        Some(source) => view! { <List source/> }.into_any(),
        None => view! {
            <EmptyState
                icon="info"
                title=words::list::not_listed()
                text=Some(words::list::no_way().to_owned())
            />
        }
        .into_any(),
    }
}

#[component]
fn List(source: Source) -> impl IntoView {
    Names::share(&source.system);
    FilterWish::share();
    Selected::share();
    let navigation = use_navigation();
    let here = StoredValue::new(source.place());
    let saved = SavedViews::read(&source);
    // A list that is opened without a query of its own shows the view that a person wants to see first.
    if untrack(|| navigation.place()) == source.place()
        && let Some(first) = saved.get_untracked().first_query()
    {
        navigation.replace(&source.place().with_query(first.to_owned()));
    }
    // While a person leaves, the address is that of another page for a moment: not a query of this list.
    let text = Memo::new(move |old: Option<&String>| {
        let place = navigation.place();
        if here.with_value(|here| *here == place.with_query("")) {
            place.query
        } else {
            old.cloned().unwrap_or_default()
        }
    });
    let read = {
        let source = source.clone();
        Memo::new(move |_| text.with(|text| source.read_address(text)))
    };
    let address = Signal::from(Memo::new(move |_| read.with(|(address, _)| address.clone())));
    let left_out = Memo::new(move |_| read.with(|(_, notice)| notice.clone()));
    let go = Callback::new(move |(next, entry): (ListAddress, Entry)| {
        let place = here.with_value(|here| here.with_query(next.to_text()));
        match entry {
            Entry::New => navigation.go(&place),
            Entry::Same => navigation.replace(&place),
        }
    });
    let on_go = Callback::new(move |next: ListAddress| go.run((next, Entry::New)));
    let reading = Reading::start(&source, address);
    let showing = reading.showing();
    let listed = Memo::new(move |_| match showing.get() {
        Showing::Rows(listed, _) => Some(listed),
        Showing::Waiting | Showing::Failed(_) => None,
    });
    let count = {
        let (source, resource) = (source.clone(), source.resource.clone());
        Memo::new(move |_| {
            // What the browser filters does not change what the system counts.
            let filtered = address
                .with(|address| source.sides(&address.query.filter).contains(&Some(filter::Side::Box)));
            showing.with(|showing| match showing {
                Showing::Rows(listed, _) => count::headline(
                    &resource,
                    listed.page.total,
                    listed.page.records.len() + listed.left_out,
                    filtered,
                ),
                Showing::Waiting | Showing::Failed(_) => String::new(),
            })
        })
    };
    let title = source.resource.title.clone();
    let help = Some(source.resource.help.clone()).filter(|help| !help.is_empty());
    let tools = ListTools { source: source.clone(), address, listed, saved, reading, go, on_go };
    let status = {
        let tools = tools.clone();
        move || {
            view! {
                <span class="list-count" role="status">{move || count.get()}</span>
                <AsOf state=reading.state() on_refresh=move || reading.refresh()/>
                {parts::auto_refresh(tools.clone())}
            }
            .into_any()
        }
    };
    let actions = {
        let tools = tools.clone();
        move || parts::list_actions(tools.clone())
    };
    let notice = move || left_out.get().map(|text| view! { <Notice tone=Tone::Info>{text}</Notice> });
    view! {
        <div class="collection">
            <PageHeader title=title.clone() subtitle=help status actions/>
            <div class="list">
                {parts::filter_bar(tools)}
                {notice}
                <ListBody source address reading label=title linked=true on_go/>
            </div>
        </div>
    }
}
