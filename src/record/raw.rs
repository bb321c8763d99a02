//! The record as the box sent it.

use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::Record;
use boxdeck_dialect::plan::secrets::masked;
use leptos::prelude::*;
use serde_json::Value;

use crate::ui;

/// The record as JSON: keys in the box's order, numbers exact, secrets masked.
#[component]
pub fn Raw(resource: Arc<Resource>, record: Arc<Record>) -> impl IntoView {
    view! { <ui::CodeBlock label=words::record::as_json() text=text(&resource, &record)/> }
}

/// Pretty JSON of a record, with its secrets masked.
fn text(resource: &Resource, record: &Record) -> String {
    format!("{:#}", Value::Object(masked(resource, record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn order_and_numbers_stay_and_secrets_go() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "r", "title": "R", "singular": "r", "area": "a", "operations": [],
            "fields": [{"name": "secret", "label": "Secret", "secret": true}]
        }))
        .expect("a small resource");
        let value: Value =
            serde_json::from_str(r#"{"z":9007199254740993,"secret":"s3cr3t","a":null}"#).expect("JSON");
        let shown = text(&resource, &Record(value.as_object().expect("an object").clone()));
        assert_eq!(shown, "{\n  \"z\": 9007199254740993,\n  \"secret\": \"•••\",\n  \"a\": null\n}");
    }
}
