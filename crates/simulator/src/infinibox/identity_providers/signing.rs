//! The certificate with which an identity provider signs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

/// What is shown of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signing {
    /// In decimal digits.
    pub(super) serial: String,
    /// Milliseconds since 1970.
    pub(super) expires_at: i64,
}

/// Reads PEM, on one line or several, or bare base64. `None` for what is no certificate.
pub(super) fn read(text: &str) -> Option<Signing> {
    let bare = text.trim();
    let bare = bare.strip_prefix("-----BEGIN CERTIFICATE-----").unwrap_or(bare);
    let bare = bare.strip_suffix("-----END CERTIFICATE-----").unwrap_or(bare);
    // A form or a script may have written the line ends as two characters.
    let bare = bare.replace("\\n", "").replace(char::is_whitespace, "");
    let der = STANDARD.decode(bare).ok()?;
    let (rest, certificate) = X509Certificate::from_der(&der).ok()?;
    rest.is_empty().then(|| Signing {
        serial: certificate.serial.to_string(),
        expires_at: certificate.validity().not_after.timestamp().saturating_mul(1000),
    })
}
