//! Items that stand for records of another resource: several are picked at once from what the system has, and each goes by
//! its name.

use std::collections::BTreeMap;

use boxdeck_catalog::Reference;
use leptos::prelude::*;
use serde_json::Value;
use words::form as say;

use super::input::Members;
use crate::format::words::inside;
use crate::lookup::{Lookup, Search};
use crate::operation::form::Form;
use crate::operation::form::control::Control;
use crate::operation::form::node::{Content, Node};
use crate::operation::form::picked;
use crate::operation::reference::lookup;
use crate::ui::{self, Button, ButtonKind, IconButton};
use crate::value::{Names, link};

/// What the items of a list are picked from.
#[derive(Clone)]
pub(super) struct Pick {
    reference: Reference,
    title: String,
    /// `None` while what decides where to look is not filled in.
    target: Memo<Option<Lookup>>,
}

impl Pick {
    /// Where the items of a list stand for records that can be listed.
    pub(super) fn of(list: &Node, form: &Form) -> Option<Self> {
        let Control::Items(item) = &*list.control else { return None };
        let reference = picked::reference_of(item)?.clone();
        let target = {
            let (reference, form) = (reference.clone(), form.clone());
            Memo::new(move |_| lookup(&form, &reference))
        };
        target.with_untracked(Option::is_some).then(|| {
            let catalog = form.subject.system.catalog();
            let title = catalog.resource(&reference.resource).map(|resource| inside(&resource.title));
            Self { title: title.unwrap_or_default(), reference, target }
        })
    }
}

/// The items by their names, each with its other inputs folded, and the button that picks more.
#[component]
pub(super) fn PickedItems(node: Node, form: Form, pick: Pick) -> impl IntoView {
    let Content::Items(items) = node.content else { return ().into_any() };
    let names = use_context::<Names>().unwrap_or_else(|| Names::new(&form.subject.system));
    let is_picking = RwSignal::new(false);
    let removing = StoredValue::new(node.clone());
    let rows = {
        let (form, reference) = (form.clone(), pick.reference.clone());
        move || {
            let (form, reference) = (form.clone(), reference.clone());
            view! {
                <For each=move || items.get() key=|(number, _)| *number let:((number, item))>
                    <PickedItem
                        name=name_of(&item, &form, &reference, names)
                        item=item
                        form=form.clone()
                        on_remove=Callback::new(move |()| removing.with_value(|list| list.remove_item(number)))
                    />
                </For>
            }
        }
    };
    let target = pick.target;
    let title = pick.title.clone();
    view! {
        <ul class="picked">{rows()}</ul>
        <div>
            <Button small=true icon=Some("plus".to_owned()) on_click=move |_| is_picking.set(true)>
                {say::choose_things(&pick.title)}
            </Button>
        </div>
        <Show when=move || is_picking.get()>
            {
                let (title, list) = (title.clone(), node.clone());
                move || target.get().map(|target| view! {
                    <PickDialog target title=title.clone() list=list.clone() on_close=Callback::new(move |()| is_picking.set(false))/>
                })
            }
        </Show>
    }
    .into_any()
}

/// What an item is called: by its pick, by the name beside its key, by what the system calls it, else by its key.
fn name_of(item: &Node, form: &Form, reference: &Reference, names: Names) -> Signal<(String, String)> {
    let Some((_, leaf)) = picked::key_input(item) else { return Signal::stored(Default::default()) };
    let catalog = form.subject.system.catalog();
    let resource = link::named(&catalog, reference).map(|resource| resource.id.clone());
    let beside = reference.label.clone().and_then(|label| {
        let known = untrack(|| item.known());
        let name = known.value()?.get(&label)?.as_str()?.to_owned();
        Some((untrack(|| leaf.text.get()), name))
    });
    let name = Memo::new(move |_| {
        let key = leaf.text.get();
        let of = |known: Option<(String, String)>| known.filter(|(of, _)| *of == key).map(|(_, name)| name);
        let asked = || names.of(resource.as_deref().filter(|_| !key.is_empty())?, key.clone()).get();
        let name = of(leaf.name.get()).or_else(|| of(beside.clone())).or_else(asked);
        (name.unwrap_or_else(|| key.clone()), key)
    });
    name.into()
}

