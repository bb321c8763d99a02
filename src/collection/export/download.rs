//! The choices of an export, and the name of its file.

use boxdeck_dialect::Total;
use words::export as say;

use super::scope::Scope;
use crate::format::amount;

/// What can be exported, with how much each is, as far as it is known.
pub fn scopes(
    total: Option<Total>,
    on_page: usize,
    selected: usize,
    is_looked_through: bool,
) -> Vec<(String, String)> {
    let number = amount::count;
    let all = match total {
        Some(Total::Exact(count)) if is_looked_through => say::all_looked(number(count)),
        Some(Total::Exact(count)) => say::all_exact(number(count)),
        Some(Total::AtLeast(count)) => say::all_at_least(number(count)),
        Some(Total::Unknown) | None => say::all_unknown().to_owned(),
    };
    let mut scopes = vec![(Scope::All, all), (Scope::Page, say::page(on_page as u64))];
    if selected > 0 {
        scopes.insert(0, (Scope::Selection, say::selection(selected as u64)));
    }
    scopes.into_iter().map(|(scope, text)| (scope.name().to_owned(), text)).collect()
}

/// A name that says where the records come from and when: `north-volumes-2026-03-31.csv`.
pub fn file_name(system: &str, resource: &str, ending: &str) -> String {
    let today: String = js_sys::Date::new_0().to_iso_string().into();
    named(system, resource, today.get(..10).unwrap_or_default(), ending)
}

fn named(system: &str, resource: &str, day: &str, ending: &str) -> String {
    let safe = |text: &str| -> String {
        text.chars().map(|one| if one.is_alphanumeric() || one == '_' { one } else { '-' }).collect()
    };
    format!("{}-{}-{day}.{ending}", safe(system), safe(resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_nothing_that_a_file_system_minds() {
        assert_eq!(named("north", "volumes", "2026-03-31", "csv"), "north-volumes-2026-03-31.csv");
        assert_eq!(named("a/b c", "x", "2026-03-31", "json"), "a-b-c-x-2026-03-31.json");
    }

    #[test]
    fn counts_are_said_as_surely_as_they_are_known() {
        let texts = |total, selected, looked| -> Vec<String> {
            scopes(total, 2, selected, looked).into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(
            texts(Some(Total::Exact(7)), 1, false),
            ["The selection: 1 row", "All that match: 7", "This page: 2 rows"]
        );
        assert_eq!(texts(Some(Total::AtLeast(7)), 0, false)[0], "All that match: at least 7");
        assert_eq!(texts(Some(Total::Exact(7)), 0, true)[0], "All that match, among 7 that are read");
        assert_eq!(texts(None, 0, false)[0], "All that match: the system does not count them");
    }
}
