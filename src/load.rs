//! Reading for a page: the latest request wins, older ones are aborted, and the last good data stay beside the newest error.
//!
//! What may pass by itself is tried again, later each time ([`backoff`]), while the page is there to be seen. The page
//! shows the failure meanwhile, and when the next try is due. Only reads go through here; a write is never sent again.

use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use boxdeck_dialect::Failure;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;
use web_sys::AbortController;

pub mod backoff;
mod reader;
mod settled;

pub use reader::{Reader, Retry};
pub use settled::{settle, settled};

/// What a page knows of what it reads.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The last data that arrived.
    pub data: Option<Arc<T>>,
    /// When they arrived, in milliseconds since the epoch.
    pub as_of: Option<f64>,
    /// The newest failure, if nothing has arrived since.
    pub failure: Option<Failure>,
    /// Whether a request is under way that was asked for; not those that the console makes by itself after a failure.
    pub loading: bool,
    /// What the console does by itself about the failure, if it does something.
    pub retry: Option<Retry>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            as_of: self.as_of,
            failure: self.failure.clone(),
            loading: self.loading,
            retry: self.retry,
        }
    }
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self { data: None, as_of: None, failure: None, loading: false, retry: None }
    }
}

/// Reads one thing at a time for a page. Ends with the component that made it.
pub struct Loader<T: Send + Sync + 'static> {
    state: RwSignal<Loaded<T>>,
    generation: StoredValue<u64>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
    patient: bool,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Send + Sync + 'static> Loader<T> {
    /// A loader that has read nothing yet.
    pub fn new() -> Self {
        Self::with(true)
    }

    /// A loader for what a page can do without: it is asked for once, so that many of them do not press a box that fails.
    pub fn aside() -> Self {
        Self::with(false)
    }

    fn with(patient: bool) -> Self {
        let loader = Self {
            state: RwSignal::new(Loaded::default()),
            generation: StoredValue::new(0),
            abort: StoredValue::new_local(None),
            patient,
        };
        on_cleanup(move || loader.abort());
        loader
    }

    /// What is known now; tracked.
    pub fn get(self) -> Loaded<T> {
        self.state.get()
    }

    /// The state as a signal.
    pub fn state(self) -> Signal<Loaded<T>> {
        self.state.into()
    }

    /// The newest failure, if nothing has arrived since. Unlike the whole state it does not change with every try.
    pub fn failure(self) -> Memo<Option<Failure>> {
        Memo::new(move |_| self.state.with(|state| state.failure.clone()))
    }

    /// What the console does by itself about the failure.
    pub fn retry(self) -> Signal<Option<Retry>> {
        let state = self.state;
        Memo::new(move |_| state.with(|state| state.retry)).into()
    }

    /// Whether there are data; they are old where there is a failure too.
    pub fn has_data(self) -> bool {
        self.state.with(|state| state.data.is_some())
    }

    /// Starts to read; what was under way is aborted and its answer ignored.
    pub fn run<F>(self, read: impl FnOnce(Reader) -> F)
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        self.abort();
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        let controller = AbortController::new().ok();
        let report = self.patient.then(|| {
            Rc::new(move |failure, retry| self.report(generation, failure, retry)) as Rc<dyn Fn(_, _)>
        });
        let mut reading =
            Box::pin(read(Reader::new(controller.as_ref().map(AbortController::signal), report)));
        self.abort.set_value(controller);
        self.state.update(|state| {
            state.loading = true;
            state.retry = None;
        });
        // The request leaves now, not after everything else on the page that follows the same change: that has time until the
        // answer comes. Whoever starts to read does not follow what the request is made of. One that starts twice in a row has
        // sent twice, the first in vain.
        let early = untrack(|| reading.as_mut().poll(&mut Context::from_waker(Waker::noop())));
        spawn_local(async move {
            let result = match early {
                Poll::Ready(result) => result,
                Poll::Pending => reading.await,
            };
            // The page may be gone, or a later request may have been started.
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            settle();
            self.state.update(|state| {
                state.loading = false;
                state.retry = None;
                match result {
                    Ok(data) => {
                        state.data = Some(Arc::new(data));
                        state.as_of = Some(js_sys::Date::now());
                        state.failure = None;
                    }
                    Err(failure) => state.failure = Some(failure),
                }
            });
        });
    }

    fn report(self, generation: u64, failure: Failure, retry: Retry) {
        if self.generation.try_get_value() == Some(generation) {
            self.state.update(|state| {
                state.loading = false;
                state.failure = Some(failure);
                state.retry = Some(retry);
            });
        }
    }

    /// Ends what is under way; nothing comes of it.
    pub fn cancel(self) {
        self.abort();
        self.state.try_update(|state| {
            state.loading = false;
            state.retry = None;
        });
    }

    /// Forgets the data: what comes next is about something else.
    pub fn clear(self) {
        self.state.set(Loaded::default());
    }

    fn abort(self) {
        self.generation.try_update_value(|generation| *generation += 1);
        if let Some(Some(controller)) = self.abort.try_update_value(Option::take) {
            controller.abort();
        }
    }
}
