//! Pages that were written by hand, by the name that the catalog gives in the `page` of a resource or of an operation.

use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::Record;
use leptos::prelude::*;

use crate::bills::Invoice;
use crate::parts::{self, InWords};
use crate::place::Verb;

/// What makes the page of a resource for what is done there, if it is not the generic one. `is_record`: with a record, not
/// with the list of all.
pub fn page(resource: &Resource, verb: &Verb, is_record: bool) -> Option<fn() -> AnyView> {
    let name = match verb {
        Verb::Do(id) => &resource.operation(id)?.page,
        _ => &resource.page,
    };
    Some(match (name.as_str(), verb) {
        ("certificates", Verb::Show) => parts::certificates_page,
        ("policy", Verb::New | Verb::Edit) => || parts::in_words(InWords::Policy, true),
        ("policy", Verb::Show) if is_record => || parts::in_words(InWords::Policy, false),
        ("protection-group", Verb::New | Verb::Edit) => || parts::in_words(InWords::ProtectionGroup, true),
        ("protection-group", Verb::Show) if is_record => || parts::in_words(InWords::ProtectionGroup, false),
        ("prices", Verb::New | Verb::Edit) => || parts::in_words(InWords::Prices, true),
        ("prices", Verb::Show) if is_record => || parts::in_words(InWords::Prices, false),
        ("purge", Verb::Do(_)) => parts::purge_page,
        ("second-factor", Verb::Show) => parts::factor_list,
        ("second-factor", Verb::New) => parts::factor_form,
        _ => return None,
    })
}

/// How a record of the resource is shown as the answer of an operation, where that is more than its fields.
pub fn record(resource: &Arc<Resource>, record: &Record) -> Option<AnyView> {
    match resource.page.as_str() {
        "bill" => {
            let (resource, record) = (resource.clone(), Arc::new(record.clone()));
            Some(view! { <Invoice resource record/> }.into_any())
        }
        _ => None,
    }
}
