//! Private keys: what type they are and which public key belongs to them. Their secret part is read past and kept nowhere.

use x509_cert::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use x509_cert::der::{Decode, Error, Reader, SliceReader, TagMode, TagNumber};
use x509_cert::spki::AlgorithmIdentifierRef;

use crate::key::{self, PublicKey};

/// A private key that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivateKey {
    /// Readable as it is.
    Plain {
        /// Its type, as a person names it.
        kind: String,
        /// The public key that belongs to it, where its file says so.
        public: Option<PublicKey>,
    },
    /// Needs a passphrase.
    Locked,
}

impl PrivateKey {
    /// The public key that belongs to it, where its file says so.
    #[must_use]
    pub const fn public(&self) -> Option<&PublicKey> {
        match self {
            Self::Plain { public, .. } => public.as_ref(),
            Self::Locked => None,
        }
    }

    /// Whether it needs a passphrase.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self, Self::Locked)
    }

    /// Its type; empty where a passphrase hides it.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Plain { kind, .. } => kind.clone(),
            Self::Locked => String::new(),
        }
    }

    fn plain(public: PublicKey) -> Self {
        Self::Plain { kind: public.describe(), public: Some(public) }
    }
}

/// Reads the key of a PEM block with this label.
pub(crate) fn read(label: &str, der: &[u8]) -> Result<PrivateKey, String> {
    match label {
        "RSA PRIVATE KEY" => rsa(der),
        "EC PRIVATE KEY" => curve(der, ""),
        "PRIVATE KEY" => wrapped(der),
        other => {
            let kind = other.trim_end_matches("PRIVATE KEY").trim().to_owned();
            Ok(PrivateKey::Plain { kind, public: None })
        }
    }
    .map_err(|fault| fault.to_string())
}

/// PKCS#1: version, modulus, and what follows from it.
fn rsa(der: &[u8]) -> Result<PrivateKey, Error> {
    SliceReader::new(der)?.sequence(|reader| {
        let _version: UintRef<'_> = reader.decode()?;
        let modulus: UintRef<'_> = reader.decode()?;
        let public = PublicKey::Rsa(modulus.as_bytes().to_vec());
        skip_rest(reader)?;
        Ok(PrivateKey::plain(public))
    })
}

/// SEC1: version, secret, the curve and the public point. Both of the latter may be left out.
fn curve(der: &[u8], outer: &str) -> Result<PrivateKey, Error> {
    SliceReader::new(der)?.sequence(|reader| {
        let _version: UintRef<'_> = reader.decode()?;
        let _secret: &OctetStringRef = reader.decode()?;
        let own: Option<ObjectIdentifier> = reader.context_specific(TagNumber(0), TagMode::Explicit)?;
        let point: Option<BitStringRef<'_>> = reader.context_specific(TagNumber(1), TagMode::Explicit)?;
        let curve = own.map_or_else(|| outer.to_owned(), |own| own.to_string());
        skip_rest(reader)?;
        Ok(match point {
            Some(point) => PrivateKey::plain(PublicKey::Curve { curve, point: point.raw_bytes().to_vec() }),
            None => PrivateKey::Plain { kind: key::describe_curve(&curve), public: None },
        })
    })
}

/// PKCS#8: version, algorithm, the key of that algorithm, and in its newer version the public key.
fn wrapped(der: &[u8]) -> Result<PrivateKey, Error> {
    SliceReader::new(der)?.sequence(|reader| {
        let _version: UintRef<'_> = reader.decode()?;
        let algorithm: AlgorithmIdentifierRef<'_> = reader.decode()?;
        let inner: &OctetStringRef = reader.decode()?;
        let _attributes: Option<AnyRef<'_>> = optional_attributes(reader)?;
        let public: Option<BitStringRef<'_>> = reader.context_specific(TagNumber(1), TagMode::Implicit)?;
        skip_rest(reader)?;
        let oid = algorithm.oid.to_string();
        match oid.as_str() {
            key::RSA => rsa(inner.as_bytes()),
            key::EC => {
                let outer = algorithm.parameters_oid().map(|curve| curve.to_string()).unwrap_or_default();
                curve(inner.as_bytes(), &outer)
            }
            _ => Ok(PrivateKey::Plain {
                kind: key::describe_plain(&oid),
                public: public.map(|bits| PublicKey::Other {
                    algorithm: oid.clone(),
                    bytes: bits.raw_bytes().to_vec(),
                }),
            }),
        }
    })
}

/// Attributes come as context-specific 0, whose content does not matter here.
fn optional_attributes<'a>(reader: &mut SliceReader<'a>) -> Result<Option<AnyRef<'a>>, Error> {
    const ATTRIBUTES: u8 = 0xA0;
    if reader.peek_byte() == Some(ATTRIBUTES) { AnyRef::decode(reader).map(Some) } else { Ok(None) }
}

fn skip_rest<'a>(reader: &mut impl Reader<'a>) -> Result<(), Error> {
    let rest = reader.remaining_len();
    reader.drain(rest)
}
