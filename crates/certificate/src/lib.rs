//! What a certificate file holds, so that a person sees it before it is sent.
//!
//! [`read`] takes the bytes of a chosen file, PEM or DER, and says what is in it; or why it cannot be what a box wants, in a
//! sentence for the person who chose it. Nothing is verified: a preview shows, the box decides.

mod certificate;
mod der_file;
mod pem_file;

#[cfg(test)]
mod tests;

pub use certificate::{Certificate, Validity};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// The certificates, in the file's order.
    pub certificates: Vec<Certificate>,
    /// The private key, if one is there; only what it is, never its content.
    pub private_key: Option<PrivateKey>,
    /// Whether it holds a certificate signing request.
    pub has_request: bool,
}

/// A private key that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateKey {
    /// Readable as it is.
    Plain,
    /// Needs a passphrase.
    Encrypted,
}

/// What a box expects of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A signed certificate for the last signing request.
    Certificate,
    /// A certificate and its private key in one file.
    CertificateWithKey,
}

/// Largest file that is looked at, in bytes: a chain of many certificates is far smaller.
pub const LARGEST: usize = 1 << 20;

/// Reads a file.
///
/// # Errors
/// What is wrong with the file, as a sentence.
pub fn read(bytes: &[u8]) -> Result<Contents, String> {
    if bytes.is_empty() {
        return Err("The file is empty.".to_owned());
    }
    if bytes.len() > LARGEST {
        return Err("The file is larger than 1 MiB. That is no certificate.".to_owned());
    }
    if pem_file::looks_like(bytes) { pem_file::read(bytes) } else { der_file::read(bytes) }
}

/// Says what a box would miss in the contents, as a sentence; `None` where everything is there.
#[must_use]
pub fn missing(contents: &Contents, expected: Expected) -> Option<&'static str> {
    if contents.certificates.is_empty() {
        return Some(match (contents.has_request, contents.private_key) {
            (true, _) => {
                "This is a signing request, not a certificate. Have it signed, then choose what you get back."
            }
            (_, Some(_)) => "This is a private key without a certificate.",
            _ => "There is no certificate in the file.",
        });
    }
    match (expected, contents.private_key) {
        (Expected::Certificate, Some(_)) => Some(
            "The file holds a private key too. The system already has the key of its signing request; a key is not sent.",
        ),
        (Expected::CertificateWithKey, None) => {
            Some("The private key is missing. The system needs the certificate and its key in one PEM file.")
        }
        (Expected::CertificateWithKey, Some(PrivateKey::Encrypted)) => {
            Some("The private key is encrypted. The system takes it only without a passphrase.")
        }
        _ => None,
    }
}
