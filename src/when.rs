//! When what a page shows was read, and the button that reads it again.

use leptos::prelude::*;
use std::time::Duration;
use words::record as say;

use crate::format::{Exact, date};
use crate::load::Loaded;
use crate::ui;

/// How often relative times are told anew.
const TICK: Duration = Duration::from_secs(30);

/// The present, in milliseconds since the epoch; ticks, so that relative times stay true without reading again.
#[derive(Clone, Copy)]
pub struct Now(RwSignal<f64>);

impl Now {
    /// Starts the clock. Called once, by the application.
    pub fn start() {
        let now = Self(RwSignal::new(js_sys::Date::now()));
        let tick = set_interval_with_handle(move || now.0.set(js_sys::Date::now()), TICK);
        if tick.is_err() {
            leptos::logging::error!("The browser refused a timer; relative times stand still.");
        }
        provide_context(now);
    }

    /// Ticks at once: what has just been read must not lie in the future.
    pub fn tick(self) {
        self.0.set(js_sys::Date::now());
    }

    /// The present; not tracked: for what is told once, as of when it opened.
    pub fn get_untracked(self) -> f64 {
        self.0.get_untracked()
    }

    /// The present; tracked.
    pub fn get(self) -> f64 {
        self.0.get()
    }
}

/// The application's clock.
///
/// # Panics
/// Outside of the application's component tree.
pub fn use_now() -> Now {
    expect_context()
}

/// A point in time as a whole number of milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds is far below 2^53")]
pub const fn millis(time: f64) -> i64 {
    time as i64
}

/// "As of" and the refresh button. While the newest read has failed, the time says how old the data are.
#[component]
pub fn AsOf<T: Send + Sync + 'static>(
    state: Signal<Loaded<T>>,
    on_refresh: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let now = use_now();
    let as_of = Memo::new(move |_| state.with(|state| state.as_of));
    let loading = Memo::new(move |_| state.with(|state| state.loading));
    let stale = Memo::new(move |_| state.with(|state| state.failure.is_some() && state.data.is_some()));
    let text = move || {
        as_of.get().map(|millis| {
            let shown = date::shown(millis, now.get().max(millis));
            view! {
                <span class="as-of" class:stale=stale title=shown.exact.map(Exact::text)>
                    {if stale.get() { say::as_of_stale(shown.text) } else { say::as_of(shown.text) }}
                </span>
            }
        })
    };
    ui::announce_lasting(loading.into(), words::reading::lasts().into());
    view! {
        {text}
        <ui::IconButton icon="refresh" label=say::refresh() busy=loading on_click=move |_| on_refresh()/>
    }
}
