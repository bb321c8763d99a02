//! Files that people choose by mistake, told by how they begin.

use x509_cert::der::Decode;
use x509_cert::request::CertReq;

/// What a file is instead of one with certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistaken {
    /// PKCS#12 (`.p12`, `.pfx`): certificate and key under a passphrase.
    Pkcs12,
    /// PKCS#7 (`.p7b`): certificates in an envelope.
    Pkcs7,
    /// A Java key store.
    JavaStore,
    /// A key of OpenSSH, public or private.
    OpenSsh,
    /// A public key without a certificate.
    PublicKey,
    /// A list of revoked certificates.
    RevocationList,
    /// A private key as bytes.
    PrivateKey,
    /// A private key as bytes, under a passphrase.
    LockedKey,
    /// A signing request as bytes.
    Request,
    /// A page of the web, such as the sign-in of a certificate portal.
    WebPage,
    /// Text in two bytes per character.
    WideText,
    /// The base64 of a certificate without its `BEGIN` and `END` lines.
    BareBase64,
    /// Some other text.
    Text,
    /// Bytes that are nothing of the kind.
    Junk,
}

/// What bytes are that hold no PEM block and are no certificate.
pub(crate) fn recognise(bytes: &[u8]) -> Mistaken {
    if bytes.starts_with(&[0xFE, 0xED, 0xFE, 0xED]) {
        return Mistaken::JavaStore;
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Mistaken::WideText;
    }
    if bytes.first() == Some(&0x30) {
        return der(bytes);
    }
    std::str::from_utf8(bytes).map_or(Mistaken::Junk, text)
}

fn text(text: &str) -> Mistaken {
    let text = text.trim_start_matches('\u{feff}').trim();
    let lower = text.get(..200).unwrap_or(text).to_ascii_lowercase();
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\r\n \t".contains(&byte);
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        Mistaken::WebPage
    } else if lower.starts_with("ssh-") || lower.starts_with("ecdsa-sha2-") {
        Mistaken::OpenSsh
    } else if text.starts_with("MII") && text.bytes().all(is_base64) {
        Mistaken::BareBase64
    } else if text.bytes().any(|byte| byte < 0x20 && !byte.is_ascii_whitespace()) {
        Mistaken::Junk
    } else {
        Mistaken::Text
    }
}

/// What an outer DER sequence is, by what comes first in it.
fn der(bytes: &[u8]) -> Mistaken {
    const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    const PBES: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05];
    let Some(body) = body(bytes) else { return Mistaken::Junk };
    if body.starts_with(&[0x02, 0x01, 0x03]) {
        Mistaken::Pkcs12
    } else if body.starts_with(&[0x02, 0x01, 0x00]) || body.starts_with(&[0x02, 0x01, 0x01]) {
        Mistaken::PrivateKey
    } else if body.starts_with(&SIGNED_DATA) {
        Mistaken::Pkcs7
    } else if body.get(..24).unwrap_or(body).windows(PBES.len()).any(|window| window == PBES) {
        Mistaken::LockedKey
    } else if CertReq::from_der(bytes).is_ok() {
        Mistaken::Request
    } else {
        Mistaken::Junk
    }
}

/// What follows the tag and length of the outer object.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let length = usize::from(*bytes.get(1)?);
    let header = if length < 0x80 { 2 } else { 2 + (length & 0x7F) };
    bytes.get(header..)
}
