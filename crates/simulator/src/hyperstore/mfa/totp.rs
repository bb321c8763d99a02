//! One-time codes from a secret and the time, RFC 6238 with its defaults: SHA-1, six digits, thirty seconds.

use ring::hmac;

/// The number of the code that a time has.
pub(in crate::hyperstore) fn step(at: i64) -> i64 {
    at.div_euclid(30_000)
}

/// The code of a step.
pub(in crate::hyperstore) fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = bytes.last().map_or(0, |last| usize::from(last & 0xf));
    let number = bytes.iter().skip(offset).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The bytes in base 32, RFC 4648, without padding.
pub(in crate::hyperstore) fn base32(bytes: &[u8]) -> String {
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let bits = chunk.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            let bits = bits << (8 * (5 - chunk.len()));
            let digits = (chunk.len() * 8).div_ceil(5);
            (0..digits).map(move |place| {
                let digit = (bits >> (35 - 5 * place) & 31) as u8;
                char::from(if digit < 26 { b'A' + digit } else { b'2' + digit - 26 })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the RFCs.
    #[test]
    fn codes_and_seeds_are_those_of_the_standards() {
        let secret = b"12345678901234567890";
        assert_eq!(code(secret, step(59_000)), "287082");
        assert_eq!(code(secret, step(1_111_111_109_000)), "081804");
        assert_eq!(code(secret, step(20_000_000_000_000)), "353130");
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(base32(b"f"), "MY");
    }
}
