//! PEM: blocks of base64 between `BEGIN` and `END` lines, with anything around them.

use crate::certificate::Certificate;
use crate::{Contents, PrivateKey};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Whether the file is text with at least one PEM block in it.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    bytes.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// Reads every block. Text before, between and after them is passed over, as `openssl x509 -text` writes it.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_utf8| "The file begins like PEM but holds bytes that are no text.".to_owned())?;
    let mut contents = Contents::default();
    let mut rest = text;
    while let Some(start) = rest.find(BEGIN) {
        let block = rest.get(start..).unwrap_or_default();
        let label = label(block)?;
        let end_line = format!("{END}{label}{DASHES}");
        let Some(end) = block.find(&end_line) else {
            return Err(format!("The file is cut off: a block \"{label}\" begins but does not end."));
        };
        let (block, after) = block.split_at(end + end_line.len());
        take(&mut contents, label, block)?;
        rest = after;
    }
    Ok(contents)
}

fn label(block: &str) -> Result<&str, String> {
    let after = block.get(BEGIN.len()..).unwrap_or_default();
    after
        .find(DASHES)
        .and_then(|end| after.get(..end))
        .filter(|label| !label.contains('\n'))
        .ok_or_else(|| "The file is cut off inside the first line of a block.".to_owned())
}

fn take(contents: &mut Contents, label: &str, block: &str) -> Result<(), String> {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
            let number = contents.certificates.len() + 1;
            let broken = |what: String| format!("Certificate {number} in the file is damaged: {what}.");
            let der = decode(block).map_err(broken)?;
            contents.certificates.push(Certificate::from_der(&der).map_err(broken)?);
        }
        "ENCRYPTED PRIVATE KEY" => contents.private_key = Some(PrivateKey::Encrypted),
        label if label.ends_with("PRIVATE KEY") => {
            let encrypted = block.contains("Proc-Type: 4,ENCRYPTED");
            contents.private_key = Some(if encrypted { PrivateKey::Encrypted } else { PrivateKey::Plain });
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => contents.has_request = true,
        "PKCS7" => return Err("This is a PKCS#7 bundle. Convert it to PEM certificates first.".to_owned()),
        // Parameters and public keys do no harm beside a certificate.
        _ => {}
    }
    Ok(())
}

/// The bytes of a block. Carriage returns and blanks at the ends of lines are common and harmless.
fn decode(block: &str) -> Result<Vec<u8>, String> {
    let clean: Vec<&str> = block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = clean.join("\n");
    let width = pem_rfc7468::detect_base64_line_width(text.as_bytes());
    let mut decoder = match width {
        Ok(width) => pem_rfc7468::Decoder::new_wrapped(text.as_bytes(), width),
        Err(_) => pem_rfc7468::Decoder::new(text.as_bytes()),
    }
    .map_err(|fault| format!("its text is no valid PEM ({fault})"))?;
    let mut bytes = Vec::new();
    decoder.decode_to_end(&mut bytes).map_err(|fault| format!("its text is no valid PEM ({fault})"))?;
    Ok(bytes)
}
