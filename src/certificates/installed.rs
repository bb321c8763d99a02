//! What a system shows to browsers now, as its page has read it, so that a file chosen there can be compared with it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use boxdeck_catalog::{FieldType, Resource};
use boxdeck_certificate::Certificate;
use boxdeck_dialect::Record;
use leptos::prelude::*;
use serde_json::Value;
use web_sys::Url;

use crate::system::System;

thread_local! {
    static INSTALLED: RefCell<BTreeMap<String, Certificate>> = const { RefCell::new(BTreeMap::new()) };
}

/// The certificate in a record: the first of its PEM fields that holds one.
pub(super) fn certificate(resource: &Resource, record: &Record) -> Option<Certificate> {
    resource
        .fields
        .iter()
        .filter(|field| field.field_type == FieldType::Pem)
        .filter_map(|field| record.get(&field.name).and_then(Value::as_str))
        .find_map(|text| boxdeck_certificate::read(text.as_bytes()).ok()?.certificates.into_iter().next())
}

/// Remembers what a system shows until the page is loaded again. `None`: it is not known.
pub(super) fn remember(system: &System, certificate: Option<Certificate>) {
    let name = system.entry.name.clone();
    INSTALLED.with_borrow_mut(|installed| match certificate {
        Some(certificate) => {
            installed.insert(name, certificate);
        }
        None => {
            installed.remove(&name);
        }
    });
}

/// What a system shows, as it was last read.
pub(super) fn of(system: &System) -> Option<Certificate> {
    INSTALLED.with_borrow(|installed| installed.get(&system.entry.name).cloned())
}

/// The host by which this browser reaches the system, where its certificate should be for it.
pub(super) fn hosts(system: &System) -> Vec<String> {
    let base = window().location().href().unwrap_or_default();
    let Ok(url) = Url::new_with_base(&system.entry.address, &base) else { return Vec::new() };
    reached(&url.hostname(), &url.pathname(), of(system).as_ref()).into_iter().collect()
}

/// A system at the root of a host answers there itself. Below a path a proxy stands before it, whose certificate is another
/// matter: that host counts only if the installed certificate is for it too.
fn reached(host: &str, path: &str, installed: Option<&Certificate>) -> Option<String> {
    let is_own = path == "/" || installed.is_some_and(|installed| installed.covers(host));
    (is_own && !host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_proxy_is_not_the_systems() {
        assert_eq!(reached("box.example.test", "/", None).as_deref(), Some("box.example.test"));
        assert_eq!(reached("proxy.example.test", "/boxes/north/", None), None);
        assert_eq!(reached("", "/", None), None);
    }
}
