//! The password of the vendor's console, and the lock that wrong ones shut.

use crate::hyperstore::call::{Call, done, text};
use crate::hyperstore::fault::Fault;
use crate::hyperstore::store::{Password, State};
use crate::hyperstore::time::MINUTE;
use crate::message::Response;

/// How long a password may be, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 9..=64;
/// How many wrong passwords lock the account. It can be configured, and no default is documented.
const TRIES: u32 = 6;
/// How long an account stays locked.
const LOCKED: i64 = 30 * MINUTE;

pub(super) fn is_locked(call: &mut Call<'_>) -> Result<Response, Fault> {
    let canonical = call.known_user()?;
    let now = call.store.clock.now();
    let locked = call.store.users.get(&canonical).is_some_and(|user| user.locked_until > now);
    Ok(text(locked.to_string()))
}

pub(super) fn unlock(call: &mut Call<'_>) -> Result<Response, Fault> {
    let canonical = call.known_user()?;
    if let Some(user) = call.store.users.get_mut(&canonical) {
        (user.failures, user.locked_until) = (0, 0);
    }
    Ok(done())
}

pub(super) fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId", "password"])?;
    let password = call.need("password")?;
    let old = call.text("oldpassword");
    let canonical = call.user()?.ok_or_else(Fault::absent)?;
    let user = call.store.users.get_mut(&canonical).ok_or_else(Fault::absent)?;
    if matches!(user.state, State::Deleting(_)) {
        return Err(Fault::absent());
    }
    check(password)?;
    if let Some(old) = old {
        if user.password.as_ref().is_none_or(|current| current.text != old) {
            return Err(Fault::bad("The old password is not correct"));
        }
        // How alike the two may be can be configured; the same one is never a change.
        if old == password {
            return Err(Fault::bad("The new password is the same as the old one"));
        }
    }
    user.password = Some(Password { text: password.to_owned(), expired: false });
    Ok(done())
}

/// Refuses a password that is too short, too long or too easy to guess.
fn check(password: &str) -> Result<(), Fault> {
    let length = password.chars().count();
    if !LENGTH.contains(&length) {
        return Err(Fault::bad("The password must have 9 to 64 characters"));
    }
    let kinds: [fn(char) -> bool; 4] = [
        |one| one.is_lowercase(),
        |one| one.is_uppercase(),
        |one| one.is_numeric(),
        |one| !one.is_alphanumeric(),
    ];
    if kinds.iter().all(|kind| password.chars().any(kind)) {
        Ok(())
    } else {
        Err(Fault::bad(
            "The password needs a lower case letter, an upper case letter, a digit and another character",
        ))
    }
}

/// Whether a password is right. Whoever is locked, inactive or unknown hears the same as whoever is wrong.
pub(super) fn verify(call: &mut Call<'_>) -> Result<Response, Fault> {
    let password = call.need("password")?;
    let Some(canonical) = call.user()? else { return Ok(text("invalid")) };
    let now = call.store.clock.now();
    let active = call.store.users.get(&canonical).is_some_and(|user| call.store.is_active(user));
    let Some(user) = call.store.users.get_mut(&canonical).filter(|user| active && user.locked_until <= now)
    else {
        return Ok(text("invalid"));
    };
    match &user.password {
        Some(current) if current.text == password => {
            user.failures = 0;
            Ok(text(if current.expired { "expire" } else { "valid" }))
        }
        _ => {
            user.failures += 1;
            if user.failures >= TRIES {
                (user.failures, user.locked_until) = (0, now + LOCKED);
            }
            Ok(text("invalid"))
        }
    }
}
