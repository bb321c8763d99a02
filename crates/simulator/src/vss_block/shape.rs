//! What bodies may hold, and changes to settings that consist of blocks.

use serde_json::{Map, Value as Json};

use super::fault::Fault;
use crate::message::Request;

/// A member of an object.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) is_needed: bool,
}

/// What a member holds.
pub(super) enum Holds {
    /// Text with so many characters, each of which has to be legal.
    Text {
        least: usize,
        most: usize,
        legal: fn(char) -> bool,
    },
    /// The same, or null.
    TextOrNull {
        most: usize,
    },
    /// A whole number in this range.
    Integer(i64, i64),
    Flag,
    FlagOrNull,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// So many items, each once.
    List {
        least: usize,
        most: usize,
        item: &'static Holds,
    },
    Object(&'static [Member]),
}

impl Member {
    pub(super) const fn new(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, is_needed: false }
    }

    pub(super) const fn needed(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, is_needed: true }
    }
}

/// Any character but those that no text may hold.
pub(super) fn printable(character: char) -> bool {
    !character.is_control()
}

/// The body as an object of these members.
///
/// # Errors
///
/// 400 that names the member.
pub(super) fn body(request: &Request, members: &[Member]) -> Result<Map<String, Json>, Fault> {
    let parsed = serde_json::from_slice(&request.body);
    let Ok(Json::Object(body)) = parsed else {
        return Err(Fault::bad("The body is not a JSON object."));
    };
    object(&body, members, "")?;
    Ok(body)
}

fn object(body: &Map<String, Json>, members: &[Member], path: &str) -> Result<(), Fault> {
    for (name, value) in body {
        let Some(member) = members.iter().find(|member| member.name == name) else {
            return Err(Fault::bad(format!("The parameter '{path}{name}' is unknown.")));
        };
        holds(value, &member.holds, &format!("{path}{name}"))?;
    }
    match members.iter().find(|member| member.is_needed && !body.contains_key(member.name)) {
        Some(member) => Err(Fault::bad(format!("The parameter '{path}{}' is missing.", member.name))),
        None => Ok(()),
    }
}

fn holds(value: &Json, expected: &Holds, path: &str) -> Result<(), Fault> {
    let wrong = |why: String| Err(Fault::bad(format!("The parameter '{path}' is not valid: {why}.")));
    match (expected, value) {
        (Holds::TextOrNull { .. } | Holds::FlagOrNull, Json::Null)
        | (Holds::Flag | Holds::FlagOrNull, Json::Bool(_)) => Ok(()),
        (Holds::Text { least, most, legal }, Json::String(text)) => {
            let count = text.chars().count();
            if !(*least..=*most).contains(&count) {
                return wrong(format!("it has {least} to {most} characters"));
            }
            match text.chars().find(|character| !legal(*character)) {
                Some(character) => wrong(format!("it cannot hold {character:?}")),
                None => Ok(()),
            }
        }
        (Holds::TextOrNull { most }, Json::String(_)) => {
            holds(value, &Holds::Text { least: 1, most: *most, legal: printable }, path)
        }
        (Holds::Integer(least, most), Json::Number(number)) => match number.as_i64() {
            Some(number) if (*least..=*most).contains(&number) => Ok(()),
            _ => wrong(format!("it is a whole number from {least} to {most}")),
        },
        (Holds::Choice(choices), Json::String(text)) => {
            if choices.contains(&text.as_str()) {
                Ok(())
            } else {
                wrong(format!("it is one of {}", choices.join(", ")))
            }
        }
        (Holds::List { least, most, item }, Json::Array(items)) => {
            if !(*least..=*most).contains(&items.len()) {
                return wrong(format!("it has {least} to {most} items"));
            }
            for (index, value) in items.iter().enumerate() {
                if items.iter().take(index).any(|before| before == value) {
                    return wrong("an item occurs twice".to_owned());
                }
                holds(value, item, path)?;
            }
            Ok(())
        }
        (Holds::Object(members), Json::Object(body)) => object(body, members, &format!("{path}.")),
        _ => wrong("it has another type".to_owned()),
    }
}

/// Puts a checked change into a setting: blocks keep the members that the change does not name.
pub(super) fn merge(setting: &mut Map<String, Json>, change: Map<String, Json>) {
    for (name, value) in change {
        match (setting.get_mut(&name), value) {
            (Some(Json::Object(block)), Json::Object(change)) => merge(block, change),
            (_, value) => {
                setting.insert(name, value);
            }
        }
    }
}

/// A text of a checked body.
pub(super) fn text<'a>(body: &'a Map<String, Json>, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Json::as_str)
}

/// The texts of a checked body's list.
pub(super) fn texts(body: &Map<String, Json>, name: &str) -> Option<Vec<String>> {
    let items = body.get(name)?.as_array()?;
    Some(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
}
