//! What a chosen certificate file holds, shown before it is sent.

use boxdeck_certificate::{Certificate, Contents, Expected, PrivateKey, Validity, missing, read};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::format::date;
use crate::transport::bytes;
use crate::ui;

/// File endings that stand for certificates; an input that accepts one of them gets a preview.
const ENDINGS: [&str; 4] = [".pem", ".crt", ".cer", ".der"];

/// What an input with this `accept` list expects, if it takes certificates. A list that names keys wants one in the file.
pub fn expected(accept: &str) -> Option<Expected> {
    let endings: Vec<&str> = accept.split(',').map(str::trim).collect();
    if !endings.iter().any(|ending| ENDINGS.contains(ending)) {
        return None;
    }
    Some(if endings.contains(&".key") { Expected::CertificateWithKey } else { Expected::Certificate })
}

/// Reads a chosen file.
///
/// # Errors
/// Why it cannot be what the system wants, as a sentence for the person who chose it.
pub async fn inspect(file: File, expected: Expected) -> Result<Contents, String> {
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if file.size() > boxdeck_certificate::LARGEST as f64 {
        return Err("The file is larger than 1 MiB. That is no certificate.".to_owned());
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_fault| "The browser cannot read the file.".to_owned())?;
    let contents = read(&bytes(&buffer))?;
    match missing(&contents, expected) {
        Some(fault) => Err(fault.to_owned()),
        None => Ok(contents),
    }
}

/// The contents of a file: each certificate with subject, names, validity and fingerprint, and whether a key is there.
#[component]
pub fn CertificatePreview(contents: Contents) -> impl IntoView {
    let key = match contents.private_key {
        Some(PrivateKey::Plain) => Some(
            "The file holds the private key too. It goes to the system with the file and is shown nowhere.",
        ),
        Some(PrivateKey::Encrypted) => Some("The file holds an encrypted private key."),
        None => None,
    };
    let several = contents.certificates.len() > 1;
    let certificates: Vec<_> = contents
        .certificates
        .into_iter()
        .enumerate()
        .map(|(index, certificate)| {
            let title = several.then(|| format!("Certificate {}", index + 1));
            view! { <One certificate title/> }
        })
        .collect();
    view! {
        <div class="certificate-preview" role="group" aria-label="What the file holds">
            {certificates}
            {key.map(|key| view! { <p class="muted">{key}</p> })}
        </div>
    }
}

#[component]
fn One(certificate: Certificate, title: Option<String>) -> impl IntoView {
    let (tone, validity) = validity(&certificate);
    let names = if certificate.names.is_empty() { "None".to_owned() } else { certificate.names.join(", ") };
    let issuer = if certificate.is_self_issued() { "Itself".to_owned() } else { certificate.issuer.clone() };
    view! {
        <ui::DescriptionList title=title>
            <ui::Description label="Subject" wide=true>{certificate.subject}</ui::Description>
            <ui::Description label="Names">{names}</ui::Description>
            <ui::Description label="Issued by">{issuer}</ui::Description>
            <ui::Description label="Valid from">{date::exact(millis(certificate.not_before))}</ui::Description>
            <ui::Description label="Valid until">
                {date::exact(millis(certificate.not_after))}" "<ui::StateDot tone label=validity/>
            </ui::Description>
            <ui::Description label="SHA-256 fingerprint" wide=true><code class="fingerprint">{certificate.fingerprint}</code></ui::Description>
        </ui::DescriptionList>
    }
}

fn validity(certificate: &Certificate) -> (ui::Tone, String) {
    let now = now_seconds();
    match certificate.validity(now) {
        Validity::NotYet => (ui::Tone::Warn, "Not valid yet".to_owned()),
        Validity::Expired => (ui::Tone::Bad, "Expired".to_owned()),
        Validity::Now => {
            let days = certificate.not_after.saturating_sub(now) / 86_400;
            let tone = if days < 30 { ui::Tone::Warn } else { ui::Tone::Good };
            (tone, if days == 1 { "1 day left".to_owned() } else { format!("{days} days left") })
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this era are far below 2^53")]
fn millis(seconds: u64) -> f64 {
    seconds as f64 * 1000.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the present is positive and whole enough"
)]
fn now_seconds() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_for_certificates_are_known_by_what_they_accept() {
        assert_eq!(expected(".pem,.crt,.cer"), Some(Expected::Certificate));
        assert_eq!(expected(".pem, .key"), Some(Expected::CertificateWithKey));
        assert_eq!(expected(".zip,.tgz"), None);
        assert_eq!(expected(""), None);
    }
}
