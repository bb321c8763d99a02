//! PEM: blocks of base64 between `BEGIN` and `END` lines, with anything around them.

use crate::certificate::Certificate;
use crate::contents::{Contents, Fault, Piece};
use crate::mistaken::Mistaken;
use crate::private_key::{self, PrivateKey};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Whether the file is text with at least one PEM block in it.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    bytes.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// Reads every block. Text before, between and after them is passed over, as `openssl x509 -text` writes it.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_utf8| Fault::NotText)?;
    let mut contents = Contents::default();
    let mut stranger = None;
    let mut rest = text;
    while let Some(start) = rest.find(BEGIN) {
        let block = rest.get(start..).unwrap_or_default();
        let label = label(block)?;
        let end_line = format!("{END}{label}{DASHES}");
        let Some(end) = block.find(&end_line) else {
            return Err(Fault::CutOff(Some(label.to_owned())));
        };
        let (block, after) = block.split_at(end + end_line.len());
        stranger = stranger.or(take(&mut contents, label, block)?);
        rest = after;
    }
    let is_bare = contents.certificates.is_empty() && contents.keys.is_empty() && !contents.has_request;
    match stranger {
        Some(mistaken) if is_bare => Err(Fault::Mistaken(mistaken)),
        _ => Ok(contents),
    }
}

fn label(block: &str) -> Result<&str, Fault> {
    let after = block.get(BEGIN.len()..).unwrap_or_default();
    after
        .find(DASHES)
        .and_then(|end| after.get(..end))
        .filter(|label| !label.contains('\n'))
        .ok_or(Fault::CutOff(None))
}

/// Takes a block in. Gives what it is where it is none that belongs in such a file.
fn take(contents: &mut Contents, label: &str, block: &str) -> Result<Option<Mistaken>, Fault> {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
            let piece = Piece::Certificate(contents.certificates.len() + 1);
            let certificate = decode(block).and_then(|der| Certificate::from_der(&der));
            contents.certificates.push(certificate.map_err(|detail| Fault::Damaged { piece, detail })?);
        }
        "OPENSSH PRIVATE KEY" => return Ok(Some(Mistaken::OpenSsh)),
        label if label.ends_with("PRIVATE KEY") => {
            contents.key_first |= contents.certificates.is_empty();
            let locked = label == "ENCRYPTED PRIVATE KEY" || block.contains("Proc-Type: 4,ENCRYPTED");
            let key = if locked {
                Ok(PrivateKey::Locked)
            } else {
                decode(block).and_then(|der| private_key::read(label, &der))
            };
            contents.keys.push(key.map_err(|detail| Fault::Damaged { piece: Piece::Key, detail })?);
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => contents.has_request = true,
        "PKCS7" | "CMS" => return Ok(Some(Mistaken::Pkcs7)),
        "PUBLIC KEY" | "RSA PUBLIC KEY" => return Ok(Some(Mistaken::PublicKey)),
        "X509 CRL" => return Ok(Some(Mistaken::RevocationList)),
        // Parameters do no harm beside a certificate.
        _ => {}
    }
    Ok(None)
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
    .map_err(|fault| fault.to_string())?;
    let mut bytes = Vec::new();
    decoder.decode_to_end(&mut bytes).map_err(|fault| fault.to_string())?;
    Ok(bytes)
}
