//! What a certificate file holds, so that a person sees it before it is sent.
//!
//! [`read`] takes the bytes of a chosen file, PEM or DER, and says what is in it, or why that cannot be told. [`fault`] says what
//! makes it impossible for its purpose, [`doubts`] what is only suspicious. All of them answer in values; the words are the
//! console's. No signature is verified: the order of a chain is read from names and key identifiers, and the system decides.

mod certificate;
mod chain;
mod contents;
mod der_file;
mod doubt;
mod key;
mod mistaken;
mod name;
mod pem_file;
mod private_key;
mod signature;

#[cfg(test)]
mod tests;

pub use certificate::{Certificate, Validity};
pub use chain::Chain;
pub use contents::{Contents, Expected, Fault, Fit, Form, Piece, fault};
pub use doubt::{Doubt, Purpose, Weight, doubts};
pub use key::PublicKey;
pub use mistaken::Mistaken;
pub use name::Name;
pub use private_key::PrivateKey;

/// Largest file that is looked at, in bytes: a chain of many certificates is far smaller.
pub const LARGEST: usize = 1 << 20;

/// Reads a file.
///
/// # Errors
/// Why it is no file that certificates are kept in, or where it is damaged.
pub fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Fault::TooLarge);
    }
    if pem_file::looks_like(bytes) { pem_file::read(bytes) } else { der_file::read(bytes) }
}
