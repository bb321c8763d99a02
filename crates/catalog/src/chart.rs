//! How the records of a list are drawn over time.

use serde::Serialize;

use crate::field::{FieldType, SecondsUnit};
use crate::operation::Condition;

/// What a list's records are as points in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Field that holds when a value was.
    pub time: String,
    /// What is drawn: the first whose conditions the filter of the list satisfies.
    pub values: Vec<Drawn>,
    /// Field that tells records of several things apart (a region). Each gets a chart of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Parameters of the list with choices, which are offered beside the chart. What the first one has chosen names the chart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The stretch of time that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// A field that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawn {
    /// The field.
    pub field: String,
    /// What it is called. Default: the field's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What its numbers mean here, where that depends on the filter. Default: the field's type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub value_type: Option<FieldType>,
    /// For a rate: in what time so much of it passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<SecondsUnit>,
    /// Conditions on the filter of the list. What it leaves out has the default of its parameter, else null.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// What else says something then: fields that the table shows beside the drawn one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Measure>,
}

/// What a field of numbers means with some filter of its list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// The field.
    pub field: String,
    /// What it is called then. Default: the field's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What its numbers mean then. Default: the field's type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub value_type: Option<FieldType>,
}

/// Two parameters of a list that bound what it shows, each a [`Stamp::Minute`](crate::Stamp::Minute).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Parameter for the beginning.
    pub from: String,
    /// Parameter for the end.
    pub until: String,
    /// Lengths that are offered, in hours. The first is what a chart begins with.
    pub hours: Vec<u64>,
}

impl Chart {
    /// The fields that a chart needs of each record.
    pub fn fields(&self) -> impl Iterator<Item = &String> {
        let values = self.values.iter().map(|drawn| &drawn.field);
        std::iter::once(&self.time).chain(&self.by).chain(values)
    }
}
