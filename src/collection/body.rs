//! The rows of a list with everything around them that depends on how reading went: notices, empty states, pager.

pub mod states;
pub mod table;

use boxdeck_dialect::FailureKind;
use leptos::prelude::*;

use super::address::ListAddress;
use super::chart::ListChart;
use super::count::plural;
use super::pager::{Pages, foot};
use super::reading::{Reading, Showing};
use super::source::Source;
use crate::parts;
use crate::place::browser::use_navigation;
use states::ListState;
use table::ListTable;

/// Which of the body's views is on. Rows that change do not build the table anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Table,
    Failed,
    Nothing,
    NoMatch,
    NoneHere,
    Beyond,
}

/// What stands in the place of rows.
fn told(state: ListState) -> AnyView {
    view! { <div class="list-state">{parts::list_state(state)}</div> }.into_any()
}

/// The rows of a list and what stands in their place.
#[component]
pub fn ListBody(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// How it is read.
    reading: Reading,
    /// Name of the table.
    #[prop(into)]
    label: String,
    /// Terms that belong to the list itself: they are no filter that a person could clear.
    #[prop(optional)]
    fixed_terms: usize,
    /// Pages are links to addresses; otherwise they only change this list.
    #[prop(optional)]
    linked: bool,
    /// Called with the address that a person makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let showing = reading.showing();
    let listed = Memo::new(move |_| match showing.get() {
        Showing::Rows(listed, _) => Some(listed),
        Showing::Waiting | Showing::Failed(_) => None,
    });
    let failure = Memo::new(move |_| match showing.get() {
        Showing::Rows(_, failure) => failure,
        Showing::Failed(failure) => Some(failure),
        Showing::Waiting => None,
    });
    let filtered = Memo::new(move |_| address.with(|address| address.query.filter.len() > fixed_terms));
    let view = Memo::new(move |_| {
        let is_first = address.with(|address| address.page_number() == 1);
        showing.with(|showing| match showing {
            Showing::Waiting => View::Table,
            Showing::Failed(_) => View::Failed,
            Showing::Rows(listed, _) if !listed.page.records.is_empty() => View::Table,
            Showing::Rows(listed, _) if listed.left_out > 0 => View::NoneHere,
            Showing::Rows(..) if !is_first => View::Beyond,
            Showing::Rows(..) if filtered.get() => View::NoMatch,
            Showing::Rows(..) => View::Nothing,
        })
    });
    let busy = reading.is_loading();
    let retry = reading.retry();
    let stale = Signal::derive(move || listed.with(Option::is_some) && failure.with(Option::is_some));
    let on_retry = Callback::new(move |()| reading.refresh());
    let clear = Callback::new(move |()| {
        let next = address.with_untracked(|address| {
            let mut next = address.first_page();
            next.query.filter.truncate(fixed_terms);
            next
        });
        on_go.run(next);
    });
    let to_first = Callback::new(move |()| on_go.run(address.with_untracked(ListAddress::first_page)));
    let place = linked.then(|| source.place());
    let on_open = match place.clone() {
        // What a list opens with is no step that a person could go back to.
        Some(place) => {
            let navigation = use_navigation();
            Callback::new(move |next: ListAddress| navigation.replace(&place.with_query(next.to_text())))
        }
        None => on_go,
    };
    let chart =
        source.resource.chart.is_some().then(|| {
            parts::list_chart(ListChart { source: source.clone(), address, listed, on_go, on_open })
        });
    let pages = Pages { place, address, listed, abilities: source.abilities(), on_go };
    let stale_notice = move || {
        let failure = failure.get().filter(|_| stale.get());
        failure.map(|failure| parts::list_state(ListState::Stale { failure, retry, on_retry }))
    };
    let main = move || match view.get() {
        View::Table => view! {
            <ListTable source=source.clone() address listed label=label.clone() busy stale on_go/>
        }
        .into_any(),
        View::Failed => {
            let (source, filtered) = (source.clone(), filtered.get_untracked());
            let failure = move || {
                let source = source.clone();
                let failure = failure.get()?;
                Some(parts::list_state(if reading.is_doubted() && failure.kind == FailureKind::Invalid {
                    ListState::NotUnderstood
                } else {
                    ListState::NotRead { source, failure, retry, filtered, on_retry, on_reset: clear }
                }))
            };
            view! { <div class="list-state">{failure}</div> }.into_any()
        }
        View::Nothing => told(ListState::NothingThere(source.clone())),
        View::NoMatch => told(ListState::NothingMatches {
            records: plural(&source.resource),
            beyond: false,
            on_reset: clear,
        }),
        View::NoneHere => {
            let own = address.with_untracked(|address| source.browser_terms(&address.query.filter));
            let labels = own.iter().filter_map(|term| source.resource.field(&term.field));
            let fields = labels.map(|field| field.label.as_str()).collect::<Vec<_>>().join(", ");
            told(ListState::NothingHere { fields, on_reset: clear })
        }
        View::Beyond => told(ListState::NothingMatches {
            records: plural(&source.resource),
            beyond: true,
            on_reset: to_first,
        }),
    };
    view! {
        {stale_notice}
        {chart}
        {main}
        <Show when=move || matches!(view.get(), View::Table | View::NoneHere) && listed.with(Option::is_some)>
            {foot(&pages, parts::pager(pages.clone()))}
        </Show>
    }
}
