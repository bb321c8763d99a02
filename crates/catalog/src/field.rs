//! A field: a typed, named value of a record or an input of an operation.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::kind::Operator;
use crate::spelling::Spelling;
use crate::stamp::Stamp;

/// Name of the member of an object that stands for all that the others do not describe: forms take them as one JSON object.
pub const OTHERS: &str = "*";

/// A typed, named value. In a resource it describes a record; in an operation it describes an input.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Field {
    /// Key on the wire, taken whole (`bios.state` is one key).
    pub name: String,
    /// Where the value is inside the record, where it is not the record's member of that name
    /// (`["certificate", "expires_on"]`; `type=LIMIT` picks the item of a list whose member `type` is `LIMIT`). Such a value
    /// is read only; [`crate::Resource::lift`] brings it to the top.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<String>,
    /// What a person reads, in sentence case, without a unit (`Size`).
    pub label: String,
    /// The field of the record of whose amount this is a share (`size` for a volume's `used`). Both are amounts of data in one
    /// unit; a bar shows how full it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How the value is read, shown and typed.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Types in place of its own where the record says so: the first whose conditions hold. Forms take its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeWhen>,
    /// One or two sentences of help, needed for every field that a form shows unless its label says it all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// What a count above zero, or a yes, says about health (failed drives).
    #[serde(skip_serializing_if = "Tone::is_plain")]
    pub tone: Tone,
    /// Group of the record page and the form (`Resource::groups`). Empty: before all groups.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Whether the box sends null for it, or accepts null.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// A value that stands for "none" besides null (0 for a missing parent).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<Value>,
    /// Never shown, never stored, never in a copied command; forms take it as a password and empty means unchanged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Marks a secret that the box returns masked, here the mask (`******`). A masked value is never written back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<String>,
    /// Whether the box can filter by it, and with which operators.
    #[serde(skip_serializing_if = "Allowed::is_no")]
    pub filter: Allowed,
    /// Name that the box wants in a filter, where it is not the field's own (`node` for `node_uuid`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_as: Option<String>,
    /// Whether the box can sort by it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sort: bool,
    /// Whether it can be set when a record is created.
    #[serde(skip_serializing_if = "Settable::is_no")]
    pub create: Settable,
    /// Whether it can be changed afterwards.
    #[serde(skip_serializing_if = "Settable::is_no")]
    pub update: Settable,
    /// Fields of one `together` name travel in one PUT even where a resource takes one field per PUT (CHAP settings).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub together: String,
    /// The box works the value out and refuses it from others: an update of the whole object leaves it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub computed: bool,
    /// How the wire spells the value, where that is not what its type says. Records and forms have the type's own.
    #[serde(skip_serializing_if = "Spelling::is_own")]
    pub wire: Spelling,
    /// Value that the box assumes when the field is left out of a create.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Least and greatest length of a text in characters, or least and greatest count of a list's items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<(u64, u64)>,
    /// Least value, in the unit of the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Value>,
    /// Greatest value, in the unit of the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Value>,
    /// The value must be a multiple of this, in the unit of the wire (512 for a volume's size).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<u64>,
    /// A number that an update can only raise: the box refuses less than what the record holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub grows: bool,
    /// Regular expression in JavaScript's syntax that the whole text must match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where the box keeps what it asks of the value, which differs from box to box (the rules for passwords).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
    /// Fields of one `vocabulary` hold the same kind of values, of which no call gives a list (the regions of a system): where one
    /// is typed, what records have shown in this session is offered. Empty: none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vocabulary: String,
    /// For a list of objects: its last item, and no other, has this value (the step of a price that takes all the rest).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<LastItem>,
    /// Example shown inside an empty input. Own values only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// A form shows and sends it only where the other inputs satisfy all of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<crate::operation::Condition>,
}

/// A type that values have in some records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeWhen {
    /// The type.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// What the other fields of the record must hold.
    pub when: Vec<crate::operation::Condition>,
}

/// What only the last item of a list has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LastItem {
    /// Field of the items.
    pub field: String,
    /// Its value in the last item.
    pub is: Value,
}

/// How a value is read, shown and typed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// One line of text.
    #[default]
    Text,
    /// Several lines of text.
    Multiline,
    /// A whole number, exact over 64 bits.
    Integer,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// An amount of data; the number counts units of this many bytes (1 for bytes, 512 for blocks, 1024 for KiB).
    Bytes(u64),
    /// A share of a hundred.
    Percent,
    /// A share of one (0.25 is shown as 25 %).
    Fraction,
    /// A ratio, shown as `2.5:1`.
    Ratio,
    /// A rate in bits per second.
    BitRate,
    /// A length of time in this unit.
    Duration(SecondsUnit),
    /// A point in time, counted from the epoch in this unit.
    Timestamp(SecondsUnit),
    /// A point in time as ISO 8601 text.
    DateTime,
    /// A point in time in GMT as bare digits.
    Gmt(Stamp),
    /// A point in time on the system's own clock, whose zone nothing tells, as ISO 8601 text to the second (`2026-10-31T18:05:00`).
    LocalTime,
    /// One of a fixed set of values. Values that are not in the set are shown as they are.
    Enum(Vec<Choice>),
    /// The key of a record of another resource.
    Reference(Reference),
    /// An object with known fields.
    Object(Vec<Field>),
    /// A list whose items have this type.
    List(Box<Self>),
    /// An object with free keys, whose values have this type.
    Map(Box<Self>),
    /// Anything; edited as JSON.
    Json,
    /// A file that is uploaded; the accepted endings and media types as an `<input accept>` list.
    File(String),
    /// A certificate, key or request as PEM text.
    Pem,
    /// An e-mail address.
    Email,
    /// An IP address.
    Address,
    /// A time zone by its name in the tz database (`Europe/Berlin`).
    TimeZone,
}

