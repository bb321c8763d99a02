//! Numbers with fixed places, as style sheets and ARIA read them.

/// A number with that many decimal places, a point before them.
///
/// By hand, because the standard library's way, which knows every number to its last digit, is 4 kB of a first visit.
pub fn fixed(value: f64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    // Lengths, shares and ratios: far from where the conversion would lose anything, or saturate.
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let whole = scaled / scale;
    if places == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{:0width$}", scaled % scale, width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn numbers_are_rounded_to_their_places() {
        assert_eq!(fixed(12.0, 4), "12.0000");
        assert_eq!(fixed(0.062_54, 4), "0.0625");
        assert_eq!(fixed(-3.456, 2), "-3.46");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(99.6, 0), "100");
    }
}
