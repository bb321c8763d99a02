//! Public keys: their type, and whether two are the same.

use x509_cert::der::asn1::UintRef;
use x509_cert::der::{Reader, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// RSA encryption, in PKCS#1.
pub(crate) const RSA: &str = "1.2.840.113549.1.1.1";
/// A key on an elliptic curve that the parameters name.
pub(crate) const EC: &str = "1.2.840.10045.2.1";

/// Curves that are met, by their identifiers.
const CURVES: [(&str, &str); 4] = [
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
];

/// Keys that need no parameters, by their identifiers.
const PLAIN: [(&str, &str); 4] = [
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.3.101.110", "X25519"),
    ("1.2.840.10040.4.1", "DSA"),
];

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA, by its modulus without leading zeros.
    Rsa(Vec<u8>),
    /// A point of an elliptic curve.
    Curve {
        /// Identifier of the curve; empty where a key leaves it to its surroundings.
        curve: String,
        /// The point as it is encoded, compressed or not.
        point: Vec<u8>,
    },
    /// Any other.
    Other {
        /// Identifier of the algorithm.
        algorithm: String,
        /// The key as it is encoded.
        bytes: Vec<u8>,
    },
}

impl PublicKey {
    /// Reads the key of a certificate.
    pub(crate) fn of(info: &SubjectPublicKeyInfoOwned) -> Result<Self, String> {
        let bytes = info.subject_public_key.raw_bytes();
        let algorithm = info.algorithm.oid.to_string();
        Ok(match algorithm.as_str() {
            RSA => Self::Rsa(modulus(bytes).map_err(|fault| fault.to_string())?),
            EC => Self::Curve {
                curve: info
                    .algorithm
                    .parameters
                    .as_ref()
                    .and_then(|any| any.decode_as::<x509_cert::der::asn1::ObjectIdentifier>().ok())
                    .map(|curve| curve.to_string())
                    .unwrap_or_default(),
                point: bytes.to_vec(),
            },
            _ => Self::Other { algorithm, bytes: bytes.to_vec() },
        })
    }

    /// Its type as a person names it: `RSA 2048`, `EC P-256`, `Ed25519`, or the identifier where it has no known name.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Rsa(_) => format!("RSA {}", self.rsa_bits().unwrap_or_default()),
            Self::Curve { curve, .. } => describe_curve(curve),
            Self::Other { algorithm, .. } => describe_plain(algorithm),
        }
    }

    /// Bits of an RSA modulus.
    #[must_use]
    pub fn rsa_bits(&self) -> Option<usize> {
        let Self::Rsa(modulus) = self else { return None };
        let first = modulus.first().map_or(8, |byte| byte.leading_zeros() as usize);
        Some((modulus.len() * 8).saturating_sub(first))
    }

    /// Whether both are one key. A point is the same whether or not it is compressed.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Curve { curve, point }, Self::Curve { curve: other_curve, point: other_point }) => {
                let curves = curve == other_curve || curve.is_empty() || other_curve.is_empty();
                curves && (point == other_point || compressed(point) == compressed(other_point))
            }
            _ => self == other,
        }
    }
}

/// `EC` with the curve's name, or its identifier.
pub(crate) fn describe_curve(curve: &str) -> String {
    let name = CURVES.iter().find(|(known, _)| *known == curve).map_or(curve, |(_, name)| name);
    format!("EC {name}").trim_end().to_owned()
}

/// The name of an algorithm without parameters, or its identifier.
pub(crate) fn describe_plain(algorithm: &str) -> String {
    PLAIN.iter().find(|(known, _)| *known == algorithm).map_or(algorithm, |(_, name)| name).to_owned()
}

/// The modulus of an RSA public key: the first of two integers.
fn modulus(bytes: &[u8]) -> Result<Vec<u8>, x509_cert::der::Error> {
    SliceReader::new(bytes)?.sequence(|reader| {
        let modulus: UintRef<'_> = reader.decode()?;
        let rest = reader.remaining_len();
        reader.drain(rest)?;
        Ok(modulus.as_bytes().to_vec())
    })
}

/// A point in its short form: whether y is odd, and x.
fn compressed(point: &[u8]) -> Option<(bool, &[u8])> {
    match point.split_first()? {
        (4, rest) => {
            let (x, y) = rest.split_at_checked(rest.len() / 2)?;
            Some((y.last()? & 1 == 1, x))
        }
        (first @ (2 | 3), x) => Some((*first == 3, x)),
        _ => None,
    }
}
