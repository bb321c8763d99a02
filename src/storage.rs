//! What the browser keeps: preferences and the user name last used. Never a password, a token or a secret field.
//!
//! Storage can be forbidden or full; the console then works without memory, which is why failures are not reported.

use leptos::prelude::window;
use web_sys::Storage;

/// Theme, read by `boot.js` too, before anything is painted.
pub const THEME: &str = "boxdeck.theme";
/// Language, as a tag; absent to follow the browser.
pub const LANGUAGE: &str = "boxdeck.language";
/// Density of tables and forms.
pub const DENSITY: &str = "boxdeck.density";
/// `off` where shortcuts of a single key are turned off.
pub const SHORTCUTS: &str = "boxdeck.shortcuts";
/// Present where filters are written as text.
pub const FILTER_AS_TEXT: &str = "boxdeck.filter-as-text";
/// The person's own systems.
pub const SYSTEMS: &str = "boxdeck.systems";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A preference, if one is kept.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a preference.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        storage.set_item(key, value).unwrap_or_default();
    }
}

/// Forgets a preference.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        storage.remove_item(key).unwrap_or_default();
    }
}

/// Where the look of a resource's lists is kept.
pub fn list_key(kind: &str, resource: &str) -> String {
    format!("boxdeck.list.{kind}.{resource}")
}

/// Where the saved views of a resource's lists are kept.
pub fn views_key(kind: &str, resource: &str) -> String {
    format!("boxdeck.views.{kind}.{resource}")
}

/// Where it is kept how often a resource's lists are read by themselves.
pub fn refresh_key(kind: &str, resource: &str) -> String {
    format!("boxdeck.refresh.{kind}.{resource}")
}

/// Where it is kept which areas of a kind's navigation are folded.
pub fn folded_key(kind: &str) -> String {
    format!("boxdeck.folded.{kind}")
}

/// Where it is kept what was begun with a resource of a system.
pub fn begun_key(system: &str, resource: &str) -> String {
    format!("boxdeck.begun.{system}.{resource}")
}

fn user_key(system: &str) -> String {
    format!("boxdeck.user.{system}")
}

/// The user name last used on a system.
pub fn last_user(system: &str) -> Option<String> {
    get(&user_key(system))
}

/// Keeps the user name used on a system.
pub fn remember_user(system: &str, user: &str) {
    set(&user_key(system), user);
}

/// Forgets the user name used on a system.
pub fn forget_user(system: &str) {
    remove(&user_key(system));
}
