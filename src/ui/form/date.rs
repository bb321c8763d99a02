//! A point in time, and a time of day.

use leptos::prelude::*;

use super::Wiring;
use crate::ui::OptText;

/// How exact a point in time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exactness {
    /// To the second: `2024-05-03T14:30:10`.
    #[default]
    Second,
    /// To the minute: `2024-05-03T14:30`.
    Minute,
    /// To the hour: `2024-05-03T14:00`.
    Hour,
    /// A day: `2024-05-03`.
    Day,
    /// A month: `2024-05`. Browsers without an input for months let it be typed.
    Month,
    /// A time of day alone, to the minute: `14:30`.
    Clock,
}

impl Exactness {
    const fn kind(self) -> &'static str {
        match self {
            Self::Second | Self::Minute | Self::Hour => "datetime-local",
            Self::Day => "date",
            Self::Month => "month",
            Self::Clock => "time",
        }
    }

    /// The step of the input, in seconds.
    const fn step(self) -> Option<&'static str> {
        match self {
            Self::Second => Some("1"),
            Self::Hour => Some("3600"),
            Self::Minute | Self::Day | Self::Month | Self::Clock => None,
        }
    }
}

/// The browser's own input for a point in time, without a zone.
#[component]
pub fn DateTimeInput(
    /// The text; empty when nothing or only a part is filled in.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// How exact it is.
    #[prop(optional)]
    exact: Exactness,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    view! {
        <input
            {..wiring.attributes()}
            class="input input-date"
            type=exact.kind()
            step=exact.step()
            disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}
