//! What a user may be called and hold.

use crate::hyperstore::body::Body;
use crate::hyperstore::fault::Fault;
use crate::hyperstore::store::{Role, SYSTEM_GROUP};

/// The longest id and full name, in characters.
const MAX_NAME: usize = 64;
/// The longest id of a system administrator, who also gets an account of the operating system.
const MAX_ADMIN_NAME: usize = 26;
const RESERVED: &[&str] = &["anonymous", "public", "null", "none", "admin", "0"];
/// The characters that could mean something to a shell or a page.
const FORBIDDEN: &[char] = &['`', '|', ';', '&', '>', '<'];
const CHECKED: &[&str] = &["address1", "address2", "zip", "emailAddr", "website", "phone"];

/// The role that the body names, which goes with the group of administrators and no other.
pub(super) fn role(body: &Body, group: &str) -> Result<Role, Fault> {
    let role = body.text("userType").and_then(Role::parse).ok_or_else(|| Fault::missing(&["userType"]))?;
    if (role == Role::SystemAdmin) == (group == SYSTEM_GROUP) {
        Ok(role)
    } else {
        Err(Fault::bad("userType SystemAdmin and groupId 0 need each other"))
    }
}

/// Refuses an id that a user can't have.
pub(super) fn name(id: &str, role: Role) -> Result<(), Fault> {
    if RESERVED.contains(&id) {
        return Err(Fault::bad(format!("userId is not allowed : {id}")));
    }
    let fits = match role {
        Role::SystemAdmin => {
            let rest = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            id.len() <= MAX_ADMIN_NAME
                && id.starts_with(|first: char| first.is_ascii_lowercase())
                && !id.ends_with('_')
                && id.bytes().all(rest)
        }
        Role::User | Role::GroupAdmin => {
            id.len() <= MAX_NAME
                && id.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | '@'))
        }
    };
    if fits { Ok(()) } else { Err(Fault::bad(format!("Invalid user name : {id}"))) }
}

/// Refuses texts that are too long or have characters that they mustn't.
pub(super) fn texts(body: &Body) -> Result<(), Fault> {
    if body.text("fullName").is_some_and(|name| name.chars().count() > MAX_NAME) {
        return Err(Fault::bad("fullName is longer than 64 characters"));
    }
    match CHECKED.iter().find(|name| body.text(name).is_some_and(|text| text.contains(FORBIDDEN))) {
        Some(name) => Err(Fault::bad(format!("Invalid characters in {name}"))),
        None => Ok(()),
    }
}
