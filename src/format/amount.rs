//! Amounts: data, rates, durations, plain numbers. Exact where the number is exact.

use boxdeck_catalog::SecondsUnit;
use serde_json::Number;

const BINARY: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/// An amount of data that counts units of `unit` bytes: as a person reads it, and exactly in bytes. `None` for what is no
/// whole number.
///
/// Capacity that was bought in decimal units keeps them: a whole number of a decimal unit is shown so (`10 TB`), everything
/// else in binary units with three significant digits.
pub fn bytes(number: &Number, unit: u64) -> Option<(String, String)> {
    let count = match (number.as_i64(), number.as_u64()) {
        (Some(count), _) => i128::from(count),
        (None, Some(count)) => i128::from(count),
        (None, None) => return None,
    };
    let total = count * i128::from(unit);
    Some((short_bytes(total), format!("{}\u{a0}bytes", grouped(&total.to_string()))))
}

/// Bytes with three significant digits in the largest binary unit of which there is at least one.
pub fn short_bytes(total: i128) -> String {
    let magnitude = total.unsigned_abs();
    let mut power = 0;
    while power + 1 < BINARY.len() && magnitude >= 1u128 << (10 * (power + 1)) {
        power += 1;
    }
    let sign = if total < 0 { "-" } else { "" };
    let unit = BINARY.get(power).copied().unwrap_or("B");
    if power == 0 {
        return format!("{sign}{magnitude}\u{a0}{unit}");
    }
    let divisor = 1u128 << (10 * power);
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
    if scaled >= 1024 * scale && power + 1 < BINARY.len() {
        return format!("{sign}1\u{a0}{}", BINARY.get(power + 1).copied().unwrap_or(unit));
    }
    let (whole, fraction) = (scaled / scale, scaled % scale);
    let fraction = if fraction == 0 {
        String::new()
    } else {
        let text = format!("{fraction:0width$}", width = digits as usize);
        format!(".{}", text.trim_end_matches('0'))
    };
    format!("{sign}{whole}{fraction}\u{a0}{unit}")
}

/// A rate in bits per second, in decimal units as networks are labelled.
pub fn bit_rate(number: &Number) -> String {
    const DECIMAL: [(u64, &str); 3] = [(1_000_000_000, "Gbit/s"), (1_000_000, "Mbit/s"), (1_000, "kbit/s")];
    let Some(rate) = number.as_u64() else { return number.to_string() };
    for (size, unit) in DECIMAL {
        if rate >= size {
            return format!("{}\u{a0}{unit}", rounded(rate as f64 / size as f64));
        }
    }
    format!("{rate}\u{a0}bit/s")
}

/// A length of time in its two largest units (`1 d 6 h`).
pub fn duration(count: i64, unit: SecondsUnit) -> String {
    const UNITS: [(i64, &str); 6] = [
        (86_400_000_000, "d"),
        (3_600_000_000, "h"),
        (60_000_000, "min"),
        (1_000_000, "s"),
        (1_000, "ms"),
        (1, "µs"),
    ];
    let Some(mut micros) = count.checked_mul(unit.micros()) else {
        return count.to_string();
    };
    if micros == 0 {
        return "0\u{a0}s".to_owned();
    }
    let sign = if micros < 0 { "-" } else { "" };
    micros = micros.saturating_abs();
    let mut parts = Vec::new();
    for (size, name) in UNITS {
        if micros >= size {
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
    let text = format!("{number:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Digits in groups of three from five digits on, parted by thin spaces that do not break.
pub fn grouped(digits: &str) -> String {
    let (sign, number) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (-2048, "-2\u{a0}KiB"),
        ] {
            assert_eq!(short_bytes(bytes), text, "{bytes}");
        }
    }

    #[test]
    fn data_beyond_two_to_the_53_are_exact() {
        let (_, exact) = bytes(&Number::from(9_007_199_255_003_137_u64), 1).expect("whole bytes");
        assert_eq!(exact.replace('\u{202f}', ""), "9007199255003137\u{a0}bytes");
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(duration(3600, SecondsUnit::Second), "1\u{a0}h");
        assert_eq!(duration(108_000, SecondsUnit::Second), "1\u{a0}d 6\u{a0}h");
        assert_eq!(duration(240_000, SecondsUnit::Milli), "4\u{a0}min");
        assert_eq!(duration(0, SecondsUnit::Day), "0\u{a0}s");
        assert_eq!(duration(-90, SecondsUnit::Second), "-1\u{a0}min 30\u{a0}s");
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
    }
}
