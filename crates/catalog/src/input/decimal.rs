//! Decimal numbers without rounding.

use std::fmt;

use serde_json::Number;

/// A decimal number: `mantissa` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// More digits than this are a slip of the finger, not an amount.
const MAX_SCALE: u32 = 30;

impl Decimal {
    /// Reads digits with at most one point, and a sign.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let figures = || whole.bytes().chain(fraction.bytes());
        if figures().next().is_none() || !figures().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= MAX_SCALE)?;
        let mut mantissa: i128 = 0;
        for figure in figures() {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(figure - b'0'))?;
        }
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// The shortest decimal number that stands for a JSON number.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let Some((figures, exponent)) = text.split_once('e') else { return Self::parse(&text) };
        let decimal = Self::parse(figures)?.shifted(exponent.parse().ok()?)?;
        (decimal.scale <= MAX_SCALE).then_some(decimal)
    }

    /// A whole number divided by another, if that needs at most `places` decimal places.
    pub(super) fn quotient(value: i128, unit: i128, places: u32) -> Option<Self> {
        (0..=places).find_map(|scale| {
            let scaled = value.checked_mul(10_i128.checked_pow(scale)?)?;
            let fits = scaled.checked_rem(unit)? == 0;
            fits.then(|| scaled.checked_div(unit)).flatten().map(|mantissa| Self { mantissa, scale })
        })
    }

    /// The number times a factor, if that is a whole number.
    pub(super) fn times(self, factor: i128) -> Option<i128> {
        let product = self.mantissa.checked_mul(factor)?;
        let divisor = 10_i128.checked_pow(self.scale)?;
        (product.checked_rem(divisor)? == 0).then(|| product.checked_div(divisor)).flatten()
    }

    /// The number with its point moved to the right, or to the left for a negative count.
    pub(super) fn shifted(self, places: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(places);
        match u32::try_from(scale) {
            Ok(scale) => Some(Self { scale, ..self }),
            Err(_negative) => {
                let factor = 10_i128.checked_pow(u32::try_from(-scale).ok()?)?;
                Some(Self { mantissa: self.mantissa.checked_mul(factor)?, scale: 0 })
            }
        }
    }
}

/// Without zeros at the end and without a point where none is needed.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut mantissa, mut scale) = (self.mantissa, self.scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        let sign = if mantissa < 0 { "-" } else { "" };
        let places = usize::try_from(scale).unwrap_or(usize::MAX);
        let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        if fraction.is_empty() {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{fraction}")
        }
    }
}