/// One of them.
#[component]
fn PickedItem(
    /// Its name and its key.
    name: Signal<(String, String)>,
    item: Node,
    form: Form,
    on_remove: Callback<()>,
) -> impl IntoView {
    let key = move || name.with(|(name, key)| (name != key).then(|| key.clone()));
    let others = match (&item.content, picked::key_input(&item)) {
        (Content::Object(members), Some((own, _))) => {
            let others = members.iter().filter(|member| member.id != own.id && !member.field.computed);
            let has_others = others.count() > 0;
            has_others.then(|| (members.clone(), own.id.clone()))
        }
        _ => None,
    };
    let tried = form.tried;
    let error = {
        let item = item.clone();
        Memo::new(move |_| {
            let of_key = picked::key_input(&item).and_then(|(own, _)| own.error(tried.get()));
            of_key.or_else(|| item.error(tried.get()))
        })
    };
    view! {
        <li class="picked-item" id=item.id.clone() tabindex="-1">
            <div class="picked-head">
                <span class="picked-name">{move || name.with(|(name, _)| name.clone())}</span>
                <span class="muted picked-key">{key}</span>
                <IconButton
                    icon="trash"
                    small=true
                    label=Signal::derive(move || say::remove(name.with(|(name, _)| name.clone())))
                    on_click=move |_| on_remove.run(())
                />
            </div>
            {move || error.get().map(|error| view! { <p class="field-error"><ui::Icon name="error"/>{error}</p> })}
            {others.map(|(members, own)| view! {
                <ui::Disclosure summary=Signal::derive(move || say::settings_of(name.with(|(name, _)| name.clone())))>
                    <Members members except=own form/>
                </ui::Disclosure>
            })}
        </li>
    }
}

/// Records to tick, as many as one likes; a search narrows what shows and keeps what is ticked.
#[component]
fn PickDialog(target: Lookup, title: String, list: Node, on_close: Callback<()>) -> impl IntoView {
    let search = Search::new(move || Some(target.clone()));
    search.again();
    let there = StoredValue::new(untrack(|| picked::keys(&list)));
    let chosen = RwSignal::new(BTreeMap::<String, (Value, String)>::new());
    let count = Memo::new(move |_| chosen.with(BTreeMap::len));
    // Rows are made anew when all of them are ticked at once.
    let at_once = RwSignal::new(());
    let (options, failure) = (search.entries(), search.failure());
    let tick = move |key: &str, name: &str, on: bool| {
        chosen.update(|chosen| {
            if !on {
                chosen.remove(key);
            } else if let Some(value) = search.exact(key) {
                chosen.insert(key.to_owned(), (value, name.to_owned()));
            }
        });
    };
    let all = move |on: bool| {
        for option in options.get_untracked() {
            if !there.with_value(|there| there.contains(&option.key)) {
                tick(&option.key, &option.name, on);
            }
        }
        at_once.update(|()| ());
    };
    let rows = move || {
        at_once.track();
        options
            .get()
            .into_iter()
            .map(|entry| {
                let is_there = there.with_value(|there| there.contains(&entry.key));
                let on = RwSignal::new(
                    is_there || chosen.with_untracked(|chosen| chosen.contains_key(&entry.key)),
                );
                let note = Some(entry.note()).filter(|note| !note.is_empty());
                let (key, name) = (entry.key, entry.name.clone());
                view! {
                    <li>
                        <ui::Checkbox
                            value=on
                            label=entry.name
                            help=note
                            reason=is_there.then(|| say::in_list().to_owned())
                            on_change=Callback::new(move |on| tick(&key, &name, on))
                        />
                    </li>
                }
            })
            .collect_view()
    };
    let status = move || match (failure.get(), search.is_cut()) {
        (Some(failure), _) => failure.message,
        (None, None) => say::searching().to_owned(),
        (None, Some(_)) if options.with(Vec::is_empty) => say::nothing_fits().to_owned(),
        (None, Some(true)) => say::more_to_search().to_owned(),
        (None, Some(false)) => String::new(),
    };
    let take = move |_| {
        for (key, name) in chosen.get_untracked().into_values() {
            picked::add(&list, &key, &name);
        }
        on_close.run(());
    };
    let take = StoredValue::new(take);
    let reason = Memo::new(move |_| (count.get() == 0).then(|| say::tick_first().to_owned()));
    let has_many = move || options.with(Vec::len) > 1;
    let is_all = RwSignal::new(false);
    view! {
        <ui::Dialog
            title=say::choose_things(&title)
            close_label=words::common::close()
            on_close=move |_| on_close.run(())
            footer=move || view! {
                <Button on_click=move |_| on_close.run(())>{words::common::cancel()}</Button>
                <Button kind=ButtonKind::Primary reason=reason on_click=move |event| take.with_value(|take| take(event))>
                    {move || say::add_chosen(u64::try_from(count.get()).unwrap_or(u64::MAX))}
                </Button>
            }.into_any()
        >
            <div class="pick">
                <ui::TextInput
                    value=search.text
                    kind="search"
                    label=Some(say::search(&title))
                    placeholder=Some(say::search(&title))
                    on_input=Callback::new(move |text| search.type_in(text))
                />
                <Show when=has_many>
                    <ui::Checkbox value=is_all label=say::all_shown() on_change=Callback::new(all)/>
                </Show>
                <ul class="pick-list" tabindex="0" aria-label=title.clone()>{rows}</ul>
                <p class="muted" role="status">{status}</p>
            </div>
        </ui::Dialog>
    }
}
