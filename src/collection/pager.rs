//! The foot of a list: which records show, the other pages, and how many records a page holds.

use std::sync::Arc;

use boxdeck_dialect::ListAbilities;
use leptos::{html, prelude::*};

use super::address::ListAddress;
use super::count;
use super::source::Listed;
use crate::format::amount;
use crate::place::Place;
use crate::ui::Icon;

/// Up to so many pages each has a link; of more, one is gone to by its number.
const MOST_LINKS: u64 = 7;

/// The pages of a list, and what leads from one to another.
#[derive(Clone)]
pub struct Pages {
    /// The place of the list, where pages have addresses.
    pub place: Option<Place>,
    /// What it shows.
    pub address: Signal<ListAddress>,
    /// The page that was read. It is only looked at: a copy of all its records would cost more than all of the foot.
    pub listed: Memo<Option<Arc<Listed>>>,
    /// What the box can do.
    pub abilities: ListAbilities,
    /// Called with the address that a person chooses, where it is no link.
    pub on_go: Callback<ListAddress>,
}

/// The foot of a list: which part of it shows, and beside that the ways to the others.
pub fn foot(pages: &Pages, ways: AnyView) -> AnyView {
    let Pages { address, listed, abilities, .. } = pages.clone();
    let range = move || {
        listed.with(|listed| {
            let listed = listed.as_ref()?;
            let number = address.with(ListAddress::page_number);
            Some(count::range(number, &listed.page, listed.left_out, abilities.numbered))
        })
    };
    view! {
        <footer class="pager">
            <p class="pager-range">{range}</p>
            {ways}
        </footer>
    }
    .into_any()
}

/// Links to the other pages, and the choice of the page size.
#[component]
pub fn Pager(
    /// The pages of the list.
    pages: Pages,
) -> impl IntoView {
    let Pages { place, address, listed, abilities, on_go } = pages;
    let place = StoredValue::new(place);
    let target = move |address: ListAddress| {
        let href = place.with_value(|place| Some(place.as_ref()?.with_query(address.to_text()).href()));
        Target { address, href }
    };
    let previous = move || address.with(ListAddress::previous_page).map(target);
    // A page that is read again leads where it did: its link stays as it is, with the focus that it may have.
    let next = Memo::new(move |_| {
        let next = listed.with(|listed| listed.as_ref()?.page.next.clone())?;
        Some(target(address.with(|address| address.next_page(next))))
    });
    let last = Memo::new(move |_| {
        let last = listed.with(|listed| {
            let page = &listed.as_ref()?.page;
            count::last_page(page.total, page.page_size)
        });
        last.filter(|_| abilities.numbered)
    });
    let here = Memo::new(move |_| address.with(ListAddress::page_number));
    let number = move |number: u64| target(address.with(|address| address.numbered_page(number)));
    let numbers = move || match last.get() {
        Some(last) if last <= MOST_LINKS => (1..=last.max(here.get()))
            .map(|page| {
                let to = Signal::stored(Some(number(page)));
                let label = format!("{} {page}", words::pager::page());
                view! { <li><Step label to is_here=page == here.get() on_go>{page}</Step></li> }.into_any()
            })
            .collect::<Vec<AnyView>>()
            .into_any(),
        Some(last) => view! { <li><Jump address here last on_go/></li> }.into_any(),
        None => {
            let text = format!("{} {}", words::pager::page(), here.get());
            view! { <li class="pager-here" aria-current="page">{text}</li> }.into_any()
        }
    };
    let has_many = move || last.get().is_some_and(|last| last > MOST_LINKS);
    let to_last = move || last.get().filter(|last| here.get() < *last).map(number);
    let first = move || previous().map(|_| target(address.with(ListAddress::first_page)));
    let is_only_page = move || previous().is_none() && next.with(Option::is_none);
    view! {
            <nav class="pager-pages" aria-label=words::pager::pages() hidden=is_only_page>
                <ul>
                    {move || (!abilities.numbered || has_many()).then(|| view! {
                        <li>
                            <Step label=words::pager::first() to=Signal::derive(first) on_go><Icon name="first"/></Step>
                        </li>
                    })}
                    <li><Step label=words::pager::previous() to=Signal::derive(previous) on_go><Icon name="chevron-left"/></Step></li>
                    {numbers}
                    <li><Step label=words::pager::next() to=next.into() on_go><Icon name="chevron-right"/></Step></li>
                    {move || has_many().then(|| view! {
                        <li>
                            <Step label=words::pager::last() to=Signal::derive(to_last) on_go><Icon name="last"/></Step>
                        </li>
                    })}
                </ul>
            </nav>
            <PageSize address abilities on_go/>
    }
}

