//! The choice of a time zone.

use leptos::prelude::*;
use words::form as say;

use crate::format::zone;
use crate::operation::form::node::Leaf;
use crate::ui::{self, ComboOption};

/// Most zones that are offered at once.
const MOST: usize = 60;

/// A time zone among those that the browser knows, its own first. Another name can be typed.
#[component]
pub(super) fn ZoneInput(leaf: Leaf, disabled: Signal<bool>) -> impl IntoView {
    let own = zone::own();
    let names = StoredValue::new(zone::names());
    let query = RwSignal::new(String::new());
    let options = Memo::new(move |_| {
        let text = query.get();
        names.with_value(|names| offered(names, own.as_deref(), &text))
    });
    let shown = Signal::derive(move || leaf.text.get());
    view! {
        <ui::ComboBox
            value=leaf.text
            shown=shown
            options=options
            on_query=Callback::new(move |text: String| query.set(text))
            none_text=say::nothing_fits()
            loading_text=say::searching()
            placeholder=Some(say::search_zone().to_owned())
            free=true
            disabled=disabled
        />
    }
}

/// The zones that a text is about; spaces may stand for the underscores in names.
fn offered(names: &[String], own: Option<&str>, text: &str) -> Vec<ComboOption> {
    let sought = text.trim().to_lowercase().replace(' ', "_");
    let fits = |name: &&str| name.to_lowercase().contains(&sought);
    let others = names.iter().map(String::as_str).filter(|name| Some(*name) != own);
    own.into_iter()
        .chain(others)
        .filter(fits)
        .take(MOST)
        .map(|name| ComboOption {
            value: name.to_owned(),
            label: name.to_owned(),
            note: if Some(name) == own { say::this_browser().to_owned() } else { String::new() },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_zone_comes_first_and_words_find_the_others() {
        let names = ["America/New_York", "Asia/Tokyo", "Europe/Berlin"].map(str::to_owned);
        let found = |text: &str| -> Vec<String> {
            offered(&names, Some("Europe/Berlin"), text).into_iter().map(|option| option.value).collect()
        };
        assert_eq!(found(""), ["Europe/Berlin", "America/New_York", "Asia/Tokyo"]);
        assert_eq!(found("new york"), ["America/New_York"]);
        assert!(found("mars").is_empty());
    }
}
