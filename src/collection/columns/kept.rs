//! How a person wants a list to look: columns, their order, their widths. Kept by the browser, per kind and resource.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use crate::storage;

/// What is kept of the look of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Names of the columns in their order; none for those of the resource.
    pub columns: Vec<String>,
    /// Widths in rem, of the columns that a person has made wider or narrower.
    pub widths: BTreeMap<String, f64>,
}

impl Look {
    /// Reads what was kept. What makes no sense is left out: an older console may have written it.
    pub fn parse(text: &str) -> Self {
        let value: Value = serde_json::from_slice(text.as_bytes()).unwrap_or_default();
        let names = value.get("columns").and_then(Value::as_array).into_iter().flatten();
        let widths = value.get("widths").and_then(Value::as_object).into_iter().flatten();
        Self {
            columns: names.filter_map(|name| Some(name.as_str()?.to_owned())).collect(),
            widths: widths
                .filter_map(|(name, width)| {
                    let width = width.as_f64().filter(|width| (1.0..=100.0).contains(width))?;
                    Some((name.clone(), width))
                })
                .collect(),
        }
    }

    /// The text to keep; nothing where there is nothing to keep.
    pub fn to_text(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let widths: Map<String, Value> =
            self.widths.iter().map(|(name, width)| (name.clone(), json!(width))).collect();
        Some(json!({ "columns": self.columns, "widths": widths }).to_string())
    }
}

/// The look of a list, and where it is kept.
#[derive(Clone, PartialEq)]
pub struct Kept {
    key: Arc<str>,
    look: ArcRwSignal<Look>,
}

impl Kept {
    /// Reads what is kept for the lists of a resource.
    pub fn read(kind: &str, resource: &str) -> Self {
        let key = storage::list_key(kind, resource);
        let look = storage::get(&key).map(|text| Look::parse(&text)).unwrap_or_default();
        Self { key: key.into(), look: ArcRwSignal::new(look) }
    }

    /// The look now; tracked.
    pub fn look(&self) -> Look {
        self.look.get()
    }

    /// Changes the look, and keeps it.
    pub fn change(&self, change: impl FnOnce(&mut Look)) {
        self.look.update(change);
        match self.look.with_untracked(Look::to_text) {
            Some(text) => storage::set(&self.key, &text),
            None => storage::remove(&self.key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Look;

    #[test]
    fn looks_are_read_as_they_were_kept() {
        let look = Look {
            columns: vec!["name".into(), "size".into()],
            widths: [("size".to_owned(), 9.5)].into_iter().collect(),
        };
        assert_eq!(look.to_text().as_deref().map(Look::parse), Some(look));
        assert_eq!(Look::default().to_text(), None);
    }

    #[test]
    fn nonsense_is_left_out() {
        assert_eq!(Look::parse("]"), Look::default());
        let look = Look::parse(r#"{"columns":["a",7],"widths":{"a":-3,"b":"wide","c":12}}"#);
        assert_eq!(look.columns, ["a"]);
        assert_eq!(look.widths.into_iter().collect::<Vec<_>>(), [("c".to_owned(), 12.0)]);
    }
}
