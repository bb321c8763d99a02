//! The stretch of time that a chart asks for, and what a chart begins with.

use boxdeck_catalog::{Chart, Field, FieldType, Operation, Period, SecondsUnit, Settable, Stamp, input};
use boxdeck_dialect::Term;
use serde_json::Number;

use super::measure::given;
use super::with_value;

const HOUR: i64 = 3_600_000;

/// A stretch of time, in milliseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its beginning.
    pub from: i64,
    /// Its end.
    pub until: i64,
}

impl Stretch {
    /// So many hours until the end of the hour that `now` is in: boxes that count by the hour take whole ones.
    pub fn until(now: i64, hours: u64) -> Self {
        let until = now.div_euclid(HOUR) * HOUR + HOUR;
        let length = i64::try_from(hours).unwrap_or(i64::MAX / HOUR).saturating_mul(HOUR);
        Self { from: until.saturating_sub(length), until }
    }

    /// The stretch that these terms ask for.
    pub fn of(period: &Period, terms: &[Term]) -> Option<Self> {
        let of = |name: &str| {
            let term = terms.iter().find(|term| term.field == name)?;
            Stamp::Minute.millis(term.values.first()?)
        };
        let found = Self { from: of(&period.from)?, until: of(&period.until)? };
        (found.from < found.until).then_some(found)
    }

    /// How many hours it is long; `None` for what is no whole number.
    pub fn hours(self) -> Option<u64> {
        let length = self.until - self.from;
        (length % HOUR == 0).then(|| u64::try_from(length / HOUR).ok()).flatten()
    }

    /// As long, right before it or right after it.
    pub fn moved(self, later: bool) -> Self {
        let length = if later { self.until - self.from } else { self.from - self.until };
        Self { from: self.from + length, until: self.until + length }
    }

    /// The terms with this stretch in place of theirs.
    pub fn into_terms(self, period: &Period, terms: &[Term]) -> Vec<Term> {
        let terms = with_value(terms, &period.from, stamp(self.from));
        with_value(&terms, &period.until, stamp(self.until))
    }
}

/// The terms with what a list with a chart cannot be asked for without: the first of each choice, and this stretch of time.
pub fn begun(list: &Operation, chart: &Chart, terms: &[Term], stretch: Option<Stretch>) -> Vec<Term> {
    let mut terms = terms.to_vec();
    for name in &chart.choices {
        let needed = list.input(name).filter(|one| one.field.create == Settable::Required);
        if let Some(Field { field_type: FieldType::Enum(choices), .. }) = needed.map(|one| &one.field)
            && given(list, &terms, name).is_none()
            && let Some(first) = choices.first()
        {
            terms = with_value(&terms, name, first.value.clone());
        }
    }
    match (&chart.period, stretch) {
        (Some(period), Some(stretch)) => stretch.into_terms(period, &terms),
        _ => terms,
    }
}

/// The terms with what the list cannot be asked for without, as far as its chart begins with it; as they are where nothing is
/// lacking. `now`: in milliseconds since the epoch.
pub fn opened(list: &Operation, chart: &Chart, terms: &[Term], now: i64) -> Vec<Term> {
    let is_given = |name: &str| terms.iter().any(|term| term.field == name && !term.values.is_empty());
    if list.lacking(is_given).is_empty() {
        return terms.to_vec();
    }
    let stretch = chart.period.as_ref().and_then(|period| {
        let usual = || period.hours.first().map(|hours| Stretch::until(now, *hours));
        Stretch::of(period, terms).or_else(usual)
    });
    begun(list, chart, terms, stretch)
}

/// A point in time as digits of year, month, day, hour and minute in Greenwich Mean Time.
fn stamp(millis: i64) -> String {
    let text = input::timestamp_text(SecondsUnit::Milli, &Number::from(millis));
    text.chars().filter(char::is_ascii_digit).take(12).collect()
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::Resource;

    use super::*;

    fn period() -> Period {
        Period { from: "a".to_owned(), until: "b".to_owned(), hours: vec![24] }
    }

    #[test]
    fn a_list_that_needs_a_time_opens_with_the_usual_one() {
        let input = |name: &str| serde_json::json!({ "in": "query", "field": { "name": name, "label": name, "create": "required" } });
        let resource: Resource = serde_json::from_value(serde_json::json!({
            "id": "usage", "title": "Usage", "singular": "value", "area": "a", "fields": [],
            "chart": { "time": "at", "values": [{ "field": "value" }], "period": { "from": "a", "until": "b", "hours": [24, 168] } },
            "operations": [{
                "id": "l", "kind": "list", "method": "GET", "path": "/l", "title": "List", "parameters": [input("a"), input("b")]
            }]
        }))
        .expect("a resource");
        let (list, chart) = (&resource.operations[0], resource.chart.as_ref().expect("a chart"));
        let now = Stamp::Minute.millis("202610311817").expect("a time");
        let usual = Stretch::until(now, 24).into_terms(&period(), &[]);
        assert_eq!(opened(list, chart, &[], now), usual);
        let earlier = Stretch::until(now, 24).moved(false).into_terms(&period(), &[]);
        assert_eq!(opened(list, chart, &earlier, now), earlier);
    }

    #[test]
    fn a_stretch_ends_with_a_whole_hour() {
        let now = Stamp::Minute.millis("202610311817").expect("a time");
        let day = Stretch::until(now, 24);
        let terms = day.into_terms(&period(), &[]);
        let values: Vec<_> = terms.iter().flat_map(|term| term.values.clone()).collect();
        assert_eq!(values, ["202610301900", "202610311900"]);
        assert_eq!(Stretch::of(&period(), &terms), Some(day));
        assert_eq!(day.hours(), Some(24));
        assert_eq!(day.moved(false).until, day.from);
        assert_eq!(day.moved(true).moved(false), day);
    }
}
