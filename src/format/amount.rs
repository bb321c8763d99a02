//! Amounts: data, rates, durations, plain numbers. Exact where the number is exact.

use boxdeck_catalog::SecondsUnit;
use boxdeck_catalog::input::units::{BINARY_DATA, BIT_RATES, TIMES};
use serde_json::{Number, Value};

use crate::ui::fixed;

/// Bytes of an amount of data that counts units of `unit` bytes. `None` for what is no whole number.
pub fn bytes(number: &Number, unit: u64) -> Option<i128> {
    let count = match (number.as_i64(), number.as_u64()) {
        (Some(count), _) => i128::from(count),
        (None, Some(count)) => i128::from(count),
        (None, None) => return None,
    };
    Some(count * i128::from(unit))
}

/// Bytes to the last one.
pub fn exact_bytes(total: i128) -> String {
    words::format::exact_bytes(grouped(&total.to_string()))
}

/// Bytes with three significant digits in the largest binary unit of which there is at least one, whatever unit they were
/// bought in, so that amounts compare at a glance.
pub fn short_bytes(total: i128) -> String {
    let magnitude = total.unsigned_abs();
    let sign = if total < 0 { "-" } else { "" };
    let at_least = |(_, unit): &(usize, &(&str, i128))| magnitude >= unit.1.unsigned_abs();
    let Some((place, (unit, size))) = BINARY_DATA.iter().enumerate().rfind(at_least) else {
        return format!("{sign}{magnitude}\u{a0}B");
    };
    let divisor = size.unsigned_abs();
    let whole = magnitude / divisor;
    // Round half up at the third significant digit, in integers.
    let digits = if whole >= 100 {
        0
    } else if whole >= 10 {
        1
    } else {
        2
    };
    let scale = 10u128.pow(digits);
    let scaled = (magnitude * scale * 2 + divisor) / (divisor * 2);
    if let (true, Some((next, _))) = (scaled >= 1024 * scale, BINARY_DATA.get(place + 1)) {
        return format!("{sign}1\u{a0}{next}");
    }
    let (whole, fraction) = (scaled / scale, scaled % scale);
    let fraction = if fraction == 0 {
        String::new()
    } else {
        let text = format!("{fraction:0width$}", width = digits as usize);
        format!("{}{}", words::format::decimal_point(), text.trim_end_matches('0'))
    };
    format!("{sign}{whole}{fraction}\u{a0}{unit}")
}

/// How much of a whole an amount in the same unit is, from 0 to 1 and beyond. `None` for what is no number, and for a whole
/// of nothing.
pub fn share(amount: &Value, whole: &Value) -> Option<f64> {
    let whole = whole.as_f64().filter(|whole| *whole > 0.0)?;
    Some(amount.as_f64()? / whole)
}

/// A rate in bits per second, in decimal units as networks are labelled.
pub fn bit_rate(number: &Number) -> String {
    let Some(rate) = number.as_u64() else { return number.to_string() };
    match BIT_RATES.iter().rev().find(|(_, size)| *size > 1 && i128::from(rate) >= *size) {
        Some((unit, size)) => format!("{}\u{a0}{unit}", rounded(rate as f64 / *size as f64)),
        None => format!("{rate}\u{a0}bit/s"),
    }
}

/// A length of time in its two largest units (`1 d 6 h`).
pub fn duration(count: i64, unit: SecondsUnit) -> String {
    let mut micros = i128::from(count) * i128::from(unit.micros());
    if micros == 0 {
        return "0\u{a0}s".to_owned();
    }
    let sign = if micros < 0 { "-" } else { "" };
    micros = micros.abs();
    let mut parts = Vec::new();
    for (name, size) in TIMES.iter().rev() {
        if micros >= *size {
            parts.push(format!("{}\u{a0}{name}", micros / size));
            micros %= size;
        }
        if parts.len() == 2 || micros == 0 {
            break;
        }
    }
    format!("{sign}{}", parts.join(" "))
}

/// A number with at most three significant digits after rounding, without trailing zeros.
pub fn rounded(number: f64) -> String {
    let digits = match number.abs() {
        magnitude if magnitude >= 100.0 => 0,
        magnitude if magnitude >= 10.0 => 1,
        _ => 2,
    };
    let text = fixed(number, digits);
    if text.contains('.') { pointed(text.trim_end_matches('0').trim_end_matches('.')) } else { text }
}

/// Decimal digits with the point of the language.
pub(super) fn pointed(digits: &str) -> String {
    digits.replace('.', words::format::decimal_point())
}

