//! What a group protects.

use boxdeck_catalog::{FieldType, Resource};
use serde_json::{Map, Value};

/// How a group reads what it protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Machines, by their files.
    Files,
    /// Machines, by their volumes.
    Volumes,
    /// Databases.
    Databases,
}

/// The settings of a group that its environment and type choose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) manner: Manner,
    pub(super) settings: &'a Value,
}

/// The settings that count; `None` while they are not filled in. A form that changes a group does not hold its environment.
pub(super) fn chosen(group: &Map<String, Value>) -> Option<Chosen<'_>> {
    let given = |name: &str| group.get(name).filter(|params| !params.is_null());
    let (machines, databases) = (given("physicalParams"), given("mssqlParams"));
    let (params, is_machines) = match group.get("environment").and_then(Value::as_str) {
        Some("kPhysical") => (machines?, true),
        Some("kSQL") => (databases?, false),
        _ => machines.map(|params| (params, true)).or_else(|| Some((databases?, false)))?,
    };
    let (member, manner) = match params.get("protectionType")?.as_str()? {
        "kFile" => ("fileProtectionTypeParams", Manner::Files),
        "kVolume" => ("volumeProtectionTypeParams", Manner::Volumes),
        "kNative" => ("nativeProtectionTypeParams", Manner::Files),
        _ => return None,
    };
    let manner = if is_machines { manner } else { Manner::Databases };
    Some(Chosen { manner, settings: params.get(member)? })
}

impl<'a> Chosen<'a> {
    /// The objects.
    pub(super) fn objects(self) -> &'a [Value] {
        items(self.settings, "objects")
    }

    /// The texts of a list in the settings.
    pub(super) fn texts(self, name: &str) -> Vec<&'a str> {
        items(self.settings, name).iter().filter_map(Value::as_str).collect()
    }
}

/// The items of a list.
pub(super) fn items<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The resource whose records a group protects, as the catalog says it.
pub(super) fn resource(group: &Resource) -> Option<String> {
    group.fields.iter().find_map(|field| within(&field.name, &field.field_type))
}

fn within(name: &str, field_type: &FieldType) -> Option<String> {
    match field_type {
        FieldType::Reference(reference) if name == "id" => Some(reference.resource.clone()),
        FieldType::Object(members) => {
            members.iter().find_map(|member| within(&member.name, &member.field_type))
        }
        FieldType::List(item) => within(name, item),
        _ => None,
    }
}
