//! Amounts on an axis and beside it, in the units that the console knows.

use boxdeck_catalog::input::units::{BINARY_DATA, BIT_RATES, TIMES};
use boxdeck_catalog::{FieldType, SecondsUnit};

use super::scale::marks;
use crate::format::amount;

/// What the numbers of a chart mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Amounts {
    /// Their type.
    pub value_type: FieldType,
    /// For a rate: in what time so much of it passes.
    pub per: Option<SecondsUnit>,
}

impl Amounts {
    /// A value by itself.
    pub fn text(&self, value: f64) -> String {
        self.in_unit(value, self.unit(value.abs()))
    }

    /// The marks of an axis with all values from `least` to `greatest`, about `wanted` of them, in one unit.
    pub fn axis(&self, least: f64, greatest: f64, wanted: u32) -> Vec<(f64, String)> {
        let unit = self.unit(least.abs().max(greatest.abs()));
        let marks = marks(least / unit.0, greatest / unit.0, wanted);
        marks.into_iter().map(|mark| (mark * unit.0, self.in_unit(mark * unit.0, unit))).collect()
    }

    fn in_unit(&self, value: f64, (size, name): (f64, &str)) -> String {
        let per = self.per.and_then(|per| {
            TIMES.iter().find(|(_, micros)| *micros == i128::from(per.micros())).map(|(name, _)| *name)
        });
        let number = number(value / size);
        // A ratio has its unit right behind it.
        let space = if name.is_empty() || name.starts_with(':') { "" } else { "\u{a0}" };
        format!("{number}{space}{name}{}", per.map(|per| format!("/{per}")).unwrap_or_default())
    }

    /// The unit that suits a magnitude: how much of the value it is, and its name.
    fn unit(&self, magnitude: f64) -> (f64, &'static str) {
        match &self.value_type {
            FieldType::Bytes(count) => {
                of(BINARY_DATA, magnitude, *count as f64).unwrap_or((1.0 / *count as f64, "B"))
            }
            FieldType::Duration(unit) => {
                of(TIMES, magnitude, unit.micros() as f64).unwrap_or((1.0 / unit.micros() as f64, "µs"))
            }
            FieldType::BitRate => of(BIT_RATES, magnitude, 1.0).unwrap_or((1.0, "bit/s")),
            FieldType::Fraction => (0.01, "%"),
            FieldType::Percent => (1.0, "%"),
            FieldType::Ratio => (1.0, ":1"),
            _ => (1.0, ""),
        }
    }
}

/// The largest unit of which there is one in `magnitude`, which is counted in `own`.
fn of(units: &'static [(&'static str, i128)], magnitude: f64, own: f64) -> Option<(f64, &'static str)> {
    let fitting = units.iter().rfind(|(_, size)| magnitude * own >= *size as f64);
    fitting.map(|(name, size)| (*size as f64 / own, *name))
}

/// A number: whole ones to the last digit, others with three that count.
fn number(value: f64) -> String {
    // Nothing has no sign.
    let value = value + 0.0;
    let nearest = value.round();
    if (value - nearest).abs() < 1e-9 * value.abs().max(1e-3) && nearest.abs() < 1e15 {
        return amount::grouped(&format!("{nearest:.0}"));
    }
    amount::grouped(&amount::rounded(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(value_type: FieldType, per: Option<SecondsUnit>) -> Amounts {
        Amounts { value_type, per }
    }

    fn labels(amounts: &Amounts, greatest: f64) -> Vec<String> {
        amounts.axis(0.0, greatest, 4).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn an_axis_has_one_unit() {
        let bytes = amounts(FieldType::Bytes(1), None);
        assert_eq!(
            labels(&bytes, 1.9 * 1_073_741_824.0),
            ["0\u{a0}GiB", "0.5\u{a0}GiB", "1\u{a0}GiB", "1.5\u{a0}GiB", "2\u{a0}GiB"]
        );
        let rate = amounts(FieldType::Bytes(1), Some(SecondsUnit::Second));
        assert_eq!(labels(&rate, 40.0 * 1_048_576.0).last().map(String::as_str), Some("40\u{a0}MiB/s"));
        let time = amounts(FieldType::Duration(SecondsUnit::Milli), None);
        assert_eq!(labels(&time, 130.0), ["0\u{a0}ms", "50\u{a0}ms", "100\u{a0}ms", "150\u{a0}ms"]);
        assert_eq!(labels(&amounts(FieldType::Integer, None), 0.0), ["0", "1"]);
    }

    #[test]
    fn a_value_has_the_unit_that_suits_it() {
        for (value_type, value, text) in [
            (FieldType::Fraction, 0.31, "31\u{a0}%"),
            (FieldType::Fraction, 0.07, "7\u{a0}%"),
            (FieldType::Duration(SecondsUnit::Milli), 47.3, "47.3\u{a0}ms"),
            (FieldType::Duration(SecondsUnit::Milli), 1500.0, "1.5\u{a0}s"),
            (FieldType::Duration(SecondsUnit::Milli), 0.25, "250\u{a0}µs"),
            (FieldType::Bytes(1), 0.0, "0\u{a0}B"),
            (FieldType::Bytes(1024), 2048.0, "2\u{a0}MiB"),
            (FieldType::Bytes(1), -1536.0, "-1.5\u{a0}KiB"),
            (FieldType::Integer, 1_234_567.0, "1\u{202f}234\u{202f}567"),
            (FieldType::Number, 90.25, "90.3"),
            (FieldType::Ratio, 2.5, "2.5:1"),
        ] {
            assert_eq!(amounts(value_type.clone(), None).text(value), text, "{value_type:?}");
        }
    }
}
