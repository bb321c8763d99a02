//! Files that are sent in pieces: by `startOffset` and `length`, or by a `Range`.

use super::Answer;
use super::call::Call;
use super::fault::Fault;
use crate::message::Response;

/// The longest piece.
const PIECE: u64 = 8_388_608;
/// Size of what a recovery has prepared: more than one piece.
pub(super) const ARCHIVE: u64 = PIECE + 1_234_567;
/// Size of a log.
pub(super) const LOG: u64 = 4_321;

/// The piece of a file that a request asks for. The content follows from `seed` alone.
pub(super) fn piece(call: &Call<'_>, media: &str, name: &str, seed: &str, size: u64) -> Answer {
    let number = |name: &str| call.request.parameter(name).and_then(|text| text.parse::<u64>().ok());
    let negative = ["startOffset", "length"].into_iter().find(|name| call.int(name).is_some_and(|it| it < 0));
    if let Some(name) = negative {
        return Err(Fault::invalid(format!("{name} in query should be greater than or equal to 0")));
    }
    if number("length").is_some_and(|length| length > PIECE) {
        return Err(Fault::invalid(format!("length in query should be less than or equal to {PIECE}")));
    }
    let disposition = format!("attachment; filename=\"{name}\"");
    if let Some((first, last)) = call.request.header_value("range").and_then(|text| range(text, size)) {
        let body = content(seed, first, last + 1);
        return Ok(Response::typed(206, media, body)
            .header("content-disposition", &disposition)
            .header("content-range", &format!("bytes {first}-{last}/{size}")));
    }
    let start = number("startOffset").unwrap_or(0).min(size);
    let end = number("length").map_or(size, |length| start.saturating_add(length).min(size));
    Ok(Response::typed(200, media, content(seed, start, end))
        .header("content-disposition", &disposition)
        .header("accept-ranges", "bytes"))
}

/// First and last byte of a `Range` with one part.
fn range(header: &str, size: u64) -> Option<(u64, u64)> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let first: u64 = first.parse().ok()?;
    let last = if last.is_empty() { size } else { last.parse::<u64>().ok()? }.min(size.checked_sub(1)?);
    (first <= last).then_some((first, last))
}

/// Bytes that look like something and are the same every time.
fn content(seed: &str, start: u64, end: u64) -> Vec<u8> {
    let seed = seed.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let byte = |at: u64| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 11).to_le_bytes();
    (start..end).map(|at| byte(at).first().copied().unwrap_or_default()).collect()
}
