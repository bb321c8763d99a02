//! What a read is handed: how it is ended early, and where it says that it waits for another try.

use std::rc::Rc;

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::document;
use web_sys::AbortSignal;

use super::backoff::{Audience, Backoff, Next};

/// A failed read that is tried again by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retry {
    /// When the next try is due, in milliseconds since the epoch; `None` while it is on its way.
    pub due: Option<f64>,
}

/// Takes the failure of a try, and what the console does about it.
type Report = Rc<dyn Fn(Failure, Retry)>;

/// Who wants a read. The default wants it to its end and is told of the first failure.
#[derive(Clone, Default)]
pub struct Reader {
    abort: Option<AbortSignal>,
    report: Option<Report>,
}

impl Reader {
    /// Wants the read until `abort` is raised. With `report`, what may pass is tried again and `report` hears of it.
    pub(super) fn new(abort: Option<AbortSignal>, report: Option<Report>) -> Self {
        Self { abort, report }
    }

    /// Ends the request early.
    pub fn abort(&self) -> Option<AbortSignal> {
        self.abort.clone()
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_gone(&self) -> bool {
        self.abort.as_ref().is_some_and(AbortSignal::aborted)
    }

    /// Waits a while before anything is sent, for a person who may type on.
    ///
    /// # Errors
    /// Nobody waits for the answer any more.
    pub async fn pause(&self, millis: u32) -> Result<(), Failure> {
        sleep(f64::from(millis)).await;
        match self.is_gone() {
            true => Err(Failure::new(FailureKind::Aborted, words::form::search_replaced())),
            false => Ok(()),
        }
    }

    /// Waits until a failed request may be sent again. False: it may not, and the failure is the answer.
    pub async fn wait(&self, backoff: &mut Backoff, failure: &Failure) -> bool {
        let Some(report) = self.report.as_ref().filter(|_| !self.is_gone()) else { return false };
        let luck = js_sys::Math::random();
        let Some(due) = backoff.failed(failure, js_sys::Date::now(), luck) else { return false };
        report(failure.clone(), Retry { due: Some(due) });
        loop {
            match backoff.next(js_sys::Date::now(), self.audience()) {
                Next::Wait(millis) => sleep(millis).await,
                Next::Send => {
                    report(failure.clone(), Retry { due: None });
                    return true;
                }
                Next::End => return false,
            }
        }
    }

    fn audience(&self) -> Audience {
        if self.is_gone() {
            Audience::Gone
        } else if document().hidden() {
            Audience::Hidden
        } else {
            Audience::Present
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a wait is short and not negative"
)]
async fn sleep(millis: f64) {
    gloo_timers::future::TimeoutFuture::new(millis.ceil() as u32).await;
}
