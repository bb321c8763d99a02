//! Links that lead through the console.

use leptos::prelude::*;

use super::{Icon, OptText, Text, id::unique_id};

/// A titled group of links; with `collapsible` it opens and closes.
#[component]
pub fn NavSection(
    /// The group's title.
    #[prop(into)]
    title: Text,
    /// Whether a person can close it.
    #[prop(optional)]
    collapsible: bool,
    /// The links.
    children: Children,
) -> impl IntoView {
    if collapsible {
        view! {
            <details class="nav-section" open>
                <summary class="nav-title"><Icon name="chevron-right"/>{move || title.get()}</summary>
                <div>{children()}</div>
            </details>
        }
        .into_any()
    } else {
        let id = unique_id("nav");
        view! {
            <div class="nav-section" role="group" aria-labelledby=id>
                <div class="nav-title" id=id.clone()>{move || title.get()}</div>
                <div>{children()}</div>
            </div>
        }
        .into_any()
    }
}

/// One link of the navigation.
#[component]
pub fn NavLink(
    /// Where it leads.
    #[prop(into)]
    href: Text,
    /// The text.
    #[prop(into)]
    label: Text,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: OptText,
    /// A short note at the end, such as a number.
    #[prop(optional, into)]
    note: OptText,
    /// Whether the page that shows is there.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// Why nothing can be done there; it leads there all the same.
    #[prop(optional, into)]
    closed: OptText,
) -> impl IntoView {
    let lock = move || {
        let reason = closed.get()?;
        Some(view! { <Icon name="lock"/><span class="visually-hidden">{reason}</span> })
    };
    view! {
        <a class="nav-link" class:nav-closed=move || closed.with(Option::is_some) data-hint=move || closed.get() href=move || href.get() aria-current=move || current.get().then_some("page")>
            {move || icon.get().map(|name| view! { <Icon name/> })}
            <span class="nav-label">{move || label.get()}</span>
            {move || note.get().map(|note| view! { <span class="nav-note">{note}</span> })}
            {lock}
        </a>
    }
}

/// The way from the top to this page: text and address of each step; the last one is the page itself.
#[component]
pub fn Breadcrumbs(
    /// The steps.
    #[prop(into)]
    items: Signal<Vec<(String, String)>>,
    /// Name of this navigation.
    #[prop(into, default = words::page::path().into())]
    label: Text,
) -> impl IntoView {
    let steps = move || {
        let items = items.get();
        let last = items.len().saturating_sub(1);
        items
            .into_iter()
            .enumerate()
            .map(|(index, (text, href))| {
                if index == last {
                    view! { <li><span class="truncate" aria-current="page">{text}</span></li> }.into_any()
                } else {
                    view! { <li><a class="truncate" href=href>{text}</a></li> }.into_any()
                }
            })
            .collect_view()
    };
    view! { <nav class="breadcrumbs" aria-label=move || label.get()><ol>{steps}</ol></nav> }
}
