//! Every failure as a page tells it, with nothing to show and with older data below.

use boxdeck_dialect::{Failure, FailureKind, FieldFault};
use leptos::prelude::*;

use super::specimen;
use crate::load::Retry;
use crate::refusal::{FailureNotice, RefusalNotice};

/// How long the sample waits for its next try, in milliseconds.
const WAIT: f64 = 8_000.0;

/// A label, a kind of failure, its message, status and code.
type Sample = (&'static str, FailureKind, &'static str, Option<u16>, Option<&'static str>);

/// Each kind of failure with a message as a system might put it, a status and a code.
const KINDS: [Sample; 13] = [
    ("Signed out", FailureKind::SignedOut, "The session has ended.", Some(401), Some("SESSION_EXPIRED")),
    (
        "Bad credentials",
        FailureKind::BadCredentials,
        "The user name or the password is wrong.",
        Some(401),
        None,
    ),
    (
        "Forbidden",
        FailureKind::Forbidden,
        "The role Viewer may not do this.",
        Some(403),
        Some("NOT_PERMITTED"),
    ),
    ("Not found", FailureKind::NotFound, "There is no volume 4711.", Some(404), Some("VOLUME_NOT_FOUND")),
    ("Invalid", FailureKind::Invalid, "The size is not a number.", Some(400), Some("BAD_VALUE")),
    (
        "Conflict",
        FailureKind::Conflict,
        "The volume archive-01 is mapped.",
        Some(409),
        Some("VOLUME_IS_MAPPED"),
    ),
    ("Busy", FailureKind::Busy, "Too many requests.", Some(503), None),
    ("Unsupported", FailureKind::Unsupported, "This came with a later version.", Some(404), None),
    ("Broken", FailureKind::Broken, "An internal error occurred.", Some(500), Some("INTERNAL")),
    ("Malformed", FailureKind::Malformed, "The answer ends in the middle.", Some(200), None),
    ("Unreachable", FailureKind::Unreachable, "No answer came.", None, None),
    ("Aborted", FailureKind::Aborted, "The request was given up on its way.", None, None),
    ("Not sent", FailureKind::NotSent, "The request could not be made.", None, None),
];

/// The section.
pub(super) fn section() -> AnyView {
    let all = KINDS.map(|(label, kind, message, status, code)| {
        let failure = Failure { status, code: code.map(str::to_owned), ..Failure::new(kind, message) };
        specimen(label, view! { <FailureNotice failure stale=false on_retry=|| ()/> })
    });
    view! {
        {Vec::from(all)}
        {specimen("Offline, older data stay", view! {
            <FailureNotice failure=Failure::new(FailureKind::Unreachable, "No answer came.") stale=true on_retry=|| ()/>
        })}
        {specimen("Offline, tried again by itself", again(FailureKind::Unreachable, "No answer came."))}
        {specimen("Busy, says for how long", view! {
            <FailureNotice
                failure=Failure { status: Some(503), retry_after: Some(30), ..Failure::new(FailureKind::Busy, "Too many requests.") }
                stale=false
                on_retry=|| ()
            />
        })}
        {specimen("Refused change, field by field", view! {
            <RefusalNotice failure=refused() partial=None/>
        })}
        {specimen("Refused in the middle", view! {
            <RefusalNotice failure=refused() partial=Some("1 of 3 steps was carried out: the volume exists, without its mapping.".to_owned())/>
        })}
    }
    .into_any()
}

fn again(kind: FailureKind, message: &str) -> AnyView {
    let due = Some(Retry { due: Some(js_sys::Date::now() + WAIT) });
    view! { <FailureNotice failure=Failure::new(kind, message) stale=true retry=Signal::stored(due) on_retry=|| ()/> }.into_any()
}

fn refused() -> Failure {
    let fault =
        |field: &str, message: &str| FieldFault { field: field.to_owned(), message: message.to_owned() };
    Failure {
        status: Some(400),
        code: Some("BAD_VALUE".to_owned()),
        fields: vec![fault("name", "is taken"), fault("size", "is smaller than 1 GB")],
        ..Failure::new(FailureKind::Invalid, "Two values are not acceptable.")
    }
}
