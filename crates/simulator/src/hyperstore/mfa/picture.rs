//! The secret as a picture for a telephone: a QR code in a PNG.

use qrcodegen::{QrCode, QrCodeEcc};

/// How many pixels wide a module is.
const SCALE: i32 = 4;
/// How many modules of quiet there are around the code.
const QUIET: i32 = 4;

/// A PNG with the text as a QR code; nothing if the text is too long for one.
pub(super) fn png(text: &str) -> Vec<u8> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return Vec::new() };
    let width = (code.size() + 2 * QUIET) * SCALE;
    let mut pixels = Vec::new();
    for y in 0..width {
        // Every line begins with its filter: none.
        pixels.push(0);
        pixels.extend((0..width).map(|x| {
            let dark = code.get_module(x / SCALE - QUIET, y / SCALE - QUIET);
            if dark { 0 } else { 0xff }
        }));
    }
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(width.to_be_bytes());
    // Eight bits of grey; the only compression, filters and order that are common.
    header.extend([8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &stored(&pixels));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let from = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc(png.get(from..).unwrap_or_default());
    png.extend(sum.to_be_bytes());
}

/// A zlib stream that stores its data as it is: the picture is small, and a compressor would be one more dependency.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(0);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_with_right_sums() {
        let png = png("otpauth://totp/a?secret=MZXW6YTB");
        assert_eq!(png.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
        // The last chunk is the same in every PNG there is, its sum included.
        assert_eq!(png.get(png.len() - 12..), Some(b"\0\0\0\0IEND\xae\x42\x60\x82".as_slice()));
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }
}