/// Unit of a duration or timestamp on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum SecondsUnit {
    /// Microseconds.
    #[serde(rename = "us")]
    Micro,
    /// Milliseconds.
    #[serde(rename = "ms")]
    Milli,
    /// Seconds.
    #[serde(rename = "s")]
    Second,
    /// Minutes.
    #[serde(rename = "min")]
    Minute,
    /// Hours.
    #[serde(rename = "h")]
    Hour,
    /// Days of 24 hours.
    #[serde(rename = "d")]
    Day,
}

impl SecondsUnit {
    /// Microseconds in one of this unit.
    #[must_use]
    pub const fn micros(self) -> i64 {
        match self {
            Self::Micro => 1,
            Self::Milli => 1_000,
            Self::Second => 1_000_000,
            Self::Minute => 60_000_000,
            Self::Hour => 3_600_000_000,
            Self::Day => 86_400_000_000,
        }
    }
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Value on the wire.
    pub value: String,
    /// What a person reads (`Thin`).
    pub label: String,
    /// What the value says about health; gives the colour and shape of the dot.
    #[serde(skip_serializing_if = "Tone::is_plain")]
    pub tone: Tone,
}

/// What a value says about health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing: shown as plain text.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Under way, changing.
    Busy,
    /// Needs attention, not urgent.
    Warn,
    /// Needs action.
    Bad,
    /// Off, absent or unknown.
    Off,
}

impl Tone {
    /// Whether it is [`Tone::Plain`].
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }
}

/// Where a reference points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The resource of the same catalog.
    pub resource: String,
    /// Field of the target whose value this is, where it is not the target's key (a name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Field of *this* record that already holds the target's name (`pool_name` beside `pool_id`), so that lists need no
    /// further request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// For a target in a sub-collection: the field of this record that holds its parent's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Which of the target's records can be meant: a field of the target, and the field of *this* record whose value it must
    /// have. While that has none, all can.
    #[serde(rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub where_: BTreeMap<String, String>,
}

/// Where the box keeps what it asks of a value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rules {
    /// The resource of the same catalog that there is one of.
    pub resource: String,
    /// Its field of which each member is a rule. `None`: each of its fields is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// Members of an object that is a time of day: `hour`, from 0 to 23, and `minute`, from 0 to 59.
const CLOCK: [(&str, u64); 2] = [("hour", 23), ("minute", 59)];

impl FieldType {
    /// Whether it is an object that holds a time of day: a whole number `hour` up to 23 and another, `minute`, up to 59.
    #[must_use]
    pub fn is_time_of_day(&self) -> bool {
        let Self::Object(fields) = self else { return false };
        CLOCK.iter().all(|(name, most)| {
            fields.iter().any(|field| {
                field.name == *name
                    && field.field_type == Self::Integer
                    && field.max.as_ref().and_then(Value::as_u64) == Some(*most)
            })
        })
    }

    /// Whether it is a point in time: one of the instants that filters can compare and ages can name.
    #[must_use]
    pub const fn is_time(&self) -> bool {
        matches!(self, Self::Timestamp(_) | Self::DateTime)
    }

    /// Whether its value on the wire is a number.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Integer
                | Self::Number
                | Self::Bytes(_)
                | Self::Percent
                | Self::Fraction
                | Self::Ratio
                | Self::BitRate
                | Self::Duration(_)
                | Self::Timestamp(_)
        )
    }
}

/// Which filter operators a field takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Allowed {
    /// `true`: those of the kind; `false`: none.
    Flag(bool),
    /// Exactly these.
    Only(Vec<Operator>),
}

impl Default for Allowed {
    fn default() -> Self {
        Self::Flag(false)
    }
}

impl Allowed {
    /// Whether no operator is allowed.
    #[must_use]
    pub fn is_no(&self) -> bool {
        match self {
            Self::Flag(flag) => !flag,
            Self::Only(operators) => operators.is_empty(),
        }
    }
}

/// Whether a field can be set by an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Settable {
    /// Cannot be set.
    #[default]
    No,
    /// Can be set.
    Optional,
    /// Must be set.
    Required,
}

impl Settable {
    /// Whether it is [`Settable::No`].
    #[must_use]
    pub const fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }
}

impl Field {
    /// The field as a record has it, of which `get` finds the values: with the type that they decide on.
    #[must_use]
    pub fn within<'a>(&self, get: impl Fn(&str) -> Option<&'a Value>) -> Cow<'_, Self> {
        let holds = |one: &&TypeWhen| one.when.iter().all(|condition| condition.holds(get(&condition.field)));
        match self.types.iter().find(holds) {
            Some(one) => Cow::Owned(Self { field_type: one.field_type.clone(), ..self.clone() }),
            None => Cow::Borrowed(self),
        }
    }

    /// Whether an empty text is a value like others even where the field has to be sent: it is what the box assumes.
    #[must_use]
    pub fn takes_empty(&self) -> bool {
        self.default.as_ref().and_then(Value::as_str) == Some("")
    }

    /// Whether the value stands for "nothing here": null, absent, or the field's own sentinel.
    #[must_use]
    pub fn is_none(&self, value: Option<&Value>) -> bool {
        match value {
            None | Some(Value::Null) => true,
            Some(value) => self.none.as_ref() == Some(value),
        }
    }
}
