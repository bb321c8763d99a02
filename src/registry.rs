//! Pages that were written by hand for a resource, by the name that the catalog gives in the resource's `page`.

use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::Record;
use leptos::prelude::*;

use crate::bills::Invoice;
use crate::parts;
use crate::place::Verb;

/// The page of that name, where there is one for what is done.
pub fn page(name: &str, verb: &Verb) -> Option<AnyView> {
    match (name, verb) {
        ("certificates", Verb::Show) => Some(parts::certificates_page()),
        ("policy", Verb::New | Verb::Edit) => Some(parts::policy_form()),
        _ => None,
    }
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
