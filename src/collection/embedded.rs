//! A list inside another page: the records that belong to a record.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Position, Query, Term};
use leptos::prelude::*;

use super::actions::action;
use super::address::ListAddress;
use super::body::ListBody;
use super::body::states::NotFilterable;
use super::count;
use super::reading::{Reading, Showing};
use super::source::Source;
use crate::system::use_system;
use crate::ui::{EmptyState, IconButton, LinkButton};

/// Rows per page, where the box leaves the choice.
const ROWS: u32 = 10;

/// A compact list with its own count and pages, the way to the whole list, and to a new record of a sub-collection.
#[component]
pub fn EmbeddedList(
    /// Heading.
    title: String,
    /// What is listed.
    resource: String,
    /// Key of the owning record, for a sub-collection.
    parent: Option<String>,
    /// Which records belong here.
    terms: Vec<Term>,
    /// Columns; none for those of the resource.
    columns: Vec<String>,
) -> impl IntoView {
    let system = use_system();
    let Some(source) = Source::embedded(&system, &resource, parent) else {
        return view! { <EmptyState icon="info" title=title text=Some(words::list::no_way_inside().to_owned())/> }.into_any();
    };
    let can_filter =
        terms.iter().all(|term| system.dialect.applies(&system.catalog(), source.target(), term));
    if !can_filter {
        return view! { <section class="embedded-list"><h2>{title}</h2><NotFilterable source/></section> }
            .into_any();
    }
    let fixed_terms = terms.len();
    let (least, _, greatest) = source.abilities().page_size;
    let start = ListAddress {
        query: Query {
            filter: terms,
            page_size: Some(ROWS.clamp(least, greatest)),
            columns,
            ..Query::default()
        },
        trail: Vec::new(),
    };
    let address = RwSignal::new(start);
    let all = {
        let place = source.place();
        Signal::derive(move || {
            let query = address.with(|address| Query {
                page_size: None,
                columns: Vec::new(),
                position: Position::First,
                ..address.query.clone()
            });
            place.with_query(query.to_query_string()).href()
        })
    };
    let reading = Reading::start(&source, address.into());
    let showing = reading.showing();
    let count = {
        let resource = source.resource.clone();
        move || {
            showing.with(|showing| match showing {
                Showing::Rows(listed, _) => {
                    Some(count::headline(&resource, listed.page.total, listed.page.records.len(), false))
                }
                Showing::Waiting | Showing::Failed(_) => None,
            })
        }
    };
    let create =
        source.parent.is_some().then(|| source.resource.first(OperationKind::Create).cloned()).flatten();
    let create = create.map(|operation| action(&source, &operation, false));
    let on_go = Callback::new(move |next: ListAddress| address.set(next));
    let busy = reading.is_loading();
    view! {
        <section class="embedded-list" aria-label=title.clone()>
            <header class="embedded-head">
                <h2>{title.clone()}</h2>
                <p class="embedded-count" role="status">{count}</p>
                <div class="embedded-actions">
                    <IconButton icon="refresh" small=true label=words::list::refresh(&title) busy on_click=move |_| reading.refresh()/>
                    <LinkButton small=true href=all>{words::list::show_all()}</LinkButton>
                    {create}
                </div>
            </header>
            <ListBody source address=address.into() reading label=title.clone() fixed_terms on_go/>
        </section>
    }
    .into_any()
}