/// A count as a person reads it.
pub fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// Digits in groups of three from five digits on, parted by thin spaces that do not break.
pub fn grouped(digits: &str) -> String {
    let (sign, number) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return pointed(digits);
    }
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push_str(words::format::decimal_point());
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::input::{Notation, parse_in};
    use boxdeck_catalog::{Field, FieldType};
    use proptest::prelude::*;

    use super::*;

    /// What is read on the screen in each language, by how that writes numbers.
    fn in_each_language(shown: &str) -> [(Notation, String); 2] {
        [(Notation::Point, shown.to_owned()), (Notation::Comma, shown.replace('.', ","))]
    }

    fn typed(field_type: FieldType, text: &str, notation: Notation) -> Result<i64, String> {
        let value = parse_in(&Field { field_type, ..Field::default() }, text, notation)?;
        value.as_i64().ok_or_else(|| format!("{value} does not fit"))
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(count in 0..i64::MAX / 2) {
            let number = Number::from(count);
            let total = bytes(&number, 1).expect("whole bytes");
            let (short, exact) = (short_bytes(total), exact_bytes(total));
            for (notation, text) in in_each_language(&exact) {
                prop_assert_eq!(typed(FieldType::Bytes(1), &text, notation), Ok(count), "{}", text);
            }
            for (notation, text) in in_each_language(&short) {
                // Three significant digits were left.
                let back = typed(FieldType::Bytes(1), &text, notation);
                // Not every decimal part of a binary unit is a whole number of bytes.
                let Ok(back) = back else { continue };
                prop_assert!(back.abs_diff(count) <= count.unsigned_abs() / 150 + 1, "{} of {}", text, count);
            }
            for (notation, text) in in_each_language(&grouped(&number.to_string())) {
                prop_assert_eq!(typed(FieldType::Integer, &text, notation), Ok(count), "{}", text);
            }
            let rate = u64::try_from(count).expect("no sign") % 10_000;
            let text = bit_rate(&Number::from(rate * 100_000_000));
            for (notation, text) in in_each_language(&text) {
                let back = typed(FieldType::BitRate, &text, notation);
                prop_assert!(back.is_ok(), "{}: {:?}", text, back);
            }
        }
    }

    #[test]
    fn data_have_three_significant_digits() {
        for (bytes, text) in [
            (0, "0\u{a0}B"),
            (1023, "1023\u{a0}B"),
            (1024, "1\u{a0}KiB"),
            (1_536, "1.5\u{a0}KiB"),
            (1_000_000_000, "954\u{a0}MiB"),
            (1_073_741_823, "1\u{a0}GiB"),
            (1_000_000_192_512, "931\u{a0}GiB"),
            (22_517_998_137_507_840, "20\u{a0}PiB"),
            (1_152_921_504_606_846_976, "1\u{a0}EiB"),
            (-2048, "-2\u{a0}KiB"),
        ] {
            assert_eq!(short_bytes(bytes), text, "{bytes}");
        }
    }

    #[test]
    fn data_beyond_two_to_the_53_are_exact() {
        let exact = exact_bytes(bytes(&Number::from(9_007_199_255_003_137_u64), 1).expect("whole bytes"));
        assert_eq!(exact.replace('\u{202f}', ""), "9007199255003137\u{a0}bytes");
    }

    #[test]
    fn shares_need_a_whole() {
        let of = |amount: Value, whole: Value| share(&amount, &whole);
        assert_eq!(of(1.into(), 4.into()), Some(0.25));
        assert_eq!(of(6.into(), 4.into()), Some(1.5));
        assert_eq!(of(1.into(), 0.into()), None);
        assert_eq!(of(1.into(), Value::Null), None);
        assert_eq!(of(Value::Null, 4.into()), None);
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(duration(3600, SecondsUnit::Second), "1\u{a0}h");
        assert_eq!(duration(108_000, SecondsUnit::Second), "1\u{a0}d 6\u{a0}h");
        assert_eq!(duration(240_000, SecondsUnit::Milli), "4\u{a0}min");
        assert_eq!(duration(0, SecondsUnit::Day), "0\u{a0}s");
        assert_eq!(duration(-90, SecondsUnit::Second), "-1\u{a0}min 30\u{a0}s");
        assert_eq!(duration(1_250, SecondsUnit::Micro), "1\u{a0}ms 250\u{a0}µs");
    }

    #[test]
    fn digits_are_grouped_from_five_on() {
        assert_eq!(grouped("1024"), "1024");
        assert_eq!(grouped("-1234567"), "-1\u{202f}234\u{202f}567");
        assert_eq!(grouped("12345.75"), "12\u{202f}345.75");
    }

    #[test]
    fn rates_are_decimal() {
        assert_eq!(bit_rate(&Number::from(8_000_000_000_u64)), "8\u{a0}Gbit/s");
        assert_eq!(bit_rate(&Number::from(512_u64)), "512\u{a0}bit/s");
        assert_eq!(bit_rate(&Number::from(1_600_000_000_000_u64)), "1.6\u{a0}Tbit/s");
    }
}
