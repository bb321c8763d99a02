//! Whether the vendor's token is needed: the system does not say which buckets have locked objects.

use leptos::prelude::*;
use words::purge as say;

use super::read::Lock;
use crate::ui::{Button, Notice, Tone};

/// The ways that the licence leaves.
#[component]
pub(super) fn Ways(
    lock: Lock,
    /// Called with the way.
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let (tone, text) = match lock {
        Lock::Off => (Tone::Info, say::ways_off()),
        Lock::Token | Lock::Unknown => (Tone::Info, say::ways_token()),
        Lock::Never => (Tone::Warn, say::ways_never()),
    };
    let has_token = matches!(lock, Lock::Token | Lock::Unknown);
    view! {
        <section class="record-section">
            <h2>{say::ways()}</h2>
            <Notice tone=tone quiet=true><p>{text}</p></Notice>
            <p class="factor-actions">
                <Button on_click=move |_| on_choose.run("plain")>{say::way_plain()}</Button>
                {has_token.then(|| view! {
                    <Button on_click=move |_| on_choose.run("token")>{say::way_token()}</Button>
                })}
            </p>
        </section>
    }
}
