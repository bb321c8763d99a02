//! The chart above the table of a list whose catalog says how its records are drawn: it follows the list's filter, and
//! draws every record that this finds.

pub mod measure;
pub mod period;
mod toolbar;

use std::sync::Arc;

use boxdeck_catalog::Chart;
use boxdeck_dialect::{Failure, Position, Query, Term};
use leptos::prelude::*;
use words::chart as say;

use super::address::ListAddress;
use super::source::{Listed, Source};
use crate::chart::Figure;
use crate::chart::series::{Series, series};
use crate::load::{Loader, Reader};
use crate::refusal::FailureNotice;
use crate::when::{millis, use_now};
use measure::{amounts, drawn, title};
use period::opened;
use toolbar::Toolbar;

/// Pages that are read at most for one chart.
const PAGES: u32 = 20;

/// What a chart needs of its list.
#[derive(Clone)]
pub struct ListChart {
    /// The list.
    pub source: Source,
    /// What it shows.
    pub address: Signal<ListAddress>,
    /// The page that was read.
    pub listed: Memo<Option<Arc<Listed>>>,
    /// Called with the address that a person makes.
    pub on_go: Callback<ListAddress>,
    /// Called with the address that the list opens with, where it cannot be asked for without more.
    pub on_open: Callback<ListAddress>,
}

impl ListChart {
    /// The chart with what can be chosen beside it.
    pub fn view(self) -> AnyView {
        let Some(chart) = self.source.resource.chart.clone().map(Arc::new) else { return ().into_any() };
        let Self { source, address, listed, on_go, on_open } = self;
        let now = use_now().get_untracked();
        let next = address.with_untracked(|address| {
            let terms = &address.query.filter;
            let opened = opened(&source.operation, &chart, terms, millis(now));
            (opened != *terms).then(|| address.with_filter(opened))
        });
        if let Some(next) = next {
            on_open.run(next);
        }
        let toolbar = view! { <Toolbar source=source.clone() chart=chart.clone() address on_go/> };
        view! {
            <section class="list-chart">
                {toolbar}
                <Figures source chart listed/>
            </section>
        }
        .into_any()
    }
}

/// One chart for each series.
#[component]
fn Figures(source: Source, chart: Arc<Chart>, listed: Memo<Option<Arc<Listed>>>) -> impl IntoView {
    let loader = Loader::<Listed>::new();
    let again = RwSignal::new(0_u32);
    let is_all = {
        let (source, chart) = (source.clone(), chart.clone());
        move |listed: &Listed| is_all(&source, &chart, listed)
    };
    {
        let (source, chart, is_all) = (source.clone(), chart.clone(), is_all.clone());
        Effect::new(move |_| {
            again.track();
            match listed.get() {
                Some(listed) if !is_all(&listed) => {
                    let (source, query) = (source.clone(), whole(&source, &chart, &listed.query));
                    loader.run(move |reader| all(source, query, reader));
                }
                _ => loader.cancel(),
            }
        });
    }
    // Everything that the filter finds: the page itself, or what was read besides.
    let everything = Memo::new(move |_| {
        let page = listed.get()?;
        if is_all(&page) { Some(page) } else { loader.get().data }
    });
    let terms = Memo::new(move |_| {
        everything.with(|listed| listed.as_ref().map(|listed| listed.query.filter.clone()))
    });
    let all_series = {
        let (source, chart) = (source.clone(), chart.clone());
        Memo::new(move |_| {
            let found = everything.with(|listed| {
                let listed = listed.as_ref()?;
                let time = source.resource.field(&chart.time)?;
                let drawn = drawn(&chart, &source.operation, &listed.query.filter)?;
                Some(series(listed.page.records.iter(), time, &drawn.field, chart.by.as_deref()))
            });
            found.unwrap_or_default().into_iter().map(Arc::new).collect::<Vec<_>>()
        })
    };
    let names =
        Memo::new(move |_| all_series.with(|all| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>()));
    let amounts = {
        let (source, chart) = (source.clone(), chart.clone());
        Memo::new(move |_| {
            let terms = terms.get().unwrap_or_default();
            amounts(&source.resource, drawn(&chart, &source.operation, &terms))
        })
    };
    let what = Memo::new(move |_| {
        let terms = terms.get().unwrap_or_default();
        title(&source.resource, &chart, &source.operation, &terms)
    });
    let cut = move || {
        let listed = everything.get().filter(|listed| listed.page.next.is_some())?;
        let count = listed.page.records.len() as u64;
        Some(view! { <p class="chart-note">{say::not_all(count)}</p> })
    };
    let failure = move || {
        let failure = loader.failure().get()?;
        Some(
            view! { <FailureNotice failure stale=false retry=loader.retry() on_retry=move || again.update(|count| *count += 1)/> },
        )
    };
    let figure = move |name: String| {
        let of = name.clone();
        let own = Memo::new(move |_| {
            let found = all_series.with(|all| all.iter().find(|one| one.name == of).cloned());
            found.unwrap_or_else(|| Arc::new(Series::default()))
        });
        let title = Signal::derive(move || match name.as_str() {
            "" => what.get(),
            name => say::title(what.get(), name),
        });
        view! { <Figure title series=own amounts/> }
    };
    view! {
        <For each=move || names.get() key=Clone::clone children=figure/>
        {cut}
        {failure}
    }
}

/// Whether a page holds all that a chart draws.
fn is_all(source: &Source, chart: &Chart, listed: &Listed) -> bool {
    let has_fields = !source.abilities().selects_fields
        || chart.fields().all(|field| listed.query.columns.contains(field));
    has_fields && listed.query.position == Position::First && listed.page.next.is_none()
}

/// The query of a page for all of it.
fn whole(source: &Source, chart: &Chart, query: &Query) -> Query {
    let mut columns = query.columns.clone();
    columns.extend(chart.fields().cloned());
    columns.sort_unstable();
    columns.dedup();
    Query {
        columns,
        position: Position::First,
        page_size: Some(source.abilities().page_size.2),
        ..query.clone()
    }
}

/// Reads page after page. What was read is one page; its `next` says whether there is more.
async fn all(source: Source, query: Query, reader: Reader) -> Result<Listed, Failure> {
    let mut all = source.clone().read(query.clone(), reader.clone()).await?;
    for _ in 1..PAGES {
        let Some(position) = all.page.next.take() else { break };
        let next = source.clone().read(Query { position, ..query.clone() }, reader.clone()).await?;
        all.page.next = next.page.next.filter(|_| !next.page.records.is_empty() || next.left_out > 0);
        all.page.records.extend(next.page.records);
        all.left_out += next.left_out;
    }
    Ok(all)
}

/// Terms with this one in place of those on the same field.
pub fn with_value(terms: &[Term], field: &str, value: String) -> Vec<Term> {
    let mut terms = terms.to_vec();
    let term = Term::equals(field, value);
    match terms.iter_mut().find(|known| known.field == field) {
        Some(known) => *known = term,
        None => terms.push(term),
    }
    terms
}
