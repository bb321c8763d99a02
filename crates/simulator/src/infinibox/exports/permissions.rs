//! Which clients may use an export, and how.

use serde_json::{Value as Json, json};

use crate::infinibox::fault::Fault;

/// How many rules an export has at most.
const MAX_RULES: usize = 1000;
/// What a client may do.
const ACCESS: &[&str] = &["RW", "RO", "NONE"];

/// Reads the rules of a body; what a rule leaves out is set to the box's choice.
pub(super) fn read(value: &Json) -> Result<Json, Fault> {
    let rules =
        value.as_array().ok_or_else(|| Fault::malformed_parameter("permissions", "a list of rules"))?;
    if rules.len() > MAX_RULES {
        return Err(Fault::bad(
            "EXPORT_PERMISSION_CLIENTS_COUNT_LIMIT",
            format!("An export has {MAX_RULES} rules at most ('permissions')"),
        ));
    }
    rules.iter().map(rule).collect()
}

fn rule(value: &Json) -> Result<Json, Fault> {
    let rule =
        value.as_object().ok_or_else(|| Fault::malformed_parameter("permissions", "a list of rules"))?;
    if let Some(name) =
        rule.keys().find(|name| !matches!(name.as_str(), "access" | "no_root_squash" | "client"))
    {
        return Err(Fault::unsupported_field(name));
    }
    let access = match rule.get("access") {
        None => "RW",
        Some(access) => access
            .as_str()
            .filter(|access| ACCESS.contains(access))
            .ok_or_else(|| Fault::malformed_parameter("access", "RW, RO or NONE"))?,
    };
    let root = match rule.get("no_root_squash") {
        None => true,
        Some(root) => {
            root.as_bool().ok_or_else(|| Fault::malformed_parameter("no_root_squash", "true or false"))?
        }
    };
    let client = rule.get("client").map_or(Some("*"), Json::as_str);
    let client = client.filter(|client| is_client(client)).ok_or_else(|| {
        Fault::bad(
            "EXPORT_ILLEGAL_VALUE",
            "A client is *, an address, a range of addresses or a name ('client')",
        )
    })?;
    Ok(json!({"access": access, "no_root_squash": root, "client": client}))
}

/// Whether the text is `*`, an address, a network, a range, a netgroup or the name of a host.
fn is_client(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 255
        && (text == "*"
            || text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '/' | '@' | '*')))
}
