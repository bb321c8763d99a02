//! One certificate, as a person reads it.

use sha2::{Digest, Sha256};
use x509_cert::Certificate as Parsed;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// What is worth seeing of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it names, as a distinguished name (`CN=box.example,O=Example`).
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Names and addresses that it is for.
    pub names: Vec<String>,
    /// Valid from, in seconds since the epoch.
    pub not_before: u64,
    /// Valid until, in seconds since the epoch.
    pub not_after: u64,
    /// SHA-256 of the whole certificate, as upper-case pairs with colons.
    pub fingerprint: String,
    /// Serial number, as upper-case pairs with colons.
    pub serial: String,
}

/// How a certificate stands to a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Not valid before a later moment.
    NotYet,
    /// Valid.
    Now,
    /// No longer valid.
    Expired,
}

impl Certificate {
    /// Reads one certificate.
    pub(crate) fn from_der(bytes: &[u8]) -> Result<Self, String> {
        let parsed = Parsed::from_der(bytes)
            .map_err(|fault| format!("it cannot be read as a certificate ({fault})"))?;
        let fields = parsed.tbs_certificate();
        let names = match fields.get_extension::<SubjectAltName>() {
            Ok(Some((_, names))) => names.0.iter().map(general_name).collect(),
            Ok(None) => Vec::new(),
            Err(fault) => return Err(format!("its alternative names cannot be read ({fault})")),
        };
        Ok(Self {
            subject: fields.subject().to_string(),
            issuer: fields.issuer().to_string(),
            names,
            not_before: fields.validity().not_before.to_unix_duration().as_secs(),
            not_after: fields.validity().not_after.to_unix_duration().as_secs(),
            fingerprint: pairs(&Sha256::digest(bytes)),
            serial: pairs(fields.serial_number().as_bytes()),
        })
    }

    /// How it stands to a moment, in seconds since the epoch.
    #[must_use]
    pub const fn validity(&self, now: u64) -> Validity {
        if now < self.not_before {
            Validity::NotYet
        } else if now > self.not_after {
            Validity::Expired
        } else {
            Validity::Now
        }
    }

    /// Whether it is signed by its own subject.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }
}

fn general_name(name: &GeneralName) -> String {
    match name {
        GeneralName::DnsName(name) => name.to_string(),
        GeneralName::Rfc822Name(name) => name.to_string(),
        GeneralName::UniformResourceIdentifier(name) => name.to_string(),
        GeneralName::DirectoryName(name) => name.to_string(),
        GeneralName::IpAddress(octets) => address(octets.as_bytes()),
        other => other.to_der().map_or_else(|_| "?".to_owned(), |bytes| pairs(&bytes)),
    }
}

fn address(octets: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        std::net::Ipv4Addr::from(four).to_string()
    } else if let Ok(sixteen) = <[u8; 16]>::try_from(octets) {
        std::net::Ipv6Addr::from(sixteen).to_string()
    } else {
        pairs(octets)
    }
}

/// Bytes as upper-case pairs with colons.
fn pairs(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}
