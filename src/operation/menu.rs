//! The operations of a menu in groups: what reads, what changes, and what takes away.

use std::sync::Arc;

use boxdeck_catalog::Operation;
use leptos::prelude::*;
use words::record as say;

use super::friction::is_grave;
use crate::ui::MenuGroup;

/// Most items that stand together without headings.
const FEW: usize = 5;

/// The items of a menu, each made by `item`. Where there are many, those of a kind stand under a heading.
pub fn menu_items(operations: &[Arc<Operation>], item: &dyn Fn(Arc<Operation>) -> AnyView) -> AnyView {
    let items = |operations: Vec<Arc<Operation>>| operations.into_iter().map(item).collect_view();
    let groups = groups(operations);
    if operations.len() <= FEW || groups.len() < 2 {
        return items(operations.to_vec()).into_any();
    }
    let group = |(title, operations)| view! { <MenuGroup title items=items(operations).into_any()/> };
    groups.into_iter().map(group).collect_view().into_any()
}

/// The operations by what they do, in the order of the catalog, without groups that have none.
fn groups(operations: &[Arc<Operation>]) -> Vec<(&'static str, Vec<Arc<Operation>>)> {
    let mut groups =
        [say::menu_reads(), say::menu_changes(), say::menu_takes()].map(|title| (title, Vec::new()));
    let [reads, changes, takes] = &mut groups;
    for operation in operations {
        let group = match operation.kind {
            kind if kind.is_read() => &mut *reads,
            kind if is_grave(kind, operation.destroys) => &mut *takes,
            _ => &mut *changes,
        };
        group.1.push(operation.clone());
    }
    groups.into_iter().filter(|(_, operations)| !operations.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn operations(list: &Value) -> Vec<Arc<Operation>> {
        let resource: boxdeck_catalog::Resource = serde_json::from_value(json!({
            "id": "v", "title": "Volumes", "singular": "volume", "area": "a", "fields": [], "operations": list
        }))
        .expect("a resource");
        resource.operations.into_iter().map(Arc::new).collect()
    }

    #[test]
    fn reads_changes_and_losses_stand_apart() {
        let of = |id: &str, kind: &str, destroys: Value| json!({ "id": id, "kind": kind, "method": "POST", "path": "/o", "title": id, "destroys": destroys });
        let operations = operations(&json!([
            of("purge", "action", json!("data")),
            of("count", "query", Value::Null),
            of("set", "action", json!("configuration")),
            of("cut", "action", json!("access")),
            of("fetch", "download", Value::Null),
        ]));
        let groups: Vec<(&str, Vec<&str>)> = super::groups(&operations)
            .iter()
            .map(|(title, of)| {
                let ids =
                    operations.iter().filter(|one| of.contains(one)).map(|one| one.id.as_str()).collect();
                (*title, ids)
            })
            .collect();
        let wanted = [
            (say::menu_reads(), vec!["count", "fetch"]),
            (say::menu_changes(), vec!["set"]),
            (say::menu_takes(), vec!["purge", "cut"]),
        ];
        assert_eq!(groups, wanted);
        assert_eq!(super::groups(&operations[..1]).len(), 1);
    }
}
