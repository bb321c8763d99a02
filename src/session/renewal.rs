//! Making a session last: what proves it is exchanged for something new before it ends, and when the system says that it has
//! ended. Nobody notices, unless that is refused: then a person signs in again on top of the page.

use boxdeck_dialect::{Failure, FailureKind, Session};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::{ask_again, converse};
use crate::system::{SessionState, System, use_system};

/// The longest sleep in milliseconds. A computer that was asleep finds out this much after it wakes.
const LONGEST_SLEEP: f64 = 30_000.0;
/// The pause after an attempt that got no answer, in milliseconds.
const PAUSE: f64 = 10_000.0;
/// A session that took the place of an ended one and ends this soon too, in milliseconds, is not made to last by another
/// one like it.
const TOO_SOON: f64 = 5_000.0;

/// What there is to do about a session.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    /// Look again after so many milliseconds.
    Sleep(f64),
    /// Renew it.
    Renew,
    /// Only a person can go on.
    Ask,
}

/// What is known of a session.
#[derive(Debug, Clone, Copy)]
struct Life {
    /// When it was made, in milliseconds since the epoch.
    since: f64,
    /// After how many seconds it is to be renewed.
    seconds: u32,
    /// The system says that it is over.
    ended: bool,
    /// It took the place of one that was over.
    revived: bool,
}

/// What to do about a session at `now`. `tried`: when the last attempt got no answer. Both in milliseconds since the epoch.
fn next(now: f64, life: Life, tried: Option<f64>) -> Next {
    let is_over = life.ended && life.revived && now - life.since < TOO_SOON;
    let due = if life.ended { now } else { life.since + f64::from(life.seconds) * 1_000.0 };
    let due = tried.map_or(due, |tried| due.max(tried + PAUSE));
    match due - now {
        _ if is_over => Next::Ask,
        left if left > 0.0 => Next::Sleep(left.min(LONGEST_SLEEP)),
        _ => Next::Renew,
    }
}

/// Whether the failure says nothing of the session: another attempt may do.
fn passes(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::Busy
            | FailureKind::Unreachable
            | FailureKind::Aborted
            | FailureKind::Broken
            | FailureKind::Malformed
    )
}

/// Renews the system's session as long as it is there. Shows nothing.
#[component]
pub fn Renewal() -> impl IntoView {
    let system = use_system();
    let state = system.state;
    // Another session, or word of its end, begins the wait anew.
    let known = Memo::new(move |_| state.with(|state| (state.since, state.ended, state.challenge.is_some())));
    Effect::new(move |_| {
        let (_, _, is_asked) = known.get();
        if !is_asked {
            // Ends with this run of the effect.
            spawn_local_scoped_with_cancellation(keep(system.clone()));
        }
    });
}

/// Waits until the session has to be renewed, and does it.
async fn keep(system: System) {
    let mut tried = None;
    loop {
        let Some((session, life)) = system.state.with_untracked(known) else { return };
        match next(js_sys::Date::now(), life, tried) {
            Next::Sleep(millis) => rest(millis).await,
            Next::Ask => return ask_again(&system),
            Next::Renew => {
                let Some(flow) = system.dialect.renew(&session) else { return ask_again(&system) };
                match converse(&system, flow).await {
                    Ok(session) => {
                        system.state.set(SessionState { revived: life.ended, ..SessionState::open(session) });
                        if life.ended {
                            // What was asked for meanwhile was refused.
                            system.touch_all();
                        }
                        return;
                    }
                    Err(failure) if passes(&failure) && !life.ended => tried = Some(js_sys::Date::now()),
                    Err(_refused) => return ask_again(&system),
                }
            }
        }
    }
}

/// The session, and how long it lasts; `None` where it does not end by itself.
fn known(state: &SessionState) -> Option<(Session, Life)> {
    let session = state.session.clone()?;
    let seconds = session.renewal.as_ref()?.seconds;
    Some((session, Life { since: state.since, seconds, ended: state.ended, revived: state.revived }))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 30,000")]
async fn rest(millis: f64) {
    gloo_timers::future::TimeoutFuture::new(millis.clamp(1.0, LONGEST_SLEEP) as u32).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: f64 = 1_000_000.0;
    const LIFE: Life = Life { since: MADE, seconds: 3_480, ended: false, revived: false };

    #[test]
    fn a_session_is_renewed_when_it_is_time_and_not_before() {
        let at = |millis: f64| next(MADE + millis, LIFE, None);
        assert_eq!(at(1_000.0), Next::Sleep(LONGEST_SLEEP));
        assert_eq!(at(3_479_000.0), Next::Sleep(1_000.0));
        assert_eq!(at(3_480_000.0), Next::Renew);
        // The computer was asleep.
        assert_eq!(at(90_000_000.0), Next::Renew);
    }

    #[test]
    fn one_that_has_ended_is_renewed_at_once_but_not_in_circles() {
        let ended = Life { ended: true, ..LIFE };
        assert_eq!(next(MADE + 4_000.0, ended, None), Next::Renew);
        let revived = Life { revived: true, ..ended };
        assert_eq!(next(MADE + 4_000.0, revived, None), Next::Ask);
        assert_eq!(next(MADE + 60_000.0, revived, None), Next::Renew);
    }

    #[test]
    fn an_attempt_without_an_answer_is_made_again_after_a_pause() {
        let now = MADE + 3_490_000.0;
        assert_eq!(next(now, LIFE, Some(now - 3_000.0)), Next::Sleep(7_000.0));
        assert_eq!(next(now, LIFE, Some(now - PAUSE)), Next::Renew);
    }

    #[test]
    fn only_a_refusal_asks_a_person() {
        let failed = |kind| Failure::new(kind, "no");
        assert!(passes(&failed(FailureKind::Unreachable)) && passes(&failed(FailureKind::Busy)));
        assert!(!passes(&failed(FailureKind::BadCredentials)) && !passes(&failed(FailureKind::Forbidden)));
    }
}
