//! Any number of inputs: the items of a list.

use leptos::prelude::*;
use words::form as say;

use super::input::InputView;
use super::pick::{Pick, PickedItems};
use crate::format::words::inside;
use crate::operation::form::Form;
use crate::operation::form::node::{Content, Node};
use crate::ui::{Button, IconButton};

/// The items, each with a button that takes it out, and one that adds another. Where they stand for records of another
/// resource, these are picked.
#[component]
pub(super) fn Items(node: Node, form: Form) -> impl IntoView {
    let Content::Items(items) = node.content else { return ().into_any() };
    if let Some(pick) = Pick::of(&node, &form) {
        return view! { <PickedItems node form pick/> }.into_any();
    }
    let label = inside(&node.field.label);
    let (adding, removing) = (node.clone(), node);
    let rows = move || {
        let removing = removing.clone();
        let label = label.clone();
        let form = form.clone();
        view! {
            <For each=move || items.get() key=|(number, _)| *number let:((number, item))>
                {
                    let removing = removing.clone();
                    let name = say::remove_item(number + 1, &label);
                    view! {
                        <li class="operation-item">
                            <InputView node=item form=form.clone()/>
                            <IconButton icon="trash" label=name on_click=move |_| removing.remove_item(number)/>
                        </li>
                    }
                }
            </For>
        }
    };
    view! {
        <ul class="operation-items">{rows()}</ul>
        <div><Button small=true icon=Some("plus".to_owned()) on_click=move |_| adding.add_item()>{say::add_item()}</Button></div>
    }
    .into_any()
}
