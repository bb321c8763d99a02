//! The records of a page, kept as the box wrote them: of a thousand rows a screen shows some dozens, and the others need
//! be nothing more than a place in the answer until somebody looks at them.

mod scan;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use boxdeck_catalog::Resource;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::answer::{Record, joined_key, value_text};
use scan::Object;

/// Records in the order of the box. To look at one is to read its text; whoever looks often keeps what it found.
#[derive(Debug, Clone, Default)]
pub struct Records(Vec<Row>);

#[derive(Debug, Clone)]
enum Row {
    Read(Box<Record>),
    /// An object of an answer, which it shares with the other rows. It has been looked through to its end.
    Sent {
        answer: Arc<Vec<u8>>,
        place: Range<u32>,
        key: Key,
    },
}

/// The key of a record in the console's URLs.
#[derive(Debug, Clone)]
enum Key {
    /// The record has none.
    None,
    /// It stands in the answer as it is.
    Sent(Range<u32>),
    Made(Box<str>),
}

impl Row {
    fn record(&self) -> Record {
        match self {
            Self::Read(record) => (**record).clone(),
            // What could not be read has not been kept (`scan`).
            Self::Sent { answer, place, .. } => {
                Record(serde_json::from_slice(part(answer, place)).unwrap_or_default())
            }
        }
    }

    fn into_record(self) -> Record {
        match self {
            Self::Read(record) => *record,
            sent @ Self::Sent { .. } => sent.record(),
        }
    }
}

impl Records {
    /// Keeps the rows of a JSON list that is a part of `answer`, without a copy. `None` where they are something else than
    /// whole objects whose fields stand where they are looked for: those have to be read at once.
    pub(crate) fn kept(resource: &Resource, answer: &Arc<Vec<u8>>, list: &RawValue) -> Option<Self> {
        if resource.fields.iter().any(|field| !field.at.is_empty()) {
            return None;
        }
        // All of it is a part of the answer.
        let start = place(answer, list.get())?.start;
        let in_answer = |place: Range<usize>| {
            Some(start + u32::try_from(place.start).ok()?..start + u32::try_from(place.end).ok()?)
        };
        let mut rows = Vec::new();
        scan::objects(list.get(), &resource.key, |object| {
            let key = match plain_key(list.get(), &object) {
                Some(place) => Key::Sent(in_answer(place)?),
                None => made_key(list.get(), &object),
            };
            rows.push(Row::Sent { answer: answer.clone(), place: in_answer(object.place)?, key });
            Some(())
        })?;
        Some(Self(rows))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record at that place.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Record> {
        self.0.get(index).map(Row::record)
    }

    /// All of them, read one by one.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Record> + '_ {
        self.0.iter().map(Row::record)
    }

    /// Their keys in the console's URLs, as [`Record::key`] makes them.
    pub fn keys<'a>(&'a self, resource: &'a Resource) -> impl Iterator<Item = Option<Cow<'a, str>>> + 'a {
        self.0.iter().map(|row| match row {
            Row::Read(record) => record.key(resource).map(Cow::Owned),
            Row::Sent { key: Key::None, .. } => None,
            Row::Sent { key: Key::Made(key), .. } => Some(Cow::Borrowed(&**key)),
            Row::Sent { answer, key: Key::Sent(place), .. } => {
                str::from_utf8(part(answer, place)).ok().map(Cow::Borrowed)
            }
        })
    }

    /// Keeps those that are wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&Record) -> bool) {
        self.0.retain(|row| is_wanted(&row.record()));
    }

    /// Adds further ones.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl From<Vec<Record>> for Records {
    fn from(records: Vec<Record>) -> Self {
        records.into_iter().collect()
    }
}

impl FromIterator<Record> for Records {
    fn from_iter<T: IntoIterator<Item = Record>>(records: T) -> Self {
        Self(records.into_iter().map(|record| Row::Read(Box::new(record))).collect())
    }
}

impl IntoIterator for Records {
    type Item = Record;
    type IntoIter = std::vec::IntoIter<Record>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(Row::into_record).collect::<Vec<_>>().into_iter()
    }
}

fn part<'a>(answer: &'a [u8], place: &Range<u32>) -> &'a [u8] {
    answer.get(place.start as usize..place.end as usize).unwrap_or_default()
}

/// Where the key of an object stands that is one number or one plain word: a thousand of them need no room of their own.
fn plain_key(list: &str, object: &Object<'_>) -> Option<Range<usize>> {
    /// Digits of which every number is one that is read exactly (2^64 has 20).
    const EXACT: usize = 19;
    let [Some(place)] = object.members else { return None };
    let text = list.get(place.clone())?;
    let value = text.trim();
    let start = place.start + (text.len() - text.trim_start().len());
    let is_plain = |inside: &str| !inside.contains(['\\', '%', '~']);
    match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(inside) => is_plain(inside).then_some(start + 1..start + 1 + inside.len()),
        None => {
            let is_number = value.len() <= EXACT && value.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(start..start + value.len())
        }
    }
}

