//! Theme and density: kept by the browser, set on the root element, read by the style sheet.

use leptos::prelude::*;

use crate::storage;

/// The person's choice of look.
#[derive(Clone, Copy)]
pub struct Look {
    /// `light`, `dark`, `contrast`, or empty to follow the browser.
    pub theme: RwSignal<String>,
    /// `compact`, or empty for comfortable.
    pub density: RwSignal<String>,
}

/// The themes: the value that the style sheet knows, and what a person reads; the browser's own first.
pub fn themes() -> [(&'static str, &'static str); 4] {
    [
        ("", words::settings::theme_system()),
        ("light", words::settings::theme_light()),
        ("dark", words::settings::theme_dark()),
        ("contrast", words::settings::theme_contrast()),
    ]
}

/// Reads the preferences and keeps the root element in step with them.
pub fn start() -> Look {
    let look = Look {
        theme: RwSignal::new(storage::get(storage::THEME).unwrap_or_default()),
        density: RwSignal::new(storage::get(storage::DENSITY).unwrap_or_default()),
    };
    Effect::new(move |_| apply("data-theme", storage::THEME, &look.theme.get()));
    Effect::new(move |_| apply("data-density", storage::DENSITY, &look.density.get()));
    provide_context(look);
    look
}

fn apply(attribute: &str, key: &str, value: &str) {
    if value.is_empty() {
        storage::remove(key);
    } else {
        storage::set(key, value);
    }
    if let Some(root) = document().document_element() {
        let applied = if value.is_empty() {
            root.remove_attribute(attribute)
        } else {
            root.set_attribute(attribute, value)
        };
        if applied.is_err() {
            leptos::logging::error!("The browser refused {attribute}.");
        }
    }
}
