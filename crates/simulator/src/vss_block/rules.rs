//! The rules of sign-in: passwords, their age, the lock, sessions.

use serde_json::{Map, Value as Json, json};

use super::Call;
use super::fault::Fault;
use super::shape::{Holds, Member, body, merge};
use crate::message::Response;

const MEMBERS: &[Member] = &[
    Member::new(
        "passwordComplexitySetting",
        Holds::Object(&[
            Member::new("minLength", Holds::Integer(1, 256)),
            Member::new("minNumberOfUpperCaseChars", Holds::Integer(0, 16)),
            Member::new("minNumberOfLowerCaseChars", Holds::Integer(0, 16)),
            Member::new("minNumberOfNumerals", Holds::Integer(0, 16)),
            Member::new("minNumberOfSymbols", Holds::Integer(0, 16)),
            Member::new("numberOfPasswordHistory", Holds::Integer(1, 10)),
        ]),
    ),
    Member::new(
        "passwordAgeSetting",
        Holds::Object(&[
            Member::new("requiresInitialPasswordReset", Holds::Flag),
            Member::new("minAgeDays", Holds::Integer(0, 10)),
            Member::new("maxAgeDays", Holds::Integer(0, 365)),
        ]),
    ),
    Member::new(
        "lockoutSetting",
        Holds::Object(&[
            Member::new("maxAttempts", Holds::Integer(0, 10)),
            Member::new("lockoutSeconds", Holds::Integer(60, 600)),
        ]),
    ),
    Member::new(
        "sessionSetting",
        Holds::Object(&[
            Member::new("maxLifetimeSeconds", Holds::Integer(1800, 604_800)),
            Member::new("maxIdleSeconds", Holds::Integer(300, 86_400)),
        ]),
    ),
];

/// The rules of a new cluster.
pub(super) fn defaults() -> Map<String, Json> {
    let rules = json!({
        "passwordComplexitySetting": {
            "minLength": 8,
            "minNumberOfUpperCaseChars": 0,
            "minNumberOfLowerCaseChars": 0,
            "minNumberOfNumerals": 0,
            "minNumberOfSymbols": 0,
            "numberOfPasswordHistory": 1,
        },
        "passwordAgeSetting": {"requiresInitialPasswordReset": true, "minAgeDays": 0, "maxAgeDays": 42},
        "lockoutSetting": {"maxAttempts": 3, "lockoutSeconds": 60},
        "sessionSetting": {"maxLifetimeSeconds": 86_400, "maxIdleSeconds": 1800},
    });
    rules.as_object().cloned().unwrap_or_default()
}

/// `GET user-auth-setting`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    Ok(Response::json(200, &Json::Object(call.block.rules.clone())))
}

/// `PATCH user-auth-setting`.
pub(super) fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let change = body(call.request, MEMBERS)?;
    let mut rules = call.block.rules.clone();
    merge(&mut rules, change);
    let days = |name: &str| {
        rules.get("passwordAgeSetting").and_then(|age| age.get(name)).and_then(Json::as_i64).unwrap_or(0)
    };
    let (least, most) = (days("minAgeDays"), days("maxAgeDays"));
    if most > 0 && least >= most {
        return Err(Fault::bad(
            "The parameter 'passwordAgeSetting.minAgeDays' is not valid: it is less than maxAgeDays.",
        ));
    }
    call.block.rules = rules;
    show(call)
}
