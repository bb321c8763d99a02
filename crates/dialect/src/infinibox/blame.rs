//! Which field a refusal blames. The box names it only inside the message, in a pattern that depends on the code.

use crate::failure::FieldFault;

/// The fields that a message blames, each with the whole message. Names are the box's: a nested field has a dotted name.
/// They are not checked against the catalog; a name that no form has is shown with the message as a whole.
pub(super) fn blame(code: &str, message: &str) -> Vec<FieldFault> {
    let mut names = match code {
        "WRONG_PARAMETER" | "PARAMETER_CONFLICT" => quoted_after(message, "parameter"),
        "UNSUPPORTED_VALUE" => quoted_after(message, "field"),
        "EXPORT_ILLEGAL_VALUE" | "ILLEGAL_PATH_VALUE" | "SHARE_ILLEGAL_VALUE" | "TREEQ_ILLEGAL_VALUE" => {
            // The value comes first; it may hold quotes itself.
            quoted(message).into_iter().rev().find_map(as_name).into_iter().collect()
        }
        "MISSING_FIELD"
        | "MISSING_QUERY_PARAMETER"
        | "UNSUPPORTED_FIELD"
        | "UNKNOWN_PARAMETER"
        | "SET_MISSING_ATTRIBUTE"
        | "ATTRIBUTE_NOT_FOUND"
        | "NOT_FILTERABLE_FIELD"
        | "NOT_SORTABLE_FIELD"
        | "UNSUPPORTED_FILTER_RELATION"
        | "MALFORMED_PARAMETER"
        | "INVALID_PARAMETER_LENGTH" => in_parentheses(message),
        _ => Vec::new(),
    };
    if names.is_empty() {
        names.extend(by_code(code).map(str::to_owned));
    }
    names.into_iter().map(|field| FieldFault { field, message: message.to_owned() }).collect()
}

/// The field that a code is about whatever its message says.
fn by_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "INVALID_NAME_LENGTH"
        | "INVALID_CHARACTERS_IN_NAME"
        | "ENTITY_NAME_IS_RESERVED"
        | "SHARE_NAME_IS_RESERVED"
        | "SHARE_INVALID_NAME"
        | "USER_ALREADY_EXISTS"
        | "TREEQ_NAME_ALREADY_EXISTS" => "name",
        "DATASET_MIN_CAPACITY" | "DATASET_SHRINKING_NOT_ALLOWED" | "ILLEGAL_DATASET_SIZE" => "size",
        "ILLEGAL_LUN" | "LUN_EXISTS" => "lun",
        "INVALID_IQN" | "INVALID_NQN" | "PORT_ALREADY_BELONGS_TO_HOST" => "address",
        "INVALID_LOCK_EXPIRY"
        | "INVALID_LOCK_DURATION"
        | "INVALID_LOCK_DURATION_EXCEEDS_SNAPSHOT_RETENTION"
        | "LOCK_EXPIRY_TOO_SHORT"
        | "INVALID_LOCK_ENTITY_TYPE" => "lock_expires_at",
        "SNAPSHOT_RETENTION_INVALID" | "SNAPSHOT_RETENTION_FIELD_NOT_SUPPORTED" => "snapshot_retention",
        "REMOTE_SNAPSHOT_RETENTION_INVALID" | "UNSUPPORTED_REMOTE_SNAPSHOT_RETENTION" => {
            "remote_snapshot_retention"
        }
        "EXPORT_PATH_CONFLICT" | "INVALID_NFSV4_EXPORT_PATH" => "export_path",
        "INTERNAL_PATH_DOES_NOT_EXIST" | "INTERNAL_PATH_NOT_DIR" | "SHARE_INVALID_INTERNAL_PATH" => {
            "inner_path"
        }
        "ILLEGAL_POOL_ADMIN" => "owners",
        "INVALID_PASSWORD" | "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY" | "SMB_USER_PASSWORD_INVALID" => {
            "password"
        }
        "UID_NOT_UNIQUE" => "uid",
        "UDID_NOT_VALID" | "UDID_ILLEGAL_MODIFICATION" => "udid",
        "MISSING_ROLE" | "ROLE_NOT_ALLOWED" => "role",
        "POOL_NOT_FOUND" | "INSUFFICIENT_POOL_CAPACITY" => "pool_id",
        _ if code.ends_with("_NAME_CONFLICT") => "name",
        _ => return None,
    })
}

/// The names of `('name')`, `('a' or 'b')` and `('a or b')`.
fn in_parentheses(message: &str) -> Vec<String> {
    let inside = message.match_indices('(').filter_map(|(start, _)| {
        let tail = message.get(start + 1..)?.trim_start();
        if !tail.starts_with(QUOTES) {
            return None;
        }
        tail.split_once(')').map(|(inside, _)| inside)
    });
    for inside in inside {
        let names: Vec<String> =
            inside.split(" or ").filter_map(|part| as_name(part.trim().trim_matches(QUOTES))).collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// The name that is quoted right after a word, in parentheses or not: `parameter 'x'`, `field ('x')`.
fn quoted_after(message: &str, word: &str) -> Vec<String> {
    let lower = message.to_ascii_lowercase();
    let names = lower.match_indices(word).filter_map(|(start, _)| {
        let tail = message.get(start + word.len()..)?.trim_start_matches([' ', '(']);
        let (name, _) = tail.strip_prefix(QUOTES)?.split_once(QUOTES)?;
        as_name(name)
    });
    names.take(1).collect()
}

/// Every text between quotes.
fn quoted(message: &str) -> Vec<&str> {
    message.split(QUOTES).skip(1).step_by(2).collect()
}

const QUOTES: [char; 2] = ['\'', '"'];

/// A text that can be a field's name; an index after it is cut off. The box's inputs are in lower case, so that `TCCP` or
/// `10.0.0.1` is a bad value and no name.
fn as_name(text: &str) -> Option<String> {
    let name = text.split_once('[').map_or(text, |(name, _)| name);
    let fits = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.chars().all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '.' | '-'))
        && !name.ends_with('.');
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests;
