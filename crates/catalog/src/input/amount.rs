//! Amounts of data and bit rates.

use serde_json::{Number, Value};

use super::decimal::Decimal;
use super::units::{BIT_RATES, DATA, Unit};
use super::{Notation, from_i128, whole};

/// Decimal places that an amount may have when it is shown for editing.
const PLACES: u32 = 3;

/// Figures beyond which a unit no longer helps: 953674.5 MiB says less than the bytes.
const FIGURES: usize = 6;

/// Reads an amount of data, counted in units of so many bytes.
pub(super) fn parse_bytes(unit: u64, text: &str, notation: Notation) -> Result<Value, String> {
    let (number, suffix) = split(text);
    let factor = byte_factor(suffix);
    let (Some(number), Some(factor)) = (Decimal::parse(number), factor) else {
        return Err(words::input::amount(notation.written("1.5 TB")));
    };
    let Some(bytes) = number.times(factor) else {
        return Err(words::input::no_whole_bytes().to_owned());
    };
    let unit = i128::from(unit.max(1));
    if bytes.checked_rem(unit) != Some(0) {
        return Err(words::input::whole_units(unit));
    }
    from_i128(bytes.checked_div(unit).unwrap_or(bytes))
        .map_err(|_too_large| words::input::amount_too_large().to_owned())
}

/// An amount of data, for editing.
pub(super) fn bytes_text(unit: u64, number: &Number) -> String {
    let bytes = whole(number).and_then(|count| count.checked_mul(i128::from(unit.max(1))));
    bytes.map_or_else(|| number.to_string(), |bytes| best(bytes, DATA))
}

/// An exact amount of bytes in the unit that says it shortest.
pub(super) fn bytes_label(bytes: i128) -> String {
    best(bytes, DATA)
}

/// Reads a rate in bits per second.
pub(super) fn parse_bit_rate(text: &str) -> Result<Value, String> {
    let (number, suffix) = split(text);
    let word = suffix.to_ascii_lowercase();
    let prefix = ["bit/s", "bits/s", "bps", "b/s", ""].iter().find_map(|end| word.strip_suffix(end));
    let factor = match prefix.unwrap_or(&word) {
        "" => Some(1),
        "k" => Some(1_000),
        "m" => Some(1_000_000),
        "g" => Some(1_000_000_000),
        "t" => Some(1_000_000_000_000),
        _ => None,
    };
    let rate = Decimal::parse(number).zip(factor).and_then(|(number, factor)| number.times(factor));
    rate.ok_or_else(|| words::input::bit_rate().to_owned()).and_then(from_i128)
}

/// A bit rate, for editing.
pub(super) fn bit_rate_text(number: &Number) -> String {
    whole(number).map_or_else(|| number.to_string(), |rate| best(rate, BIT_RATES))
}

/// Splits a number from what follows it.
fn split(text: &str) -> (&str, &str) {
    let end = text.find(|character: char| !character.is_ascii_digit() && !".+-".contains(character));
    let (number, suffix) = text.split_at(end.unwrap_or(text.len()));
    (number, suffix.trim())
}

/// Bytes of a unit. Case does not matter: nobody means megabits by `mb` where an amount of data is asked for.
fn byte_factor(suffix: &str) -> Option<i128> {
    let named = DATA.iter().find(|(name, _)| name.eq_ignore_ascii_case(suffix));
    if let Some((_, factor)) = named {
        return Some(*factor);
    }
    let mut letters = suffix.to_ascii_lowercase();
    match letters.as_str() {
        "" | "byte" | "bytes" => return Some(1),
        _ => letters.push('b'),
    }
    DATA.iter().find(|(name, _)| name.eq_ignore_ascii_case(&letters)).map(|(_, factor)| *factor)
}

/// The shortest exact way to write an amount; of two that are equally short, the one in the larger unit.
fn best(value: i128, units: &[Unit]) -> String {
    let fits = units.iter().filter(|(_, factor)| value.abs() >= *factor);
    let exact = fits.filter_map(|(name, factor)| {
        let digits = Decimal::quotient(value, *factor, PLACES)?.to_string();
        (*factor == 1 || digits.len() <= FIGURES).then_some((digits, *factor, name))
    });
    match exact.min_by_key(|(digits, factor, _)| (digits.len(), -*factor)) {
        Some((digits, _, name)) => format!("{digits} {name}"),
        // Zero is below every unit.
        None => format!("{value} {}", units.first().map_or("", |(name, _)| name)),
    }
}
