//! Sends one step of a plan, and looks before the first whether the record is still as the plan knows it.

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_dialect::{Failure, FailureKind, Guard, Outcome, Request, Task};
use leptos::prelude::*;
use web_sys::AbortController;

use super::{Run, StepState};
use crate::system::System;
use crate::transport::{self, Progress};

/// Most polls of a task before the console stops to ask by itself.
const MOST_POLLS: u32 = 600;

impl Run {
    /// Reads the record that is about to be written back as a whole, and sees whether it is still as the plan knows it.
    pub(super) async fn look(
        self,
        system: &System,
        resource: &Resource,
        guard: &Guard,
    ) -> Result<(), Failure> {
        self.set(0, StepState::Sending(None));
        let Some(get) = resource.first(OperationKind::Get) else { return Ok(()) };
        let mut request = guard.request.clone();
        system.dialect.authorize(&system.session(), &mut request);
        let response = transport::send(&request, &system.route(None)).await?;
        let now = system.dialect.read_record_at(resource, get, &guard.key, &response)?;
        guard.check(resource, &now)
    }

    /// Sends one step, and follows the task that the box may make of it.
    pub(super) async fn send_step(
        self,
        system: &System,
        operation: &Operation,
        index: usize,
        request: Request,
    ) -> Outcome {
        let mut request = request;
        system.dialect.authorize(&system.session(), &mut request);
        let controller = AbortController::new().ok();
        let route = system.route(controller.as_ref().map(AbortController::signal));
        self.abort.try_set_value(controller);
        self.set(index, StepState::Sending(None));
        let progress = move |progress: Progress| {
            self.set(index, StepState::Sending(percent(progress)));
        };
        let response = match transport::send_with_progress(&request, &route, progress).await {
            Ok(response) => response,
            Err(failure) if failure.kind == FailureKind::NotSent => return Outcome::Refused(failure),
            Err(failure) => return Outcome::Unknown { reason: failure.message },
        };
        let mut outcome = system.dialect.read_outcome(operation, &response);
        let mut polls = 0;
        while let Outcome::Accepted(task) = outcome {
            self.set(index, StepState::Working(task.percent));
            if polls == MOST_POLLS {
                return Outcome::Accepted(task);
            }
            polls += 1;
            outcome = follow(system, task).await;
        }
        if let Outcome::Refused(failure) = &outcome
            && failure.kind == FailureKind::SignedOut
        {
            crate::session::lost(system);
        }
        outcome
    }
}

/// Waits, then asks how far a task is. Asking only reads, so a lost answer is asked for again.
async fn follow(system: &System, task: Task) -> Outcome {
    gloo_timers::future::TimeoutFuture::new(task.wait.clamp(1, 60) * 1000).await;
    let mut request = task.poll.clone();
    system.dialect.authorize(&system.session(), &mut request);
    match transport::send(&request, &system.route(None)).await {
        Ok(response) => system.dialect.read_task(&task, &response),
        Err(_lost) => Outcome::Accepted(task),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a hundred fits")]
fn percent(progress: Progress) -> Option<u8> {
    (progress.total > 0.0).then(|| (progress.sent / progress.total * 100.0).clamp(0.0, 100.0) as u8)
}
