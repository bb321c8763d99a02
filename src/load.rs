//! Reading for a page: the latest request wins, older ones are aborted, and the last good data stay beside the newest error.

use std::future::Future;
use std::sync::Arc;

use boxdeck_dialect::Failure;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;
use web_sys::{AbortController, AbortSignal};

/// What a page knows of what it reads.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The last data that arrived.
    pub data: Option<Arc<T>>,
    /// When they arrived, in milliseconds since the epoch.
    pub as_of: Option<f64>,
    /// The newest failure, if nothing has arrived since.
    pub failure: Option<Failure>,
    /// Whether a request is under way.
    pub loading: bool,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            as_of: self.as_of,
            failure: self.failure.clone(),
            loading: self.loading,
        }
    }
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self { data: None, as_of: None, failure: None, loading: false }
    }
}

/// Reads one thing at a time for a page. Ends with the component that made it.
pub struct Loader<T: Send + Sync + 'static> {
    state: RwSignal<Loaded<T>>,
    generation: StoredValue<u64>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
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
        let loader = Self {
            state: RwSignal::new(Loaded::default()),
            generation: StoredValue::new(0),
            abort: StoredValue::new_local(None),
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

    /// Starts to read; what was under way is aborted and its answer ignored.
    pub fn run<F>(self, read: impl FnOnce(Option<AbortSignal>) -> F)
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        self.abort();
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        let controller = AbortController::new().ok();
        let reading = read(controller.as_ref().map(AbortController::signal));
        self.abort.set_value(controller);
        self.state.update(|state| state.loading = true);
        spawn_local(async move {
            let result = reading.await;
            // The page may be gone, or a later request may have been started.
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            self.state.update(|state| {
                state.loading = false;
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
