//! Pages that were written by hand for a resource, by the name that the catalog gives in the resource's `page`.

use leptos::prelude::AnyView;

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
