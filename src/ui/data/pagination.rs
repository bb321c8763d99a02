//! Moving between pages, when the number of rows is known and when it isn't.

use leptos::prelude::*;

use crate::ui::{IconButton, SelectInput, Text};

/// What is known about the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// Exactly so many.
    Exact(u64),
    /// So many, perhaps more.
    AtLeast(u64),
    /// Nothing is known.
    #[default]
    Unknown,
}

/// The words of a [`Pagination`].
#[derive(Clone, Copy)]
pub struct PaginationWords {
    /// Name of the whole.
    pub label: Text,
    /// "First page".
    pub first: Text,
    /// "Previous page".
    pub previous: Text,
    /// "Next page".
    pub next: Text,
    /// "Last page".
    pub last: Text,
    /// "Rows per page".
    pub page_size: Text,
    /// Why the first and previous pages can't be reached.
    pub at_start: Text,
    /// Why the next and last pages can't be reached.
    pub at_end: Text,
    /// Why the last page can't be reached although there are more.
    pub end_unknown: Text,
}

/// Page numbers, page size, and which rows show.
#[component]
pub fn Pagination(
    /// The page, from 1.
    #[prop(into)]
    page: Signal<u64>,
    /// Rows of a page.
    #[prop(into)]
    page_size: Signal<u64>,
    /// Sizes to choose from.
    #[prop(into)]
    page_sizes: Signal<Vec<u64>>,
    /// Rows in all.
    #[prop(into)]
    total: Signal<Total>,
    /// Whether there is a page after this one, where the total doesn't say.
    #[prop(optional, into)]
    has_next: Signal<bool>,
    /// Which rows show, in words: "51–100 of 2,310".
    #[prop(into)]
    range: Text,
    /// Called with the page that a person asks for.
    #[prop(into)]
    on_page: Callback<u64>,
    /// Called with the size that a person chooses.
    #[prop(into)]
    on_page_size: Callback<u64>,
    /// Its words.
    words: PaginationWords,
) -> impl IntoView {
    let last = move || match total.get() {
        Total::Exact(rows) => Some(last_page(rows, page_size.get())),
        Total::AtLeast(_) | Total::Unknown => None,
    };
    let at_start = Signal::derive(move || (page.get() <= 1).then(|| words.at_start.get()));
    let at_end = Signal::derive(move || {
        let more = last().map_or_else(|| has_next.get(), |last| page.get() < last);
        (!more).then(|| words.at_end.get())
    });
    let no_last =
        Signal::derive(move || at_end.get().or_else(|| last().is_none().then(|| words.end_unknown.get())));
    let size = RwSignal::new(page_size.get_untracked().to_string());
    Effect::new(move |_| size.set(page_size.get().to_string()));
    let sizes = Signal::derive(move || {
        page_sizes.get().iter().map(|size| (size.to_string(), size.to_string())).collect::<Vec<_>>()
    });
    let choose_size = move |size: String| {
        if let Ok(size) = size.parse() {
            on_page_size.run(size);
        }
    };
    view! {
        <nav class="pagination" aria-label=move || words.label.get()>
            <span class="pagination-range">{move || range.get()}</span>
            <span class="pagination-size">
                <SelectInput value=size options=sizes label=words.page_size standalone=true on_change=choose_size/>
            </span>
            <span class="pagination-steps">
                <IconButton icon="first" label=words.first reason=at_start on_click=move |_| on_page.run(1)/>
                <IconButton
                    icon="chevron-left"
                    label=words.previous
                    reason=at_start
                    on_click=move |_| on_page.run(page.get_untracked().saturating_sub(1).max(1))
                />
                <span class="pagination-page" aria-current="page">
                    {move || page.get()}{move || last().map(|last| format!(" / {last}"))}
                </span>
                <IconButton icon="chevron-right" label=words.next reason=at_end on_click=move |_| on_page.run(page.get_untracked() + 1)/>
                <IconButton
                    icon="last"
                    label=words.last
                    reason=no_last
                    on_click=move |_| if let Some(last) = untrack(last) { on_page.run(last) }
                />
            </span>
        </nav>
    }
}

/// The last page; an empty list has one page.
fn last_page(rows: u64, size: u64) -> u64 {
    rows.div_ceil(size.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::last_page;

    #[test]
    fn the_last_page_may_be_a_part() {
        assert_eq!(last_page(0, 50), 1);
        assert_eq!(last_page(50, 50), 1);
        assert_eq!(last_page(51, 50), 2);
        assert_eq!(last_page(7, 0), 7);
    }
}