fn made_key(list: &str, object: &Object<'_>) -> Key {
    let member = |place: &Option<Range<usize>>| {
        let value: Value = serde_json::from_slice(list.get(place.clone()?)?.as_bytes()).ok()?;
        value_text(&value)
    };
    let parts = object.members.iter().map(member).collect::<Option<Vec<_>>>();
    parts.map_or(Key::None, |parts| Key::Made(joined_key(&parts).into_boxed_str()))
}

/// Where a text stands in the answer that it is borrowed from. `None` where it is not, or beyond what a number of 32 bits
/// counts.
fn place(answer: &[u8], text: &str) -> Option<Range<u32>> {
    let start = text.as_ptr().addr().checked_sub(answer.as_ptr().addr())?;
    let end = start.checked_add(text.len()).filter(|end| *end <= answer.len())?;
    Some(start.try_into().ok()?..end.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resource(fields: &Value) -> Resource {
        serde_json::from_value(json!({
            "id": "a", "title": "A", "singular": "a", "area": "x", "fields": fields, "operations": [],
            "key": ["host", "id"]
        }))
        .expect("a resource")
    }

    fn raw(list: &str) -> &RawValue {
        serde_json::from_str(list).expect("JSON")
    }

    fn kept(list: &str) -> Option<Records> {
        kept_of(&resource(&json!([])), list)
    }

    fn kept_of(resource: &Resource, list: &str) -> Option<Records> {
        let answer = Arc::new(format!("{{\"result\": {list}}}").into_bytes());
        let parts: std::collections::BTreeMap<String, &RawValue> =
            serde_json::from_slice(&answer).expect("an answer");
        Records::kept(resource, &answer, parts["result"])
    }

    #[test]
    fn records_are_what_the_box_wrote() {
        let list = r#"[{"id": 18446744073709551615, "host": "a~b", "none": null, "deep": {"x": [1.5, -9223372036854775808]}},
            {"id": 2, "host": "\u00e9\n", "empty": ""}, {"id": 3, "host": null}, {"id": 4}]"#;
        let records = kept(list).expect("records");
        let read: Vec<serde_json::Map<String, Value>> = serde_json::from_str(list).expect("the same");
        let read: Records = read.into_iter().map(Record).collect();
        assert_eq!(records, read);
        assert_eq!((records.len(), records.get(4)), (4, None));
        let first = records.get(0).expect("a record");
        assert_eq!(first.text("id").as_deref(), Some("18446744073709551615"));
        assert_eq!((first.get("none"), first.get("empty")), (Some(&Value::Null), None));
        let of = resource(&json!([]));
        let keys: Vec<_> = records.keys(&of).collect();
        assert_eq!(keys, [Some("a%7Eb~18446744073709551615".into()), Some("é\n~2".into()), None, None]);
        let of_one = Resource { key: vec!["host".to_owned()], ..of.clone() };
        for resource in [&of_one, &Resource { key: vec!["id".to_owned()], ..of.clone() }] {
            let list = list
                .replace("\"a~b\"", " \"plain\" ")
                .replace("4}", r#"4, "host": ""}, {"id": " ", "host": "%"}"#);
            let answer = Arc::new(list.clone().into_bytes());
            let text = str::from_utf8(&answer).expect("text");
            let one = Records::kept(resource, &answer, raw(text)).expect("records");
            let read: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&list).expect("the same");
            let read: Records = read.into_iter().map(Record).collect();
            assert_eq!(one.keys(resource).collect::<Vec<_>>(), read.keys(resource).collect::<Vec<_>>());
        }
        assert_eq!(keys, read.keys(&of).collect::<Vec<_>>());
    }

    #[test]
    fn what_would_not_be_read_later_is_not_kept() {
        assert!(kept(r#"[{"id": 1e999}]"#).is_none());
        assert!(kept(r#"[{"id": 1, "deep": {"x": [1e999]}}]"#).is_none());
        assert!(kept(r#"[{"id": 1}, 7]"#).is_none());
        let at = resource(&json!([{ "name": "x", "label": "X", "type": "text", "at": ["y", "z"] }]));
        assert!(kept_of(&at, "[]").is_none());
        assert_eq!(place(b"{}", "elsewhere"), None);
    }

    #[test]
    fn pages_grow_and_are_sifted() {
        let mut records = kept(r#"[{"id": 1}, {"id": 2}]"#).expect("records");
        records.extend(kept(r#"[{"id": 3}]"#).expect("records"));
        records.retain(|record| record.text("id").as_deref() != Some("2"));
        let ids: Vec<_> = records.into_iter().filter_map(|record| record.text("id")).collect();
        assert_eq!(ids, ["1", "3"]);
    }
}
