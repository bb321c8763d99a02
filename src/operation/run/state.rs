//! How far a step of a plan is, and what a lost answer turned out to be.

use std::sync::Arc;

use boxdeck_dialect::{Failure, Outcome, Record};

/// What became of a step so far.
#[derive(Debug, Clone, PartialEq)]
pub enum StepState {
    /// Not sent.
    Waiting,
    /// Sent; no answer yet. The share of an upload that is through, in percent.
    Sending(Option<u8>),
    /// The box works on it; how far, in percent, where it says so.
    Working(Option<u8>),
    /// Ended.
    Ended(Outcome),
}

impl StepState {
    /// Whether the box has done it.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Ended(Outcome::Done(_)))
    }

    /// Whether a request is on its way or a task is followed.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Sending(_) | Self::Working(_))
    }
}

/// The step that ended the plan before its end, and how, if one did.
pub fn stopped_by(steps: &[StepState]) -> Option<(usize, &Outcome)> {
    steps.iter().enumerate().find_map(|(index, step)| match step {
        StepState::Ended(Outcome::Done(_)) => None,
        StepState::Ended(outcome) => Some((index, outcome)),
        _ => None,
    })
}

/// What a lost answer turned out to be, after reading.
#[derive(Debug, Clone, PartialEq)]
pub enum Settlement {
    /// Nothing has been read yet.
    Open,
    /// Being read.
    Reading,
    /// The record as it is now.
    Found(Arc<Record>),
    /// The record is not there.
    Gone,
    /// The list was looked through for what was to be made.
    Looked {
        /// Records with the name, the key and the references that were planned.
        like: Vec<Arc<Record>>,
        /// Whether there can be no other: all of the list was seen, and each record could be told.
        sure: bool,
    },
    /// It could not be read either.
    Failed(Failure),
}
