//! The foot of a list: which records show, the other pages, and how many records a page holds.

use boxdeck_dialect::{ListAbilities, Page};
use leptos::prelude::*;

use super::address::ListAddress;
use super::count;
use crate::place::Place;
use crate::ui::Icon;

/// Numbers shown beside the current page.
const NEIGHBOURS: u64 = 2;

/// Which part of the list shows, links to its other pages, and the choice of the page size.
#[component]
pub fn Pager(
    /// The place of the list, where pages have addresses.
    place: Option<Place>,
    /// What it shows.
    #[prop(into)]
    address: Signal<ListAddress>,
    /// The page that was read.
    #[prop(into)]
    page: Signal<Option<Page>>,
    /// What the box can do.
    abilities: ListAbilities,
    /// Called with the address that a person chooses, where it is no link.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let range = move || {
        page.with(|page| {
            let page = page.as_ref()?;
            let number = address.with(ListAddress::page_number);
            Some(count::range(number, page, abilities.numbered))
        })
    };
    let place = StoredValue::new(place);
    let target = move |address: ListAddress| {
        let href = place.with_value(|place| Some(place.as_ref()?.with_query(address.to_text()).href()));
        Target { address, href }
    };
    let previous = move || address.with(ListAddress::previous_page).map(target);
    let next = move || {
        let next = page.with(|page| page.as_ref()?.next.clone())?;
        Some(target(address.with(|address| address.next_page(next))))
    };
    let numbers = move || {
        let last =
            page.with(|page| page.as_ref().and_then(|page| count::last_page(page.total, page.page_size)));
        let here = address.with(ListAddress::page_number);
        match last.filter(|_| abilities.numbered) {
            Some(last) => count::page_numbers(here, last, NEIGHBOURS)
                .into_iter()
                .map(|number| match number {
                    Some(number) => {
                        let to = target(address.with(|address| address.numbered_page(number)));
                        let label = format!("Page {number}");
                        let to = Signal::stored(Some(to));
                        view! { <li><Step label to is_here=number == here on_go>{number}</Step></li> }
                            .into_any()
                    }
                    None => view! { <li class="pager-gap" aria-hidden="true">"…"</li> }.into_any(),
                })
                .collect_view()
                .into_any(),
            None => {
                view! { <li class="pager-here" aria-current="page">{format!("Page {here}")}</li> }.into_any()
            }
        }
    };
    let first = move || previous().map(|_| target(address.with(ListAddress::first_page)));
    let is_only_page = move || previous().is_none() && next().is_none();
    view! {
        <footer class="pager">
            <p class="pager-range">{range}</p>
            <nav class="pager-pages" aria-label="Pages" hidden=is_only_page>
                <ul>
                    {(!abilities.numbered).then(|| view! {
                        <li>
                            <Step label="First page" to=Signal::derive(first) on_go><Icon name="first"/></Step>
                        </li>
                    })}
                    <li><Step label="Previous page" to=Signal::derive(previous) on_go><Icon name="chevron-left"/></Step></li>
                    {numbers}
                    <li><Step label="Next page" to=Signal::derive(next) on_go><Icon name="chevron-right"/></Step></li>
                </ul>
            </nav>
            <PageSize address abilities on_go/>
        </footer>
    }
}

/// Another page of the list.
#[derive(Debug, Clone, PartialEq)]
struct Target {
    address: ListAddress,
    /// Its address in the browser, where it has one.
    href: Option<String>,
}

/// The way to another page: a link, or a button where pages have no address. Where there is none it stays, unusable, so
/// that nothing jumps.
#[component]
fn Step(
    #[prop(into)] label: String,
    to: Signal<Option<Target>>,
    #[prop(optional)] is_here: bool,
    on_go: Callback<ListAddress>,
    children: ChildrenFn,
) -> impl IntoView {
    move || {
        let (label, children) = (label.clone(), children.clone());
        let current = is_here.then_some("page");
        match to.get() {
            None => view! {
                <a class="pager-link" role="link" aria-disabled="true" aria-label=label>{children()}</a>
            }
            .into_any(),
            Some(Target { href: Some(href), .. }) => view! {
                <a class="pager-link" href=href aria-label=label aria-current=current>{children()}</a>
            }
            .into_any(),
            Some(Target { address, href: None }) => view! {
                <button type="button" class="pager-link" aria-label=label aria-current=current on:click=move |_| on_go.run(address.clone())>
                    {children()}
                </button>
            }
            .into_any(),
        }
    }
}

/// The choice of the page size, where the box leaves one.
#[component]
fn PageSize(
    address: Signal<ListAddress>,
    abilities: ListAbilities,
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let sizes = count::page_sizes(abilities.page_size);
    if sizes.len() < 2 {
        return ().into_any();
    }
    let default = abilities.page_size.1;
    let size = move || address.with(|address| address.query.page_size).unwrap_or(default);
    let choose = move |event| {
        if let Ok(size) = event_target_value(&event).parse::<u32>() {
            let size = Some(size).filter(|size| *size != default);
            on_go.run(address.with_untracked(|address| address.sized(size)));
        }
    };
    let options = move || {
        let mut sizes = sizes.clone();
        // A size from the address need not be a round one.
        sizes.push(size());
        sizes.sort_unstable();
        sizes.dedup();
        sizes
            .into_iter()
            .map(|choice| view! { <option value=choice.to_string() selected=move || choice == size()>{choice}</option> })
            .collect_view()
    };
    view! {
        <label class="pager-size">
            <span>"Rows per page"</span>
            <select class="input select" on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}
