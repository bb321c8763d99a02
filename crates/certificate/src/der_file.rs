//! DER: one binary object. What is no certificate is named where it can be recognised.

use crate::Contents;
use crate::certificate::Certificate;

/// Reads one DER certificate.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, String> {
    if bytes.first() != Some(&0x30) {
        return Err(if std::str::from_utf8(bytes).is_ok() {
            "This is a text file without a certificate in it.".to_owned()
        } else {
            "This is no certificate file: neither PEM text nor DER.".to_owned()
        });
    }
    match Certificate::from_der(bytes) {
        Ok(certificate) => Ok(Contents { certificates: vec![certificate], ..Contents::default() }),
        Err(fault) => {
            Err(recognised(bytes).map_or_else(|| format!("This is no certificate: {fault}."), str::to_owned))
        }
    }
}

/// Other files that people choose by mistake, by their first bytes after the outer header.
fn recognised(bytes: &[u8]) -> Option<&'static str> {
    const PKCS7: [u8; 11] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    let body = body(bytes)?;
    if body.starts_with(&[0x02, 0x01, 0x03]) {
        Some("This is a PKCS#12 file (.p12, .pfx). Export certificate and key from it as PEM.")
    } else if body.starts_with(&[0x02, 0x01, 0x00]) || body.starts_with(&[0x02, 0x01, 0x01]) {
        Some("This is a private key, not a certificate.")
    } else if body.starts_with(&PKCS7) {
        Some("This is a PKCS#7 bundle. Convert it to PEM certificates first.")
    } else {
        None
    }
}

/// What follows the tag and length of the outer object.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let length = usize::from(*bytes.get(1)?);
    let header = if length < 0x80 { 2 } else { 2 + (length & 0x7F) };
    bytes.get(header..)
}
