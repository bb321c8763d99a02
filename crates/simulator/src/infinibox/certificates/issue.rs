//! Making keys, certificates and requests.

use std::net::{IpAddr, Ipv4Addr};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType};
use time::OffsetDateTime;

use crate::infinibox::fault::Fault;

/// How long a certificate that the box signs by itself is valid, in seconds.
const VALIDITY: i64 = 396 * 24 * 60 * 60;
/// The address that the box adds to every request.
const OWN_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 80));

/// A certificate for the box that it signed by itself, in DER, valid from `now` (milliseconds since 1970).
///
/// # Errors
///
/// 500 if the machine gives no random numbers.
pub(super) fn self_signed(name: &str, now: i64) -> Result<Vec<u8>, Fault> {
    let mut parameters = parameters(name, &[("C", "US")], Vec::new(), vec![OWN_ADDRESS])?;
    let since = now / 1000;
    parameters.not_before = moment(since)?;
    parameters.not_after = moment(since + VALIDITY)?;
    let key = KeyPair::generate().map_err(failed)?;
    Ok(parameters.self_signed(&key).map_err(failed)?.der().to_vec())
}

/// A request for a certificate, in PEM, and the key that stays here.
///
/// # Errors
///
/// 400 for names that a certificate can't hold; 500 if the machine gives no random numbers.
pub(super) fn request(
    name: &str,
    subject: &[(&str, &str)],
    names: Vec<String>,
    mut addresses: Vec<IpAddr>,
) -> Result<(String, KeyPair), Fault> {
    addresses.insert(0, OWN_ADDRESS);
    let parameters = parameters(name, subject, names, addresses)?;
    let key = KeyPair::generate().map_err(failed)?;
    let request = parameters.serialize_request(&key).map_err(failed)?;
    Ok((request.pem().map_err(failed)?, key))
}

fn parameters(
    name: &str,
    subject: &[(&str, &str)],
    names: Vec<String>,
    addresses: Vec<IpAddr>,
) -> Result<CertificateParams, Fault> {
    let mut parameters = CertificateParams::new(names).map_err(|error| {
        Fault::bad("INVALID_CHARACTERS_IN_DOMAIN_NAME", format!("A name cannot be used ('SANDNS'): {error}"))
    })?;
    parameters.subject_alt_names.extend(addresses.into_iter().map(SanType::IpAddress));
    let mut full = DistinguishedName::new();
    for (key, value) in subject {
        full.push(
            match *key {
                "C" => DnType::CountryName,
                "ST" => DnType::StateOrProvinceName,
                "L" => DnType::LocalityName,
                _ => DnType::OrganizationalUnitName,
            },
            *value,
        );
    }
    full.push(DnType::OrganizationName, "Example Storage");
    full.push(DnType::CommonName, format!("{name}.example.com"));
    parameters.distinguished_name = full;
    Ok(parameters)
}

/// Whether a text is a name of labels, the first of which may be `*`.
pub(super) fn is_domain_name(text: &str) -> bool {
    let labels = text.strip_prefix("*.").unwrap_or(text);
    text.len() <= 253
        && labels.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

fn moment(seconds: i64) -> Result<OffsetDateTime, Fault> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::new(500, "INTERNAL_SERVER_ERROR", format!("The certificate could not be made: {error}"))
}
