//! The end of waiting for the first data: from then on there is time for what they did not need.

use std::sync::LazyLock;

use leptos::prelude::*;

static SETTLED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Whether the first data have come, failed to, or are not asked for.
pub fn settled() -> ArcRwSignal<bool> {
    SETTLED.clone()
}

/// Says so; once is enough.
pub fn settle() {
    if !SETTLED.get_untracked() {
        SETTLED.set(true);
    }
}
