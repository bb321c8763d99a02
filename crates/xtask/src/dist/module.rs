//! Writes the few things of a WebAssembly module that are changed by hand.

use anyhow::{Context, Result};

/// Adds a section: its number, and what is in it (WebAssembly core specification, 5.5.2).
pub(super) fn add_section(module: &mut Vec<u8>, id: u8, content: &[u8]) -> Result<()> {
    module.push(id);
    number(module, content.len())?;
    module.extend(content);
    Ok(())
}

/// Adds a section of our own (5.5.3).
pub(super) fn add_own_section(module: &mut Vec<u8>, name: &str, content: &[u8]) -> Result<()> {
    let mut section = Vec::new();
    text(&mut section, name)?;
    section.extend(content);
    add_section(module, 0, &section)
}

/// Adds a text with its length in front (5.2.4).
pub(super) fn text(bytes: &mut Vec<u8>, text: &str) -> Result<()> {
    number(bytes, text.len())?;
    bytes.extend(text.as_bytes());
    Ok(())
}

/// Adds a number as WebAssembly writes it (LEB128, 5.2.2).
pub(super) fn number(bytes: &mut Vec<u8>, number: usize) -> Result<()> {
    let mut rest = u32::try_from(number).context("a section is too large")?;
    while rest >= 0x80 {
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_has_its_size_and_name_in_front() {
        let mut module = b"\0asm".to_vec();
        add_own_section(&mut module, "ab", &[7; 200]).unwrap();
        assert_eq!(module[4..10], [0, 0xcb, 1, 2, b'a', b'b']);
        assert_eq!(module[10..], [7; 200]);
    }
}
