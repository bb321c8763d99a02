//! The dialog in which a person chooses the columns of a list and their order.

use std::sync::Arc;

use boxdeck_catalog::Resource;
use leptos::prelude::*;

use crate::collection::columns::{self, available};
use crate::ui::{Button, ButtonKind, Dialog, IconButton};

/// Chooses columns. Nothing changes until it is applied.
#[component]
pub fn ColumnDialog(
    /// What is listed.
    resource: Arc<Resource>,
    /// The columns now.
    columns: Vec<String>,
    /// The columns before a person chooses.
    default: Vec<String>,
    /// Called with the new ones.
    on_apply: Callback<Vec<String>>,
    /// Asks the owner to unmount the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(columns);
    let labels: Arc<Vec<(String, String)>> =
        Arc::new(available(&resource).map(|field| (field.name.clone(), field.label.clone())).collect());
    // The chosen ones first, in their order; then the others in the catalog's.
    let order = {
        let labels = labels.clone();
        Memo::new(move |_| {
            let chosen = chosen.get();
            let others = labels.iter().map(|(name, _)| name).filter(|name| !chosen.contains(name)).cloned();
            chosen.iter().cloned().chain(others).collect::<Vec<String>>()
        })
    };
    let label = move |name: &str| {
        labels
            .iter()
            .find(|(other, _)| other == name)
            .map_or_else(|| name.to_owned(), |(_, label)| label.clone())
    };
    let first = StoredValue::new(resource.name_field().to_owned());
    let row = move |name: String| {
        let (label, name) = (label(&name), StoredValue::new(name));
        let is_chosen =
            Memo::new(move |_| name.with_value(|name| chosen.with(|chosen| chosen.contains(name))));
        // A list without columns shows nothing.
        let is_last = move || is_chosen.get() && chosen.with(Vec::len) == 1;
        let toggle =
            move |_| chosen.update(|chosen| *chosen = name.with_value(|name| columns::toggled(chosen, name)));
        let move_by = move |forward: bool| {
            move |_| {
                chosen
                    .update(|chosen| *chosen = name.with_value(|name| columns::moved(chosen, name, forward)))
            }
        };
        let at = move || {
            chosen.with(|chosen| name.with_value(|name| chosen.iter().position(|other| other == name)))
        };
        let cannot = move |forward: bool| {
            Signal::derive(move || match at() {
                Some(_) if name.with_value(|name| *name == first.get_value()) => {
                    Some(words::list::name_stays_first().to_owned())
                }
                None => Some(words::list::only_shown().to_owned()),
                Some(0) if forward => Some(words::list::first_column().to_owned()),
                Some(place) if !forward && place + 1 == chosen.with(Vec::len) => {
                    Some(words::list::last_column().to_owned())
                }
                Some(_) => None,
            })
        };
        view! {
            <li class="column-choice">
                <label class="choice-label">
                    <input type="checkbox" class="checkbox" prop:checked=move || is_chosen.get() disabled=is_last on:change=toggle/>
                    <span>{label.clone()}</span>
                </label>
                <IconButton icon="chevron-up" small=true label=words::list::move_up(&label) reason=cannot(true) on_click=move_by(true)/>
                <IconButton icon="chevron-down" small=true label=words::list::move_down(&label) reason=cannot(false) on_click=move_by(false)/>
            </li>
        }
    };
    let reset = move |_| chosen.set(default.clone());
    let apply = move |_| on_apply.run(chosen.get_untracked());
    let apply = StoredValue::new(Callback::new(apply));
    view! {
        <Dialog
            title=words::list::columns()
            close_label=words::common::close()
            on_close=move |_| on_close.run(())
            footer=move || {
                view! {
                    <Button kind=ButtonKind::Quiet on_click=reset.clone()>{words::list::reset()}</Button>
                    <Button on_click=move |_| on_close.run(())>{words::common::cancel()}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| apply.get_value().run(())>{words::list::show_columns()}</Button>
                }
                .into_any()
            }
        >
            <ol class="column-choices">
                <For each=move || order.get() key=String::clone children=row/>
            </ol>
        </Dialog>
    }
}
