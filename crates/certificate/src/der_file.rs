//! DER: one binary object. What is no certificate is named where it can be recognised.

use x509_cert::der::{Header, Reader, SliceReader};

use crate::certificate::Certificate;
use crate::contents::{Contents, Fault, Form, Piece};
use crate::mistaken::{Mistaken, recognise};

/// Reads one DER certificate.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let detail = match Certificate::from_der(bytes) {
        Ok(certificate) => {
            return Ok(Contents { certificates: vec![certificate], form: Form::Der, ..Contents::default() });
        }
        Err(detail) => detail,
    };
    match recognise(bytes) {
        Mistaken::Junk if is_cut_off(bytes) => Err(Fault::CutOff(None)),
        Mistaken::Junk if begins_like_certificate(bytes) => {
            Err(Fault::Damaged { piece: Piece::Certificate(1), detail })
        }
        mistaken => Err(Fault::Mistaken(mistaken)),
    }
}

/// Whether the outer sequence, with a signed part in it, promises more bytes than are there.
fn is_cut_off(bytes: &[u8]) -> bool {
    outer_length(bytes).is_some_and(|length| bytes.len() < length) && begins_like_certificate(bytes)
}

/// Whether a sequence within a sequence comes first, as in everything that is signed.
fn begins_like_certificate(bytes: &[u8]) -> bool {
    let inner = match bytes {
        [0x30, length, ..] if *length < 0x80 => bytes.get(2),
        [0x30, length, ..] => bytes.get(2 + usize::from(length & 0x7F)),
        _ => None,
    };
    inner == Some(&0x30)
}

/// Bytes of the whole outer object, by its header.
fn outer_length(bytes: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let header: Header = reader.decode().ok()?;
    let body = usize::try_from(header.length()).ok()?;
    Some(usize::try_from(reader.position()).ok()?.saturating_add(body))
}
