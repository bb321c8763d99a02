//! What there is in the bucket, as the system says it.

use std::sync::Arc;

use leptos::prelude::*;
use words::purge as say;

use super::read::{Lock, Seen};
use crate::format::amount;
use crate::ui::{Description, DescriptionList};

/// What the system says of the bucket now.
#[component]
pub(super) fn There(seen: Arc<Seen>, name: String) -> impl IntoView {
    let text = |field: &str| {
        seen.bucket
            .as_ref()
            .and_then(|bucket| bucket.text(field))
            .unwrap_or_else(|| say::unknown().to_owned())
    };
    let (owner, region) = (text("userId"), text("region"));
    let held = match (&seen.bucket, seen.held) {
        (None, _) => say::gone().to_owned(),
        (_, None) => say::not_counted().to_owned(),
        (_, Some((bytes, objects))) => say::held(objects, amount::short_bytes(bytes.into())),
    };
    let lock = match seen.lock() {
        Lock::Off => say::lock_off(),
        Lock::Token => say::lock_token(),
        Lock::Never => say::lock_never(),
        Lock::Unknown => say::unknown(),
    };
    view! {
        <section class="record-section" aria-label=say::what_is_there()>
            <h2>{say::what_is_there()}</h2>
            <DescriptionList>
                <Description label=say::bucket()><strong>{name}</strong></Description>
                <Description label=say::owner()>{owner}</Description>
                <Description label=say::region()>{region}</Description>
                <Description label=say::holds()>{held}</Description>
                <Description label=say::licence()>{lock}</Description>
            </DescriptionList>
        </section>
    }
}
