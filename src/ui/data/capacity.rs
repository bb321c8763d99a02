//! How full something is.

use leptos::prelude::*;

use crate::ui::{OptText, Text};

/// From which share on a bar warns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Share, from 0 to 1, from which the bar needs attention.
    pub warn: f64,
    /// Share, from 0 to 1, from which it is nearly full.
    pub bad: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { warn: 0.8, bad: 0.9 }
    }
}

impl Thresholds {
    fn class(self, share: f64) -> &'static str {
        if share >= self.bad {
            "tone-bad"
        } else if share >= self.warn {
            "tone-warn"
        } else {
            "tone-info"
        }
    }
}

/// A bar for a used share. More than the whole shows as full and reads as given.
#[component]
pub fn CapacityBar(
    /// What is measured: the bar's name for screen readers.
    #[prop(into)]
    label: Text,
    /// The used share, from 0 to 1 and beyond; `None` when it is unknown.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// The same in words, such as "1.2 of 4 TB, 30 %".
    #[prop(into)]
    text: Text,
    /// Where it starts to warn.
    #[prop(optional, into)]
    thresholds: Thresholds,
    /// Leaves out the visible text, for a cell beside the number.
    #[prop(optional)]
    bare: bool,
    /// A second, lighter share on top of the first, such as what is reserved.
    #[prop(optional, into)]
    reserved: Signal<Option<f64>>,
    /// A note at the end, such as a threshold's name.
    #[prop(optional, into)]
    note: OptText,
) -> impl IntoView {
    let percent = |share: Option<f64>| format!("{:.2}%", share.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0);
    let tone = move || share.get().map_or("tone-neutral", |share| thresholds.class(share));
    view! {
        <div class=move || format!("capacity {}", tone())>
            <div
                class="capacity-track"
                role="meter"
                aria-label=move || label.get()
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || format!("{:.0}", share.get().unwrap_or(0.0).clamp(0.0, 1.0) * 100.0)
                aria-valuetext=move || text.get()
            >
                <span class="capacity-reserved" style:width=move || percent(reserved.get())></span>
                <span class="capacity-used" style:width=move || percent(share.get())></span>
            </div>
            {(!bare).then(|| view! {
                <div class="capacity-text" aria-hidden="true">
                    <span>{move || text.get()}</span>
                    <span>{move || note.get()}</span>
                </div>
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Thresholds;

    #[test]
    fn the_tone_follows_the_share() {
        let thresholds = Thresholds::default();
        assert_eq!(thresholds.class(0.79), "tone-info");
        assert_eq!(thresholds.class(0.8), "tone-warn");
        assert_eq!(thresholds.class(1.3), "tone-bad");
    }
}
