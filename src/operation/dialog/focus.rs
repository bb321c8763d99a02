//! Where the focus goes when a dialog has something new to say.

use leptos::{html, prelude::*};

/// Gives `body` the focus whenever `news` becomes something else that is said: what had the focus goes with its phase, and
/// what is said next is read. `news` is tracked; with `None` the focus stays.
pub(super) fn focus_on_news<T: PartialEq + 'static>(
    body: NodeRef<html::Div>,
    news: impl Fn() -> Option<T> + 'static,
) {
    Effect::new(move |before: Option<Option<T>>| {
        let now = news();
        if now.is_some() && before.is_some_and(|before| before != now) {
            request_animation_frame(move || {
                if let Some(body) = body.try_get_untracked().flatten() {
                    // Focus can only fail for elements that left the page.
                    drop(body.focus());
                }
            });
        }
        now
    });
}
