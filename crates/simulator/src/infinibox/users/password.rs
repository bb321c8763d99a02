//! Passwords: the policy, and what becomes of a forgotten one.

use serde_json::json;

use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_values;
use crate::infinibox::reply::Reply;

/// The shortest and the longest password, in characters.
const LENGTH: (usize, usize) = (8, 128);

/// The policy, as a page of one.
pub(super) fn policy(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let row = json!({
        "id": -1,
        "min_length": LENGTH.0,
        "max_length": LENGTH.1,
        "lowercase": true,
        "uppercase": true,
        "digit": true,
        "symbol": true,
        "no_username": true,
        "reuse_limit": 1,
        "tenant_id": 1,
        "created_at": 0,
        "updated_at": 0,
    });
    list_values(call, vec![row])
}

/// Checks a new password. `old` is the one that it takes the place of.
///
/// # Errors
///
/// 400 `INVALID_PASSWORD` for other than ASCII, and `USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY` if the policy counts.
pub(super) fn check(password: &str, user: &str, old: Option<&str>, enforced: bool) -> Result<(), Fault> {
    if !password.is_ascii() {
        return Err(Fault::bad("INVALID_PASSWORD", "A password ('password') holds ASCII characters only"));
    }
    if !enforced {
        return Ok(());
    }
    let has = |fits: fn(&u8) -> bool| password.as_bytes().iter().any(fits);
    let lacks = if !(LENGTH.0..=LENGTH.1).contains(&password.len()) {
        Some("8 to 128 characters")
    } else if !has(u8::is_ascii_lowercase) {
        Some("a lower-case letter")
    } else if !has(u8::is_ascii_uppercase) {
        Some("an upper-case letter")
    } else if !has(u8::is_ascii_digit) {
        Some("a digit")
    } else if !has(u8::is_ascii_punctuation) {
        Some("a symbol")
    } else if password.to_ascii_lowercase().contains(&user.to_ascii_lowercase()) {
        Some("no user name in it")
    } else if old == Some(password) {
        Some("to differ from the last one")
    } else {
        None
    };
    match lacks {
        Some(lacks) => Err(Fault::bad(
            "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY",
            format!("The password ('password') needs {lacks}"),
        )),
        None => Ok(()),
    }
}

/// Says that a mail went out, whoever asks for whomever, so that nobody learns who is a user.
pub(super) fn ask_reset(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let name = call.argument("name").to_owned();
    if let Some(user) = call.array.users.values().find(|user| user.name == name) {
        let event =
            Event::info("USER_PASSWORD_RESET_REQUESTED", "A password reset was asked for user {username}");
        let event = event.about(user.id).text("username", &name);
        call.event(event);
    }
    Ok(Reply::result(
        json!({"message": "If the user has an address, a link to reset the password is on its way"}),
    ))
}

/// No mail ever leaves the simulator, so no token that comes back is one that it gave.
pub(super) fn reset(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Err(Fault::forbidden(
        "PASSWORD_RESET_REQUEST_EXPIRED",
        format!("The password reset of user '{}' has expired", call.argument("name")),
    ))
}

/// No identity provider stands behind the simulator, so nobody can have proved there who he is.
pub(super) fn sign_in_elsewhere(_call: &mut Call<'_>) -> Result<Reply, Fault> {
    Err(Fault::forbidden("BAD_USER", "The identity provider's answer is not known here"))
}
