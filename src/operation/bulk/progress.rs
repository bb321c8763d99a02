//! How far many plans are: what each has come to, what goes next, and what holds the rest back.

use std::collections::VecDeque;

use boxdeck_dialect::{FailureKind, Outcome};

use crate::operation::run::StepState;

/// Where all of it is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has been sent.
    Asking,
    /// They go out one after another.
    Busy,
    /// So many are held back.
    Halted(usize),
    /// The box wants so many approved.
    Approval(usize),
    /// Each has its outcome.
    Over,
}

/// How many records have come to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The box has done them, or works on them.
    pub done: usize,
    /// They were to be deleted, and were not there any more.
    pub gone: usize,
    /// The box has refused them.
    pub refused: usize,
    /// The box wants them approved.
    pub asks: usize,
    /// Their answers were lost.
    pub unknown: usize,
    /// They were not sent.
    pub left: usize,
}

impl Tally {
    /// Counts so many records that have come to one state. `is_gone`: the system has refused to delete them because they are not
    /// there any more.
    pub(super) fn add(&mut self, state: &StepState, is_gone: bool, count: usize) {
        let counted = match state {
            StepState::Waiting => &mut self.left,
            StepState::Sending(_) | StepState::Working(_) => return,
            StepState::Ended(Outcome::Done(_) | Outcome::Accepted(_)) => &mut self.done,
            StepState::Ended(Outcome::ApprovalRequired { .. }) => &mut self.asks,
            StepState::Ended(Outcome::Unknown { .. }) => &mut self.unknown,
            StepState::Ended(Outcome::Refused(_)) if is_gone => &mut self.gone,
            StepState::Ended(Outcome::Refused(_)) => &mut self.refused,
        };
        *counted += count;
    }
}

/// Whether an outcome says that the next one had better wait: nobody knows whether it was done, or nothing can be sent.
pub(super) const fn holds_back(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Unknown { .. } => true,
        Outcome::Refused(failure) => matches!(
            failure.kind,
            FailureKind::SignedOut
                | FailureKind::BadCredentials
                | FailureKind::Forbidden
                | FailureKind::Busy
                | FailureKind::Unsupported
                | FailureKind::Unreachable
                | FailureKind::Aborted
                | FailureKind::NotSent
        ),
        Outcome::Done(_) | Outcome::Accepted(_) | Outcome::ApprovalRequired { .. } => false,
    }
}

/// Places of those that a word sends: what waits, or what the box wants approved.
pub(super) fn pending(states: &[StepState], approved: bool) -> VecDeque<usize> {
    let wanted = |state: &StepState| match state {
        StepState::Waiting => !approved,
        StepState::Ended(Outcome::ApprovalRequired { .. }) => approved,
        _ => false,
    };
    states.iter().enumerate().filter(|(_, state)| wanted(state)).map(|(index, _)| index).collect()
}

/// Where all of it is on its way, while one is (`busy`) or is not.
pub(super) fn phase(states: &[StepState], busy: bool) -> Phase {
    let mut tally = Tally::default();
    // What a delete finds gone has ended as well: it makes no difference here.
    states.iter().for_each(|state| tally.add(state, false, 1));
    let Tally { asks, left, .. } = tally;
    match (busy, left, asks) {
        (true, ..) => Phase::Busy,
        (false, left, _) if left == states.len() => Phase::Asking,
        (false, left, _) if left > 0 => Phase::Halted(left),
        (false, _, asks) if asks > 0 => Phase::Approval(asks),
        _ => Phase::Over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use boxdeck_dialect::{Answer, Failure};

    fn asks() -> StepState {
        StepState::Ended(Outcome::ApprovalRequired { code: "ASK".to_owned(), message: "Sure?".to_owned() })
    }

    fn done() -> StepState {
        StepState::Ended(Outcome::Done(Answer::default()))
    }

    fn refused(kind: FailureKind) -> Outcome {
        Outcome::Refused(Failure::new(kind, "No."))
    }

    #[test]
    fn each_word_sends_what_it_was_given_for() {
        let states =
            [done(), StepState::Waiting, asks(), StepState::Ended(refused(FailureKind::Conflict)), asks()];
        assert_eq!(pending(&states, false), [1]);
        assert_eq!(pending(&states, true), [2, 4]);
    }

    #[test]
    fn what_is_held_back_goes_before_what_asks() {
        let waiting = || StepState::Waiting;
        assert_eq!(phase(&[waiting(), waiting()], false), Phase::Asking);
        assert_eq!(phase(&[done(), waiting()], true), Phase::Busy);
        assert_eq!(phase(&[done(), asks(), waiting()], false), Phase::Halted(1));
        assert_eq!(phase(&[done(), asks()], false), Phase::Approval(1));
        let lost = StepState::Ended(Outcome::Unknown { reason: String::new() });
        assert_eq!(phase(&[done(), lost.clone()], false), Phase::Over);
        let mut all = Tally::default();
        for state in [done(), lost, asks(), waiting(), StepState::Sending(None)] {
            all.add(&state, false, 1);
        }
        let missing = StepState::Ended(refused(FailureKind::NotFound));
        all.add(&missing, true, 1);
        all.add(&missing, false, 3);
        assert_eq!(all, Tally { done: 1, gone: 1, refused: 3, asks: 1, unknown: 1, left: 1 });
    }

    #[test]
    fn only_what_concerns_the_next_one_too_holds_it_back() {
        assert!(holds_back(&Outcome::Unknown { reason: String::new() }));
        assert!(
            holds_back(&refused(FailureKind::SignedOut)) && holds_back(&refused(FailureKind::Unreachable))
        );
        assert!(!holds_back(&refused(FailureKind::Conflict)) && !holds_back(&refused(FailureKind::NotFound)));
        assert!(!holds_back(&Outcome::Done(Answer::default())));
    }
}
