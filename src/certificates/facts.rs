//! One certificate, line by line.

use boxdeck_certificate::{Certificate, Name, Validity};
use leptos::prelude::*;
use words::certificates as say;

use crate::format::date;
use crate::ui;

/// Days before the end of validity from which the days left are a warning.
const SOON: u64 = 30;

/// Subject, names, issuer, validity, key, signature and fingerprint.
#[component]
pub(super) fn CertificateFacts(certificate: Certificate, title: Option<String>) -> impl IntoView {
    let (tone, validity) = validity(&certificate);
    let names = if certificate.names.is_empty() {
        say::no_names().to_owned()
    } else {
        certificate.names.iter().map(Name::to_string).collect::<Vec<_>>().join(", ")
    };
    let issuer =
        if certificate.is_self_issued() { say::itself().to_owned() } else { certificate.issuer.clone() };
    view! {
        <ui::DescriptionList title=title>
            <ui::Description label=say::subject() wide=true>{certificate.subject}</ui::Description>
            <ui::Description label=say::names() wide=true>{names}</ui::Description>
            <ui::Description label=say::issued_by()>{issuer}</ui::Description>
            <ui::Description label=say::key_type()>{certificate.key.describe()}</ui::Description>
            <ui::Description label=say::valid_from()>{date::exact(millis(certificate.not_before))}</ui::Description>
            <ui::Description label=say::valid_until()>
                {date::exact(millis(certificate.not_after))}" "<ui::StateDot tone label=validity/>
            </ui::Description>
            <ui::Description label=say::signature()>{certificate.signature}</ui::Description>
            <ui::Description label=say::fingerprint() wide=true><code class="fingerprint">{certificate.fingerprint}</code></ui::Description>
        </ui::DescriptionList>
    }
    .into_any()
}

fn validity(certificate: &Certificate) -> (ui::Tone, String) {
    match certificate.validity(now_seconds()) {
        Validity::NotYet(_) => (ui::Tone::Warn, say::not_valid_yet().to_owned()),
        Validity::Expired(_) => (ui::Tone::Bad, say::expired().to_owned()),
        Validity::Now(days) => {
            (if days < SOON { ui::Tone::Warn } else { ui::Tone::Good }, say::days_left(days))
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this era are far below 2^53")]
fn millis(seconds: u64) -> f64 {
    seconds as f64 * 1000.0
}

/// The present, in seconds since the epoch.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the present is positive and whole enough"
)]
pub(super) fn now_seconds() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}
