//! What a new password has to be, and the call that changes one.

use super::accounts::{Password, User, user_json};
use super::block::{Block, DAY};
use super::fault::Fault;
use super::shape::{Holds, Member, body, printable, text};
use super::{Call, access};
use crate::message::Response;

/// What every password consists of.
pub(super) const HOLDS: Holds = Holds::Text { least: 1, most: 256, legal: is_legal };

const MEMBERS: &[Member] = &[
    Member::needed("currentPassword", Holds::Text { least: 1, most: 256, legal: printable }),
    Member::needed("newPassword", HOLDS),
];

fn is_legal(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-!#$%&\"'()*+,./:;<>=?@[]\\^_`{}|~".contains(character)
}

/// Refuses a password that breaks the rules of complexity.
///
/// # Errors
///
/// 400 that names the parameter.
pub(super) fn complex(block: &Block, parameter: &str, password: &str) -> Result<(), Fault> {
    let count =
        |is: fn(&char) -> bool| i64::try_from(password.chars().filter(is).count()).unwrap_or(i64::MAX);
    for (rule, found, what) in [
        ("minLength", count(|_| true), "characters"),
        ("minNumberOfUpperCaseChars", count(char::is_ascii_uppercase), "capital letters"),
        ("minNumberOfLowerCaseChars", count(char::is_ascii_lowercase), "small letters"),
        ("minNumberOfNumerals", count(char::is_ascii_digit), "digits"),
        ("minNumberOfSymbols", count(char::is_ascii_punctuation), "symbols"),
    ] {
        let least = block.rule("passwordComplexitySetting", rule);
        if found < least {
            return Err(Fault::bad(format!(
                "The parameter '{parameter}' is not valid: it needs at least {least} {what}."
            )));
        }
    }
    Ok(())
}

/// Gives a user a new password.
pub(super) fn give(user: &mut User, text: &str, now: i64, is_given: bool) {
    let new = Password { text: text.to_owned(), set_at: now, is_given };
    if let Some(old) = user.password.replace(new) {
        user.earlier.insert(0, old.text);
        user.earlier.truncate(10);
    }
    user.failures = 0;
    user.locked_until = 0;
}

/// `PATCH users/<id>/password`: open to those who are not signed in. Whoever it concerns, all that is wrong with the
/// current password is one and the same 401.
pub(super) fn change(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, MEMBERS)?;
    let (current, new) = (text(&body, "currentPassword"), text(&body, "newPassword"));
    let (current, new) = (current.unwrap_or_default(), new.unwrap_or_default());
    let id = call.name().to_owned();
    let is_enabled = call.block.accounts.users.get(&id).is_some_and(|user| user.is_enabled);
    if !access::check(call.block, &id, current) || !is_enabled {
        return Err(Fault::unauthenticated());
    }
    let now = call.block.now();
    complex(call.block, "newPassword", new)?;
    remembered(call.block, &id, new)?;
    let user = call.block.accounts.users.get_mut(&id).ok_or_else(Fault::unauthenticated)?;
    give(user, new, now, false);
    call.block.end_sessions(&id);
    let user = call.block.accounts.users.get(&id).ok_or_else(Fault::unauthenticated)?;
    Ok(Response::json(200, &user_json(call.block, &id, user)))
}

/// Refuses a password that came before, and a change that comes too early.
fn remembered(block: &Block, id: &str, new: &str) -> Result<(), Fault> {
    let Some(user) = block.accounts.users.get(id) else { return Err(Fault::unauthenticated()) };
    let Some(current) = &user.password else { return Err(Fault::unauthenticated()) };
    let counted = usize::try_from(block.rule("passwordComplexitySetting", "numberOfPasswordHistory"));
    let counted = counted.unwrap_or(1);
    let mut last = std::iter::once(&current.text).chain(&user.earlier).take(counted);
    if counted > 1 && last.any(|text| text == new) {
        return Err(Fault::bad(format!(
            "The parameter 'newPassword' is not valid: it is one of the last {counted} passwords."
        )));
    }
    let days = block.rule("passwordAgeSetting", "minAgeDays");
    if !current.is_given && block.now() < current.set_at + days * DAY {
        return Err(Fault::bad(format!(
            "The parameter 'newPassword' is not valid: a password stays for at least {days} days."
        )));
    }
    Ok(())
}
