//! The dialog about a list's views: save the present one, open, rename, delete, share one, choose the one that opens first.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use words::views as say;

use super::menu::{SavedViews, query_of};
use crate::collection::address::ListAddress;
use crate::collection::count::plural;
use crate::collection::source::Source;
use crate::collection::views::View;
use crate::ui::{
    Button, ButtonKind, Checkbox, CopyButton, Dialog, FormField, IconButton, Notice, TextInput, Tone,
    announce,
};

/// Saves and manages views. Each change is kept at once.
#[component]
pub fn ViewDialog(
    /// The list.
    source: Source,
    /// What it shows.
    address: ListAddress,
    /// The views.
    saved: SavedViews,
    /// Called with the address that a view makes.
    on_go: Callback<ListAddress>,
    /// Asks the owner to unmount the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let query = StoredValue::new(untrack(|| query_of(&source, &address)));
    let place = source.place();
    // A view that was changed is most likely meant to be kept so.
    let name = RwSignal::new(untrack(|| query.with_value(|now| saved.changed(now))).unwrap_or_default());
    let fault = RwSignal::new(None::<String>);
    let is_known = Memo::new(move |_| {
        let views = saved.get();
        name.with(|name| views.find(name.trim()).is_some())
    });
    let save = move || {
        let wanted = name.get_untracked().trim().to_owned();
        if wanted.is_empty() {
            fault.set(Some(say::name_empty().to_owned()));
            return;
        }
        fault.set(None);
        saved.change(|views| views.put(&wanted, query.get_value()));
        announce(say::kept(&wanted));
        name.set(String::new());
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let open = Callback::new(move |query: String| {
        on_close.run(());
        on_go.run(ListAddress::parse(&query).0);
    });
    // Rows by name only: a row that is renamed is a new one, and a changed default leaves all as they are.
    let names = Memo::new(move |_| saved.get().all);
    let rows = move || {
        let place = place.clone();
        let views = names.get();
        if views.is_empty() {
            return view! { <p class="view-none">{say::none()}</p> }.into_any();
        }
        let rows = views.into_iter().map(move |view| {
            let link = link(&place.with_query(view.query.clone()).href());
            view! { <li><Row view saved link open/></li> }
        });
        view! { <ul class="view-list" aria-label=say::saved_list()>{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <Dialog
            title=say::title(plural(&source.resource))
            close_label=words::common::close()
            on_close=move |_| on_close.run(())
            footer=move || {
                view! { <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{say::done()}</Button> }.into_any()
            }
        >
            <div class="stack">
                <p class="view-about">{say::about()}</p>
                {move || saved.aside().map(|key| view! { <Notice tone=Tone::Warn>{say::unread(key)}</Notice> })}
                <form class="view-save" on:submit=submit novalidate=true>
                    <FormField label=say::name_new() error=fault>
                        <TextInput value=name max_length=80/>
                    </FormField>
                    <Button submit=true>
                        {move || if is_known.get() { say::replace(name.get().trim()) } else { say::save_now().to_owned() }}
                    </Button>
                </form>
                {rows}
            </div>
        </Dialog>
    }
}

/// One saved view.
#[component]
fn Row(view: View, saved: SavedViews, link: String, open: Callback<String>) -> impl IntoView {
    let View { name, query } = view;
    let stored = StoredValue::new(name.clone());
    let is_first = RwSignal::new(saved.get_untracked().first.as_deref() == Some(&name));
    Effect::new(move |_| {
        let first = saved.get().first;
        is_first.set(stored.with_value(|name| first.as_deref() == Some(name)));
    });
    let set_first = move |on: bool| {
        stored.with_value(|name| saved.change(|views| views.set_first(on.then_some(name.as_str()))));
    };
    let renaming = RwSignal::new(false);
    let new_name = RwSignal::new(name.clone());
    let fault = RwSignal::new(None::<String>);
    let rename = move || {
        let wanted = new_name.get_untracked().trim().to_owned();
        let renamed = stored.with_value(|name| saved.change(|views| views.rename(name, &wanted)));
        if !renamed {
            let text = if wanted.is_empty() { say::name_empty() } else { say::name_taken() };
            fault.set(Some(text.to_owned()));
        }
    };
    let form = NodeRef::<html::Form>::new();
    let toggle_renaming = move || {
        renaming.update(|on| *on = !*on);
        // The input is in the document with the next frame.
        request_animation_frame(move || {
            let form = form.try_get_untracked().flatten();
            let input = form.and_then(|form| form.query_selector("input").ok().flatten());
            if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                input.select();
                // Focus can only fail for elements that left the page.
                drop(input.focus());
            }
        });
    };
    let remove = move |_| {
        let name = stored.get_value();
        saved.change(|views| views.remove(&name));
        announce(say::gone(name));
    };
    let head = {
        let name = name.clone();
        move || {
            if renaming.get() {
                let submit = move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    rename();
                };
                return view! {
                    <form class="view-rename" node_ref=form on:submit=submit novalidate=true>
                        <FormField label=say::name() error=fault><TextInput value=new_name max_length=80/></FormField>
                        <Button submit=true>{say::rename_done()}</Button>
                    </form>
                }
                .into_any();
            }
            let query = query.clone();
            let name = name.clone();
            view! {
                <button type="button" class="view-open" on:click=move |_| open.run(query.clone())>{name}</button>
            }
            .into_any()
        }
    };
    view! {
        <div class="view-row">
            {head}
            <Checkbox value=is_first label=say::default() on_change=set_first/>
            <CopyButton text=link label=say::copy_link(&name) done=words::page::link_copied() failed=words::page::not_copied()/>
            <IconButton icon="edit" label=say::rename(&name) on_click=move |_| toggle_renaming()/>
            <IconButton icon="trash" label=say::delete(&name) on_click=remove/>
        </div>
    }
}

/// The whole address of a place.
fn link(href: &str) -> String {
    let location = window().location();
    let page = location.href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}{href}")
}
