//! Reading certificates and keys that somebody sent, and showing what is installed.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{KeyPair, PublicKeyData as _};
use serde_json::{Map, Value as Json, json};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::{FromDer as _, X509Name};
use x509_parser::public_key::PublicKey;

use crate::infinibox::fault::Fault;
use crate::pem::block;
pub(crate) use crate::pem::encode as pem;

/// The DER of the first certificate of a PEM file.
///
/// # Errors
///
/// 400 `MALFORMED_CERTIFICATE`.
pub(crate) fn certificate(file: &[u8]) -> Result<Vec<u8>, Fault> {
    let malformed =
        |why: &str| Fault::bad("MALFORMED_CERTIFICATE", format!("The certificate cannot be read: {why}"));
    let der = block(file, |label| label == "CERTIFICATE")
        .ok_or_else(|| malformed("there is no PEM block of one"))?;
    match X509Certificate::from_der(&der) {
        Ok(([], _)) => Ok(der),
        Ok(_) => Err(malformed("something follows it")),
        Err(error) => Err(malformed(&error.to_string())),
    }
}

/// The private key of a PEM file, which must be PKCS #8 and not encrypted.
///
/// # Errors
///
/// 400 `MALFORMED_KEY`.
pub(crate) fn private_key(file: &[u8]) -> Result<KeyPair, Fault> {
    let malformed = |why: &str| Fault::bad("MALFORMED_KEY", format!("The private key cannot be read: {why}"));
    let der = block(file, |label| label == "PRIVATE KEY")
        .ok_or_else(|| malformed("there is no PEM block of an unencrypted PKCS #8 key"))?;
    KeyPair::try_from(der.as_slice()).map_err(|error| malformed(&error.to_string()))
}

/// Whether the certificate is for this key.
pub(crate) fn belongs(der: &[u8], key: &KeyPair) -> bool {
    X509Certificate::from_der(der)
        .is_ok_and(|(_, certificate)| certificate.public_key().raw == key.subject_public_key_info())
}

/// Refuses a certificate that another key belongs to, or whose own signature is wrong.
///
/// # Errors
///
/// 400 `INVALID_CERTIFICATE`.
pub(crate) fn check_key(der: &[u8], key: &KeyPair) -> Result<(), Fault> {
    let invalid =
        |why: &str| Fault::bad("INVALID_CERTIFICATE", format!("The certificate cannot be used: {why}"));
    if !belongs(der, key) {
        return Err(invalid("the private key belongs to another one"));
    }
    let (_, certificate) = X509Certificate::from_der(der).map_err(|error| invalid(&error.to_string()))?;
    let own = certificate.subject().as_raw() == certificate.issuer().as_raw();
    if own && certificate.verify_signature(None).is_err() {
        return Err(invalid("its signature is wrong"));
    }
    Ok(())
}

/// Refuses a certificate that isn't valid at that time (milliseconds since 1970).
///
/// # Errors
///
/// 409 `CERTIFICATE_INVALID`.
pub(crate) fn check_validity(der: &[u8], now: i64) -> Result<(), Fault> {
    let (_, certificate) = parsed(der)?;
    let validity = certificate.validity();
    let seconds = now / 1000;
    if seconds < validity.not_before.timestamp() || seconds > validity.not_after.timestamp() {
        return Err(Fault::conflict(
            "CERTIFICATE_INVALID",
            format!("The certificate is valid from {} to {} only", validity.not_before, validity.not_after),
        ));
    }
    Ok(())
}

fn parsed(der: &[u8]) -> Result<(&[u8], X509Certificate<'_>), Fault> {
    X509Certificate::from_der(der).map_err(|error| {
        Fault::new(500, "INTERNAL_SERVER_ERROR", format!("The installed certificate cannot be read: {error}"))
    })
}

/// The certificate as the API shows it.
///
/// # Errors
///
/// 500 if it can't be read, which what was installed can.
pub(crate) fn to_json(der: &[u8], service: &str, now: i64) -> Result<Json, Fault> {
    let (_, certificate) = parsed(der)?;
    let expires = certificate.validity().not_after.timestamp();
    let key = certificate.public_key();
    let (algorithm, modulus) = match key.parsed() {
        Ok(PublicKey::RSA(key)) => ("RSA", Json::from(hex(trimmed(key.modulus)))),
        // Only RSA keys have a modulus.
        Ok(PublicKey::EC(_)) => ("EC", Json::Null),
        _ => ("EdDSA", Json::Null),
    };
    Ok(json!({
        "id": service,
        "certificate": {
            "raw": pem("CERTIFICATE", der),
            "issued_to": name(certificate.subject()),
            "issued_by": name(certificate.issuer()),
            "issued_on": certificate.validity().not_before.timestamp() * 1000,
            "expires_on": expires * 1000,
            "expired": expires < now / 1000,
            "serial_number": hex(trimmed(certificate.raw_serial())),
            "version": certificate.version().0 + 1,
            "signature_algorithm": algorithm_name(&certificate.signature_algorithm.algorithm.to_id_string()),
        },
        "public_key": {"raw": pem("PUBLIC KEY", key.raw), "modulus": modulus, "algorithm": algorithm},
    }))
}

fn algorithm_name(id: &str) -> &str {
    match id {
        "1.2.840.113549.1.1.5" => "SHA1WITHRSA",
        "1.2.840.113549.1.1.11" => "SHA256WITHRSA",
        "1.2.840.113549.1.1.12" => "SHA384WITHRSA",
        "1.2.840.113549.1.1.13" => "SHA512WITHRSA",
        "1.2.840.10045.4.3.2" => "SHA256WITHECDSA",
        "1.2.840.10045.4.3.3" => "SHA384WITHECDSA",
        "1.2.840.10045.4.3.4" => "SHA512WITHECDSA",
        "1.3.101.112" => "ED25519",
        other => other,
    }
}

/// A name's parts: the usual ones by their letters, others by their number with the value's DER in Base64.
fn name(name: &X509Name<'_>) -> Json {
    let mut parts = Map::new();
    for part in name.iter_attributes() {
        let id = part.attr_type().to_id_string();
        let letters = match id.as_str() {
            "2.5.4.3" => Some("CN"),
            "2.5.4.6" => Some("C"),
            "2.5.4.7" => Some("L"),
            "2.5.4.8" => Some("ST"),
            "2.5.4.10" => Some("O"),
            "2.5.4.11" => Some("OU"),
            "0.9.2342.19200300.100.1.25" => Some("DC"),
            _ => None,
        };
        let (key, value) = match (letters, part.as_str()) {
            (Some(letters), Ok(text)) => (letters.to_owned(), text.to_owned()),
            _ => (id, STANDARD.encode(part.attr_value().data)),
        };
        match parts.get_mut(&key) {
            Some(Json::String(before)) => before.push_str(&format!("; {value}")),
            _ => {
                parts.insert(key, value.into());
            }
        }
    }
    Json::Object(parts)
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0]).unwrap_or(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02X}");
        text
    })
}
