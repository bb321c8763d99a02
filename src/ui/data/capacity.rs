//! How full something is.

use leptos::prelude::*;

use crate::ui::fixed;

/// A bar for a share of a whole. More than the whole shows as full and reads as given. Its values are fixed: lists have
/// thousands of these.
#[component]
pub fn CapacityBar(
    /// What is measured: the bar's name for screen readers.
    #[prop(into)]
    label: String,
    /// The share, from 0 to 1 and beyond.
    share: f64,
    /// The same in words, such as "30 % of 4 TiB".
    #[prop(into)]
    text: String,
    /// Leaves out the visible text, for a cell beside the number.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let percent = share.clamp(0.0, 1.0) * 100.0;
    let track = view! {
        <span
            class="capacity-track"
            role="meter"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=fixed(percent, 0)
            aria-valuetext=text.clone()
            style:background-size=format!("{}%", fixed(percent, 2))
        ></span>
    };
    if bare {
        return track.into_any();
    }
    view! {
        <span class="capacity">
            {track}
            <span class="capacity-text" aria-hidden="true">{text}</span>
        </span>
    }
    .into_any()
}
