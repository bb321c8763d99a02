//! Which fields an error blames. The service names them in running text only.

use crate::failure::FieldFault;

/// The fields that a message blames, each with the whole message.
pub(super) fn blame(message: &str) -> Vec<FieldFault> {
    let mut names: Vec<&str> = Vec::new();
    let lower = message.to_ascii_lowercase();
    if let Some(name) =
        word_after(message, "field/attribute ").or_else(|| word_after(message, "Expected UUID for "))
    {
        names.push(name);
    } else if let Some(name) =
        word_after(message, "Cannot patch /").or_else(|| word_after(message, "'path': '/"))
    {
        names.push(name);
    } else if let Some((before, _)) = message.split_once(" is a required property") {
        names.extend(before.trim_end_matches('\'').rsplit('\'').next());
    } else if let Some(name) = word_after(message, "Additional properties are not allowed ('") {
        names.push(name);
    } else if lower.contains("already exists") {
        if lower.contains("boot index") {
            names.push("boot_index");
        } else if lower.contains("connector id") {
            names.extend(["type", "connector_id"]);
        } else if lower.contains("with uuid ") {
            names.push("uuid");
        }
    } else if message.starts_with("Node ") && lower.contains("could not be found") {
        names.push("node_uuid");
    }
    let names = names.into_iter().filter(|name| !name.is_empty()).map(|name| match name {
        // In an address it is called after the resource.
        "connector_uuid" | "target_uuid" => "uuid",
        name => name,
    });
    names.map(|field| FieldFault { field: field.to_owned(), message: message.to_owned() }).collect()
}

/// The name that follows a text.
fn word_after<'a>(message: &'a str, text: &str) -> Option<&'a str> {
    let (_, rest) = message.split_once(text)?;
    let end = rest.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    rest.get(..end.unwrap_or(rest.len())).filter(|name| !name.is_empty())
}
