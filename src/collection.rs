//! Lists: the page of a collection, and lists inside of other pages.

mod actions;
pub mod address;
pub mod body;
pub mod chart;
mod columns;
mod count;
mod embedded;
mod export;
pub mod filter;
mod owner;
pub mod pager;
mod reading;
mod refresh;
mod selection;
pub mod source;
mod tools;
mod views;

use leptos::prelude::*;

use crate::parts;
use crate::place::browser::use_navigation;
use crate::system::use_system;
use crate::ui::{EmptyState, Notice, PageHeader, Tone};
use crate::value::Names;
use crate::when::AsOf;
use address::ListAddress;
use body::ListBody;
use filter::wish::FilterWish;
use reading::{Reading, Showing};
use source::Source;
use tools::Entry;
use views::menu::SavedViews;

pub use columns::tools::ColumnChoice;
pub use embedded::EmbeddedList;
pub use owner::OwnerPage;
pub use selection::Selected;
pub use selection::actions::SelectionActions;
pub use tools::ListTools;

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
