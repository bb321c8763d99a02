//! One certificate, as a person reads it.

use sha2::{Digest, Sha256};
use x509_cert::Certificate as Parsed;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, SubjectAltName, SubjectKeyIdentifier,
};

use crate::key::PublicKey;
use crate::name::Name;
use crate::signature;

/// Seconds of a day.
pub(crate) const DAY: u64 = 86_400;

/// What is worth seeing of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it names, as a distinguished name (`CN=box.example,O=Example`).
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Names and addresses that it is for.
    pub names: Vec<Name>,
    /// Valid from, in seconds since the epoch.
    pub not_before: u64,
    /// Valid until, in seconds since the epoch.
    pub not_after: u64,
    /// SHA-256 of the whole certificate, as upper-case pairs with colons.
    pub fingerprint: String,
    /// Serial number, as upper-case pairs with colons.
    pub serial: String,
    /// Its public key.
    pub key: PublicKey,
    /// How it is signed, as a person names it.
    pub signature: String,
    /// Whether browsers no longer take such a signature.
    pub has_weak_signature: bool,
    /// Whether it may sign others.
    pub is_authority: bool,
    /// Whether it may be shown by a server; `None` where it does not say what it is for.
    pub is_for_servers: Option<bool>,
    /// Identifier of its key, where it names it.
    pub(crate) key_id: Option<Vec<u8>>,
    /// Identifier of its issuer's key, where it names it.
    pub(crate) issuer_key_id: Option<Vec<u8>>,
}

/// How a certificate stands to a moment. Days are whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Not valid before a later moment, in so many days.
    NotYet(u64),
    /// Valid for so many days more.
    Now(u64),
    /// No longer valid, for so many days.
    Expired(u64),
}

impl Certificate {
    /// Reads one certificate. The error is the parser's own word for what is wrong.
    pub(crate) fn from_der(bytes: &[u8]) -> Result<Self, String> {
        let parsed = Parsed::from_der(bytes).map_err(words)?;
        let fields = parsed.tbs_certificate();
        let names = fields.get_extension::<SubjectAltName>().map_err(words)?;
        let limits = fields.get_extension::<BasicConstraints>().map_err(words)?;
        let purposes = fields.get_extension::<ExtendedKeyUsage>().map_err(words)?;
        let key_id = fields.get_extension::<SubjectKeyIdentifier>().map_err(words)?;
        let issuer_key_id = fields.get_extension::<AuthorityKeyIdentifier>().map_err(words)?;
        let (signature, has_weak_signature) =
            signature::describe(&parsed.signature_algorithm().oid.to_string());
        Ok(Self {
            subject: fields.subject().to_string(),
            issuer: fields.issuer().to_string(),
            names: names.map(|(_, names)| names.0.iter().map(Name::of).collect()).unwrap_or_default(),
            not_before: fields.validity().not_before.to_unix_duration().as_secs(),
            not_after: fields.validity().not_after.to_unix_duration().as_secs(),
            fingerprint: pairs(&Sha256::digest(bytes)),
            serial: pairs(fields.serial_number().as_bytes()),
            key: PublicKey::of(fields.subject_public_key_info())?,
            signature,
            has_weak_signature,
            is_authority: limits.is_some_and(|(_, limits)| limits.ca),
            is_for_servers: purposes.map(|(_, purposes)| {
                purposes.0.iter().any(|purpose| SERVER_PURPOSES.contains(&purpose.to_string().as_str()))
            }),
            key_id: key_id.map(|(_, id)| id.0.as_bytes().to_vec()),
            issuer_key_id: issuer_key_id
                .and_then(|(_, id)| id.key_identifier)
                .map(|id| id.as_bytes().to_vec()),
        })
    }

    /// How it stands to a moment, in seconds since the epoch.
    #[must_use]
    pub const fn validity(&self, now: u64) -> Validity {
        if now < self.not_before {
            Validity::NotYet((self.not_before - now) / DAY)
        } else if now > self.not_after {
            Validity::Expired((now - self.not_after) / DAY)
        } else {
            Validity::Now((self.not_after - now) / DAY)
        }
    }

    /// Whether it is signed by its own subject.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// Whether it is for a host, given as in an address.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        self.names.iter().any(|name| name.covers(host))
    }

    /// Whether `other` names itself as whom this one was signed by.
    pub(crate) fn is_issued_by(&self, other: &Self) -> bool {
        let keys_agree = match (&self.issuer_key_id, &other.key_id) {
            (Some(wanted), Some(own)) => wanted == own,
            _ => true,
        };
        self.issuer == other.subject && keys_agree && !self.is_self_issued()
    }
}

/// Identifiers of the purposes "server authentication" and "any".
const SERVER_PURPOSES: [&str; 2] = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

fn words(fault: x509_cert::der::Error) -> String {
    fault.to_string()
}

/// Bytes as upper-case pairs with colons.
pub(crate) fn pairs(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}
