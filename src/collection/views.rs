//! Views of a list that a person has saved: filter, sort order and columns under a name. Kept by the browser, per kind and
//! resource, as preferences are.

pub mod dialog;
pub mod menu;

use boxdeck_dialect::lower;
use serde_json::{Value, json};

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name, of which there is only one.
    pub name: String,
    /// The part of the list's address after `?`.
    pub query: String,
}

/// The saved views of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Views {
    /// The views in the order of their names.
    pub all: Vec<View>,
    /// Name of the one that the list opens with.
    pub first: Option<String>,
}

impl Views {
    /// Reads what was kept; `None` where it is no JSON. What makes no sense in it is left out: an older console may have
    /// written it.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_slice(text.as_bytes()).ok()?;
        let mut views = Self::default();
        for view in value.get("views").and_then(Value::as_array).into_iter().flatten() {
            let member = |name: &str| view.get(name).and_then(Value::as_str).map(str::to_owned);
            if let (Some(name), Some(query)) =
                (member("name").filter(|name| !name.is_empty()), member("query"))
            {
                views.put(&name, query);
            }
        }
        let first = value.get("first").and_then(Value::as_str).map(str::to_owned);
        views.first = first.filter(|name| views.find(name).is_some());
        Some(views)
    }

    /// The text to keep; nothing where there is nothing to keep.
    pub fn to_text(&self) -> Option<String> {
        let all: Vec<Value> =
            self.all.iter().map(|view| json!({ "name": view.name, "query": view.query })).collect();
        (!all.is_empty()).then(|| json!({ "views": all, "first": self.first }).to_string())
    }

    /// The view of that name.
    pub fn find(&self, name: &str) -> Option<&View> {
        self.all.iter().find(|view| view.name == name)
    }

    /// The view that shows just this.
    pub fn showing(&self, query: &str) -> Option<&View> {
        self.all.iter().find(|view| view.query == query)
    }

    /// Name of the view that the list stands on: the one that shows, or else the one before, as long as it exists and the list
    /// was not taken back to `plain`, its query without a view.
    pub fn under(&self, query: &str, plain: &str, before: Option<&str>) -> Option<String> {
        if let Some(view) = self.showing(query) {
            return Some(view.name.clone());
        }
        before.filter(|name| query != plain && self.find(name).is_some()).map(str::to_owned)
    }

    /// The query that the list opens with.
    pub fn first_query(&self) -> Option<&str> {
        self.first.as_deref().and_then(|name| self.find(name)).map(|view| view.query.as_str())
    }

    /// Saves a view; one of that name is replaced.
    pub fn put(&mut self, name: &str, query: String) {
        self.all.retain(|view| view.name != name);
        self.all.push(View { name: name.to_owned(), query });
        self.all.sort_by_key(|view| lower(&view.name));
    }

    /// Gives a view another name. False where that is taken or empty.
    pub fn rename(&mut self, name: &str, new: &str) -> bool {
        if new.is_empty() || (name != new && self.find(new).is_some()) {
            return false;
        }
        let Some(view) = self.find(name).cloned() else { return false };
        self.all.retain(|view| view.name != name);
        self.put(new, view.query);
        if self.first.as_deref() == Some(name) {
            self.first = Some(new.to_owned());
        }
        true
    }

    /// Forgets a view.
    pub fn remove(&mut self, name: &str) {
        self.all.retain(|view| view.name != name);
        self.first = self.first.take().filter(|first| first != name);
    }

    /// Makes a view the one that the list opens with, or the list open with none.
    pub fn set_first(&mut self, name: Option<&str>) {
        self.first = name.filter(|name| self.find(name).is_some()).map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views() -> Views {
        let mut views = Views::default();
        views.put("Thick", "filter=provtype:eq:THICK".to_owned());
        views.put("large", "sort=-size".to_owned());
        views.set_first(Some("large"));
        views
    }

    #[test]
    fn views_are_read_as_they_were_kept() {
        let text = views().to_text().expect("something to keep");
        assert_eq!(Views::parse(&text), Some(views()));
        assert_eq!(Views::default().to_text(), None);
        assert_eq!(Views::parse("["), None);
        let odd = Views::parse(
            r#"{"views":[{"name":"a"},{"name":"","query":"x"},{"name":"b","query":"y"}],"first":"z"}"#,
        )
        .expect("JSON");
        assert_eq!((odd.all.len(), odd.first), (1, None));
    }

    #[test]
    fn a_changed_list_still_stands_on_its_view() {
        let views = views();
        let under = |query: &str, before: Option<&str>| views.under(query, "", before);
        assert_eq!(under("sort=-size", None), Some("large".to_owned()));
        assert_eq!(under("sort=size", Some("large")), Some("large".to_owned()));
        assert_eq!(under("filter=provtype:eq:THICK", Some("large")), Some("Thick".to_owned()));
        assert_eq!(under("", Some("large")), None, "without a view");
        assert_eq!((under("sort=size", Some("gone")), under("sort=size", None)), (None, None));
    }

    #[test]
    fn names_are_there_once_and_in_order() {
        let mut views = views();
        let names = |views: &Views| views.all.iter().map(|view| view.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&views), ["large", "Thick"]);
        views.put("large", String::new());
        assert_eq!((names(&views).len(), views.first_query()), (2, Some("")));
        assert!(!views.rename("large", "Thick") && !views.rename("large", "") && !views.rename("gone", "x"));
        assert!(views.rename("large", "a"));
        assert_eq!(
            (names(&views), views.first.as_deref()),
            (vec!["a".to_owned(), "Thick".to_owned()], Some("a"))
        );
        views.remove("a");
        assert_eq!(
            (views.first_query(), views.showing("filter=provtype:eq:THICK").map(|view| view.name.as_str())),
            (None, Some("Thick"))
        );
    }
}
