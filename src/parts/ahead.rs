//! Fetches the parts before anybody needs them, once the first data are on the page.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fetch::painted;
use super::work;
use crate::load;

/// Fetches the parts ahead as soon as the first data have come or failed to.
pub fn start() {
    let settled = load::settled();
    Effect::new(move |was: Option<bool>| {
        let is_settled = settled.get();
        if is_settled && was != Some(true) {
            fetch_ahead();
        }
        is_settled
    });
}

fn fetch_ahead() {
    // Not before the rows are painted, however long that takes on a busy machine: what comes now must not compete with them.
    let ahead = || spawn_local(work::preload());
    let soon = move || {
        painted().set(true);
        set_timeout(ahead, Duration::from_millis(250));
    };
    let after_paint = move || set_timeout(soon, Duration::from_millis(50));
    request_animation_frame(move || request_animation_frame(after_paint));
}
