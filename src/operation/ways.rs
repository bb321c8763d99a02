//! Operations as what a page is for: each with what it does and the button that sets it off.

use std::sync::Arc;

use boxdeck_catalog::{Operation, Resource};
use leptos::prelude::*;

use super::button::ActionButton;

/// Operations that concern no record, each with its help.
#[component]
pub fn Ways(
    /// The resource.
    resource: Arc<Resource>,
    /// What is offered, in this order.
    operations: Vec<Arc<Operation>>,
    /// Key of the owning record.
    #[prop(optional_no_strip)]
    parent: Option<String>,
) -> impl IntoView {
    let way = |operation: Arc<Operation>| {
        let help = operation.help.clone();
        view! {
            <li>
                <ActionButton resource=resource.clone() operation record=None parent=parent.clone() key=None/>
                {(!help.is_empty()).then(|| view! { <p class="muted">{help}</p> })}
            </li>
        }
    };
    view! { <ul class="ways">{operations.into_iter().map(way).collect_view()}</ul> }
}
