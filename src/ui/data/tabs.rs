//! Views of one thing, one at a time.

use leptos::{ev, prelude::*};

use crate::ui::{
    Text,
    id::{focus, unique_id},
};

/// A row of tabs and the panel of the chosen one. Arrow keys, Home and End move along the row.
#[component]
pub fn Tabs(
    /// Id and text of each tab.
    #[prop(into)]
    items: Signal<Vec<(String, String)>>,
    /// Id of the chosen one.
    #[prop(into)]
    current: Signal<String>,
    /// Called with the id that a person chooses.
    #[prop(into)]
    on_select: Callback<String>,
    /// Name of the row.
    #[prop(into, default = words::page::views().into())]
    label: Text,
    /// The panel.
    children: Children,
) -> impl IntoView {
    let base = unique_id("tabs");
    let panel = format!("{base}-panel");
    let tab_id = move |id: &str| format!("{base}-{id}");
    let keydown = {
        let tab_id = tab_id.clone();
        move |event: ev::KeyboardEvent| {
            let items = items.get_untracked();
            let Some(index) =
                current.with_untracked(|current| items.iter().position(|(id, _)| id == current))
            else {
                return;
            };
            let last = items.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowRight" => {
                    if index == last {
                        0
                    } else {
                        index + 1
                    }
                }
                "ArrowLeft" => index.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            let Some((id, _)) = items.get(next) else { return };
            on_select.run(id.clone());
            focus(&tab_id(id));
        }
    };
    let labelled_by = {
        let tab_id = tab_id.clone();
        move || tab_id(&current.get())
    };
    let tabs = {
        let panel = panel.clone();
        move || {
            items
                .get()
                .into_iter()
                .map(|(id, text)| {
                    let of = id.clone();
                    let is_current = Signal::derive(move || current.with(|current| *current == of));
                    view! {
                        <button
                            type="button"
                            class="tab"
                            role="tab"
                            id=tab_id(&id)
                            aria-controls=panel.clone()
                            aria-selected=move || is_current.get().to_string()
                            tabindex=move || if is_current.get() { "0" } else { "-1" }
                            on:click=move |_| on_select.run(id.clone())
                        >
                            {text}
                        </button>
                    }
                })
                .collect_view()
        }
    };
    view! {
        <div class="tabs">
            <div class="tab-row" role="tablist" aria-label=move || label.get() on:keydown=keydown>{tabs}</div>
            <div class="tab-panel" role="tabpanel" id=panel aria-labelledby=labelled_by>{children()}</div>
        </div>
    }
}
