//! When a read that has failed is tried again. Time and luck come from outside, so that all of it is tested natively.

use boxdeck_dialect::{Failure, FailureKind};

/// Tries of one request that the console makes by itself, besides the first.
const MOST_TRIES: u32 = 6;
/// The wait after the first failure, in milliseconds; it doubles each time.
const FIRST: f64 = 1_000.0;
/// The longest wait of the console's own choice, in milliseconds.
const LONGEST: f64 = 30_000.0;
/// The longest wait that a box may ask for, in seconds. If it wants more, a person decides.
const LONGEST_ASKED: u32 = 120;
/// How often a wait looks whether it still has a purpose, in milliseconds.
const GLANCE: f64 = 250.0;

/// How far the tries of one request are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Backoff {
    tries: u32,
    /// When the next try is due, in milliseconds since the epoch.
    due: f64,
}

/// What a wait does next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next {
    /// Looks again after so many milliseconds.
    Wait(f64),
    /// Sends the request again.
    Send,
    /// Ends: nobody waits for the answer any more.
    End,
}

/// Who waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The page is there.
    Present,
    /// The page is there, but its window is hidden.
    Hidden,
    /// The page was left, or asks for something else by now.
    Gone,
}

impl Backoff {
    /// A try has failed at `now`: when the next one is due, or `None` if a person has to decide. `luck`, in 0..1, spreads
    /// the tries of many pages.
    pub fn failed(&mut self, failure: &Failure, now: f64, luck: f64) -> Option<f64> {
        if !passes(failure) || self.tries == MOST_TRIES {
            return None;
        }
        let own = (FIRST * f64::from(1_u32 << self.tries.min(16))).min(LONGEST);
        // Between a half and the whole: soon enough for a person, and not all at once.
        let own = own / 2.0 + own / 2.0 * luck;
        let wait = match failure.retry_after {
            Some(seconds) if seconds > LONGEST_ASKED => return None,
            // What the box asks for is the least; a tenth more spreads those that it has told the same.
            Some(seconds) => f64::from(seconds) * 1_000.0 * (1.0 + luck / 10.0),
            None => own,
        };
        self.tries += 1;
        self.due = now + wait;
        Some(self.due)
    }

    /// What to do at `now`. A hidden page waits until it is seen again.
    pub fn next(&self, now: f64, audience: Audience) -> Next {
        match audience {
            Audience::Gone => Next::End,
            Audience::Hidden => Next::Wait(GLANCE),
            Audience::Present if now >= self.due => Next::Send,
            Audience::Present => Next::Wait((self.due - now).min(GLANCE)),
        }
    }
}

/// Whether an answer of this status may be of the sort that passes, and is worth being read for what it says.
pub const fn may_pass(status: u16) -> bool {
    matches!(status, 307 | 429 | 502 | 503 | 504)
}

/// Whether the failure may pass by itself: no answer, a busy box, a proxy that does not reach it. What the box refuses, and
/// an answer that is broken, come out the same again and are shown.
pub const fn passes(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Unreachable | FailureKind::Busy => true,
        FailureKind::Broken => matches!(failure.status, Some(502 | 504)),
        _ => false,
    }
}

/// Whole seconds until `due`, for people: the last second counts as one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds of minutes, never negative"
)]
pub fn seconds_left(due: f64, now: f64) -> u64 {
    ((due - now) / 1_000.0).ceil().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreachable() -> Failure {
        Failure::new(FailureKind::Unreachable, "no answer")
    }

    fn busy(seconds: u32) -> Failure {
        Failure { retry_after: Some(seconds), status: Some(503), ..Failure::new(FailureKind::Busy, "busy") }
    }

    /// The waits until the console gives up, in milliseconds.
    fn waits(failure: &Failure, luck: f64) -> Vec<f64> {
        let mut backoff = Backoff::default();
        let mut now = 5_000.0;
        let mut waits = Vec::new();
        while let Some(due) = backoff.failed(failure, now, luck) {
            waits.push(due - now);
            now = due;
        }
        waits
    }

    #[test]
    fn waits_double_up_to_a_limit_and_come_to_an_end() {
        let longest = [1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 30_000.0];
        assert_eq!(waits(&unreachable(), 1.0), longest);
        assert_eq!(waits(&unreachable(), 0.0), longest.map(|wait| wait / 2.0));
    }

    #[test]
    fn a_box_is_waited_for_as_long_as_it_asks_but_not_for_ever() {
        assert_eq!(waits(&busy(7), 0.0), [7_000.0; 6]);
        assert_eq!(waits(&busy(10), 0.5).first(), Some(&10_500.0));
        assert_eq!(waits(&busy(0), 1.0).first(), Some(&0.0));
        assert!(waits(&busy(121), 0.0).is_empty());
    }

    #[test]
    fn only_what_passes_is_tried_again() {
        for kind in [
            FailureKind::SignedOut,
            FailureKind::BadCredentials,
            FailureKind::Forbidden,
            FailureKind::NotFound,
            FailureKind::Invalid,
            FailureKind::Conflict,
            FailureKind::Unsupported,
            FailureKind::Malformed,
            FailureKind::Aborted,
            FailureKind::NotSent,
        ] {
            assert!(waits(&Failure::new(kind, ""), 0.0).is_empty(), "{kind:?}");
        }
        let broken = |status| Failure { status: Some(status), ..Failure::new(FailureKind::Broken, "") };
        assert!(waits(&broken(500), 0.0).is_empty());
        assert!(!waits(&broken(502), 0.0).is_empty());
        assert!(!waits(&broken(504), 0.0).is_empty());
        assert!(may_pass(503) && may_pass(307) && !may_pass(500) && !may_pass(401) && !may_pass(200));
    }

    #[test]
    fn a_try_goes_out_when_it_is_due_and_somebody_looks() {
        let mut backoff = Backoff::default();
        let due = backoff.failed(&unreachable(), 0.0, 1.0).expect("a try");
        assert_eq!(due, 1_000.0);
        assert_eq!(backoff.next(0.0, Audience::Present), Next::Wait(250.0));
        assert_eq!(backoff.next(900.0, Audience::Present), Next::Wait(100.0));
        assert_eq!(backoff.next(1_000.0, Audience::Present), Next::Send);
        // Nobody looks: nothing goes out, however late it is; it does as soon as somebody does.
        assert_eq!(backoff.next(60_000.0, Audience::Hidden), Next::Wait(250.0));
        assert_eq!(backoff.next(60_001.0, Audience::Present), Next::Send);
        assert_eq!(backoff.next(60_001.0, Audience::Gone), Next::End);
    }

    #[test]
    fn the_seconds_that_are_left_are_counted_down_to_none() {
        assert_eq!(seconds_left(4_000.0, 0.0), 4);
        assert_eq!(seconds_left(4_000.0, 3_100.0), 1);
        assert_eq!(seconds_left(4_000.0, 4_000.0), 0);
        assert_eq!(seconds_left(4_000.0, 9_000.0), 0);
    }
}
