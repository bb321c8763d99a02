//! PEM: blocks of Base64 between two lines that say what is in them (RFC 7468).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The content of the first PEM block whose label fits. Text around the blocks, as `openssl -text` writes it, and any
/// line ends are passed over.
pub(crate) fn block(file: &[u8], fits: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(file).ok()?;
    let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
    loop {
        let line = lines.next()?;
        let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|line| line.strip_suffix("-----")) else {
            continue;
        };
        let end = format!("-----END {label}-----");
        let mut content = String::new();
        loop {
            match lines.next()? {
                line if line == end => break,
                line => content.push_str(line),
            }
        }
        if fits(label) {
            return STANDARD.decode(content).ok();
        }
    }
}

/// A block with this content.
pub(crate) fn encode(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut line = 0;
    for character in STANDARD.encode(der).chars() {
        if line == 64 {
            text.push('\n');
            line = 0;
        }
        text.push(character);
        line += 1;
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}