/// Another page of the list.
#[derive(Debug, Clone, PartialEq)]
struct Target {
    address: ListAddress,
    /// Its address in the browser, where it has one.
    href: Option<String>,
}

/// What leads to another page.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Link,
    Button,
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
    // A link that leads elsewhere stays the same link: to build it anew would take the focus from the one that was clicked,
    // for which the browser lays out the page at once.
    let shape = Memo::new(move |_| {
        to.with(|to| to.as_ref().map(|to| if to.href.is_some() { Shape::Link } else { Shape::Button }))
    });
    move || {
        let (label, children) = (label.clone(), children.clone());
        let current = is_here.then_some("page");
        match shape.get() {
            None => view! {
                <a class="pager-link" role="link" aria-disabled="true" aria-label=label>{children()}</a>
            }
            .into_any(),
            Some(Shape::Link) => view! {
                <a class="pager-link" href=move || to.get().and_then(|to| to.href) aria-label=label aria-current=current>{children()}</a>
            }
            .into_any(),
            Some(Shape::Button) => view! {
                <button type="button" class="pager-link" aria-label=label aria-current=current on:click=move |_| {
                    if let Some(to) = to.get_untracked() {
                        on_go.run(to.address);
                    }
                }>
                    {children()}
                </button>
            }
            .into_any(),
        }
    }
}

/// The page's number as a field, to go to another: links to thousands of pages would help nobody.
#[component]
fn Jump(
    address: Signal<ListAddress>,
    here: Memo<u64>,
    last: u64,
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let go = move || {
        let Some(input) = input.get_untracked() else { return };
        let wanted = wanted_page(&input.value(), last).unwrap_or(here.get_untracked());
        input.set_value(&wanted.to_string());
        if wanted != here.get_untracked() {
            on_go.run(address.with_untracked(|address| address.numbered_page(wanted)));
        }
    };
    view! {
        <label class="pager-jump">
            <span>{words::pager::page()}</span>
            <input
                class="input"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                size=last.to_string().len().max(3).to_string()
                node_ref=input
                prop:value=move || here.get().to_string()
                aria-label=words::pager::go_to()
                on:focus=move |_| if let Some(input) = input.get_untracked() { input.select() }
                on:change=move |_| go()
            />
            <span>{words::pager::of(amount::count(last))}</span>
        </label>
    }
    .into_any()
}

/// The page that a person means, at most the last one. Groups of digits may be parted, as the console itself writes them.
fn wanted_page(text: &str, last: u64) -> Option<u64> {
    let is_parting = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '\u{2019}');
    let digits: String = text.chars().filter(|c| !is_parting(*c)).collect();
    // More digits than a number holds are still a number: one beyond the last page.
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX).clamp(1, last.max(1)))
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
            <span>{words::pager::rows()}</span>
            <select class="input select" on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::wanted_page;

    #[test]
    fn pages_are_meant_in_many_ways() {
        assert_eq!(wanted_page(" 12 ", 2000), Some(12));
        assert_eq!(wanted_page("1,999", 2000), Some(1999));
        assert_eq!(wanted_page("1\u{202f}999", 2000), Some(1999));
        assert_eq!(wanted_page("0", 2000), Some(1));
        assert_eq!(wanted_page("99999999999999999999999", 2000), Some(2000));
        assert_eq!(wanted_page("twelve", 2000), None);
        assert_eq!(wanted_page("", 2000), None);
    }
}
