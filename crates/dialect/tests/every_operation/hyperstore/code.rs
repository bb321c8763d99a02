//! Codes of a second factor (RFC 6238), as an authenticator shows them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// The code that a device shows at a time, in milliseconds since 1970. `seed` is as the system gives it: base64 of base32.
pub(super) fn code(seed: &str, at: i64) -> String {
    let base32 = STANDARD.decode(seed).expect("base64");
    let mut secret = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for digit in base32 {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'2'..=b'7' => digit - b'2' + 26,
            other => panic!("{other} is no digit of base 32"),
        };
        bits = bits << 5 | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            secret.push((bits >> count & 0xff) as u8);
        }
    }
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let tag = hmac::sign(&key, &(at / 30_000).to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 0xf);
    let number = u32::from_be_bytes([tag[offset], tag[offset + 1], tag[offset + 2], tag[offset + 3]]);
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}
