//! What a file holds as a whole, and whether that is what is wanted.

use crate::{Certificate, Chain, Mistaken, PrivateKey};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// The certificates, in the file's order.
    pub certificates: Vec<Certificate>,
    /// The private keys; only what they are and whom they fit, never their content.
    pub keys: Vec<PrivateKey>,
    /// Whether it holds a certificate signing request.
    pub has_request: bool,
    /// Whether a private key comes before the first certificate.
    pub key_first: bool,
    /// How the file is written.
    pub form: Form,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// As text.
    #[default]
    Pem,
    /// As bytes.
    Der,
}

/// What is expected of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A certificate without a key.
    Certificate,
    /// A certificate and its private key in one file.
    CertificateWithKey,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No bytes.
    Empty,
    /// More than [`crate::LARGEST`] bytes.
    TooLarge,
    /// PEM with bytes in it that are no text.
    NotText,
    /// A block begins and does not end. Its label, where that is whole.
    CutOff(Option<String>),
    /// One piece of the file cannot be read.
    Damaged {
        /// Which.
        piece: Piece,
        /// What the parser says, in its own words.
        detail: String,
    },
    /// Something else that can be told by name.
    Mistaken(Mistaken),
    /// A private key and no certificate.
    OnlyKey,
    /// A signing request and no certificate.
    OnlyRequest,
    /// PEM without a certificate.
    NoCertificate,
    /// A private key where none is wanted.
    KeyNotWanted,
    /// No private key where one is wanted.
    KeyMissing,
    /// The private key needs a passphrase, which a system cannot ask for.
    KeyLocked,
    /// The private key belongs to none of the certificates.
    KeyDoesNotFit {
        /// Type of the key in the file.
        key: String,
        /// Type of the first certificate's key.
        certificate: String,
    },
}

/// A piece of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The certificate of this number, from 1.
    Certificate(usize),
    /// A private key.
    Key,
}

/// Whether a private key belongs to a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// To the certificate at this place, from 0.
    To(usize),
    /// To none in the file.
    ToNone,
    /// The key's file does not say which public key belongs to it.
    Unknown,
}

impl Contents {
    /// Whom the file's private key belongs to; `None` where there is no key.
    #[must_use]
    pub fn fit(&self) -> Option<Fit> {
        let fits: Vec<Fit> = self.keys.iter().map(|key| self.fit_of(key)).collect();
        let to = fits.iter().find(|fit| matches!(fit, Fit::To(_)));
        to.or_else(|| fits.iter().find(|fit| **fit == Fit::Unknown)).or_else(|| fits.first()).copied()
    }

    fn fit_of(&self, key: &PrivateKey) -> Fit {
        let Some(public) = key.public() else { return Fit::Unknown };
        let fits = |certificate: &Certificate| certificate.key.is_same(public);
        self.certificates.iter().position(fits).map_or(Fit::ToNone, Fit::To)
    }

    /// How the certificates hang together.
    #[must_use]
    pub fn chain(&self) -> Chain {
        let leaf = match self.fit() {
            Some(Fit::To(index)) => Some(index),
            _ => None,
        };
        Chain::of(&self.certificates, leaf)
    }
}

/// Says what makes the contents impossible for what is expected; `None` where nothing does.
#[must_use]
pub fn fault(contents: &Contents, expected: Expected) -> Option<Fault> {
    let Some(first) = contents.certificates.first() else {
        return Some(match (contents.has_request, contents.keys.is_empty()) {
            (true, _) => Fault::OnlyRequest,
            (false, false) => Fault::OnlyKey,
            (false, true) => Fault::NoCertificate,
        });
    };
    match (expected, contents.keys.as_slice()) {
        (Expected::Certificate, []) => None,
        (Expected::Certificate, _) => Some(Fault::KeyNotWanted),
        (Expected::CertificateWithKey, []) => Some(Fault::KeyMissing),
        (Expected::CertificateWithKey, keys) if keys.iter().all(PrivateKey::is_locked) => {
            Some(Fault::KeyLocked)
        }
        (Expected::CertificateWithKey, [key, ..]) if contents.fit() == Some(Fit::ToNone) => {
            Some(Fault::KeyDoesNotFit { key: key.describe(), certificate: first.key.describe() })
        }
        (Expected::CertificateWithKey, _) => None,
    }
}
