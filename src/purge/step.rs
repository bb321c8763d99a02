//! Where a person is on the way to an empty bucket.

use words::purge as say;

use crate::begun::Begun;

/// How far it has come, as far as this browser knows: a challenge was made.
pub(super) const ASKED: &str = "asked";
/// The purge was begun.
pub(super) const PURGED: &str = "purged";

/// Where the person is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Which way: with a token or without.
    Choose,
    /// The purge without a token.
    Plain,
    /// Challenge, token and purge.
    Token,
    /// It was begun and is watched.
    Emptying,
}

/// Where the person is, by what was begun here and what the address says.
pub(super) fn step(begun: Option<&Begun>, way: Option<&str>) -> Step {
    match (begun.map(|begun| begun.stage.as_str()), way) {
        (Some(PURGED), _) => Step::Emptying,
        (_, Some("plain")) => Step::Plain,
        (_, Some("token")) => Step::Token,
        (_, Some(_)) => Step::Choose,
        (Some(ASKED), None) => Step::Token,
        (_, None) => Step::Choose,
    }
}

/// What the steps are called.
pub(super) fn steps(now: Step) -> Vec<String> {
    let middle = if now == Step::Token { say::step_token() } else { say::step_purge() };
    [say::step_look(), middle, say::step_watch()].map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_taken_up_where_it_was_left() {
        let at = |stage: &str| {
            Some(Begun { owner: String::new(), key: String::new(), stage: stage.to_owned(), at: 0.0 })
        };
        let is = |begun: Option<Begun>, way: Option<&str>, wanted: Step| step(begun.as_ref(), way) == wanted;
        assert!(is(None, None, Step::Choose) && is(None, Some("token"), Step::Token));
        assert!(is(at(ASKED), None, Step::Token));
        // Another way can be taken all the same.
        assert!(is(at(ASKED), Some("plain"), Step::Plain) && is(at(ASKED), Some("none"), Step::Choose));
        // What was sent is not sent again by a link.
        assert!(is(at(PURGED), Some("plain"), Step::Emptying));
    }
}
