//! The actions of a record's page: the usual ones as buttons, the rest in a menu, deletion last.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind};
use leptos::prelude::*;

use super::{Parts, Same, concerning};
use crate::operation::{ActionButton, menu_items};
use crate::ui;

/// How many actions show as buttons besides editing and deleting.
const VISIBLE: usize = 2;

/// Buttons and the menu. A record that is not there offers nothing.
#[component]
pub fn Actions(page: Parts, record: Memo<Option<Same>>) -> impl IntoView {
    let is_read = page.resource.first(OperationKind::Get).is_some();
    let is_there = move || !is_read || record.with(Option::is_some);
    view! { <Show when=is_there><Row page=page.clone() record/></Show> }
}

#[component]
fn Row(page: Parts, record: Memo<Option<Same>>) -> impl IntoView {
    let (mut visible, mut more, mut last) = (Vec::new(), Vec::new(), Vec::new());
    let mut actions = 0;
    for operation in concerning(&page.resource) {
        match operation.kind {
            OperationKind::Update if visible.is_empty() => visible.push(operation.clone()),
            OperationKind::Delete => last.push(operation.clone()),
            OperationKind::Action | OperationKind::Upload if actions < VISIBLE => {
                actions += 1;
                visible.push(operation.clone());
            }
            _ => more.push(operation.clone()),
        }
    }
    // One more item in a menu is no better than the item itself.
    if more.len() == 1 {
        visible.append(&mut more);
    }
    let button = move |operation: Arc<Operation>, item: bool| {
        let page = page.clone();
        move || {
            let record = record.get().map(|Same(record)| record);
            view! {
                <ActionButton
                    resource=page.resource.clone()
                    operation=operation.clone()
                    record=record
                    parent=page.parent.clone()
                    key=(!page.key.is_empty()).then(|| page.key.clone())
                    item=item
                />
            }
        }
    };
    let more: Vec<_> = more.into_iter().map(Arc::new).collect();
    let has_more = !more.is_empty();
    let items = {
        let button = button.clone();
        move || menu_items(&more, &|operation| button(operation, true).into_any())
    };
    let items = StoredValue::new(items);
    view! {
        {visible.into_iter().map(|operation| button(Arc::new(operation), false)).collect_view()}
        {has_more.then(|| view! {
            <ui::Menu label=words::record::more_actions()>{items.with_value(|items| items())}</ui::Menu>
        })}
        {last.into_iter().map(|operation| button(Arc::new(operation), false)).collect_view()}
    }
}
