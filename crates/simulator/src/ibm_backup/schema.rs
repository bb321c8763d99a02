//! The documented operations and models, and whether a request keeps to them.
//!
//! The facts are those that the tests of the catalog compare with too. Messages are worded as the service's: a name, and
//! where it is (`name in body is required`).

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::fault::Fault;
use crate::message::{Method, Request, decode_segment};

const OPERATIONS: &str = include_str!("../../../../tests/facts/ibm-backup.tsv");
const MODELS: &str = include_str!("../../../../tests/facts/ibm-backup.models.tsv");

/// What a value can be.
#[derive(Debug)]
enum Kind {
    Text,
    Int,
    Bool,
    Enum(Vec<&'static str>),
    Model(&'static str),
    List(Box<Self>),
}

/// A member of a model, or a parameter.
#[derive(Debug)]
struct Member {
    name: &'static str,
    required: bool,
    /// Only answers hold it.
    read_only: bool,
    kind: Kind,
}

/// A documented operation.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) id: &'static str,
    method: Method,
    segments: Vec<&'static str>,
    query: Vec<Member>,
    headers: Vec<Member>,
    body: Vec<Member>,
}

/// All that is documented.
pub(super) struct Schema {
    operations: Vec<Operation>,
    models: BTreeMap<&'static str, Vec<Member>>,
}

impl Kind {
    fn parse(text: &'static str) -> Self {
        if let Some(item) = text.strip_prefix("[]") {
            return Self::List(Box::new(Self::parse(item)));
        }
        match text {
            "text" => Self::Text,
            "int" => Self::Int,
            "bool" => Self::Bool,
            _ => match text.strip_prefix('{') {
                Some(values) => Self::Enum(values.trim_end_matches('}').split('|').collect()),
                None => Self::Model(text),
            },
        }
    }
}

fn members(cell: &'static str) -> Vec<Member> {
    let fields = cell.split(',').filter_map(|field| field.split_once(':'));
    fields
        .map(|(name, kind)| Member {
            name: name.trim_end_matches('*'),
            required: name.ends_with('*'),
            read_only: false,
            kind: Kind::parse(kind),
        })
        .collect()
}

impl Schema {
    /// Reads the facts.
    pub(super) fn documented() -> Self {
        let operations = OPERATIONS.lines().skip(1).filter_map(|line| {
            let mut cells = line.split('\t').skip(1);
            let method = Method::parse(cells.next()?)?;
            let segments = cells.next()?.split('/').filter(|part| !part.is_empty()).collect();
            let id = cells.next()?;
            let mut cells = cells.skip(5);
            Some(Operation {
                id,
                method,
                segments,
                query: members(cells.next()?),
                headers: members(cells.next()?),
                body: members(cells.next()?),
            })
        });
        let mut models: BTreeMap<&'static str, Vec<Member>> = BTreeMap::new();
        for line in MODELS.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            let (model, name, required, read_only, kind) = (next(), next(), next(), next(), next());
            models.entry(model).or_default().push(Member {
                name,
                required: required == "yes",
                read_only: read_only == "yes",
                kind: Kind::parse(kind),
            });
        }
        Self { operations: operations.collect(), models }
    }

    /// The operation of a request, and the values of its path's placeholders in their order.
    ///
    /// # Errors
    ///
    /// 404 if none has that method and path.
    pub(super) fn find(&self, request: &Request) -> Result<(&Operation, Vec<String>), Fault> {
        let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let fits = |operation: &&Operation| {
            operation.method == request.method
                && operation.segments.len() == parts.len()
                && operation
                    .segments
                    .iter()
                    .zip(&parts)
                    .all(|(known, part)| known.starts_with('{') || known == part)
        };
        // A fixed segment is meant before a placeholder: `connectors/metadata`.
        let fixed =
            |operation: &&Operation| operation.segments.iter().filter(|part| !part.starts_with('{')).count();
        let operation = self.operations.iter().filter(fits).max_by_key(fixed).ok_or_else(Fault::no_route)?;
        let values = operation.segments.iter().zip(&parts).filter(|(known, _)| known.starts_with('{'));
        Ok((operation, values.map(|(_, part)| decode_segment(part).into_owned()).collect()))
    }

    /// The request's body, after making sure that query, headers and body are as documented. A null in the body is the same
    /// as nothing, whatever its name: clients that are generated from the models of a later release send one for every
    /// member that they don't set.
    ///
    /// # Errors
    ///
    /// 400 with the name of the first member that is missing, unknown or wrong.
    pub(super) fn check(&self, operation: &Operation, request: &Request) -> Result<Json, Fault> {
        for (name, value) in &request.query {
            let Some(member) = operation.query.iter().find(|member| member.name == name) else {
                return Err(Fault::invalid(format!("{name} in query is a forbidden property")));
            };
            parameter(&member.kind, value).map_err(|why| why.at(name, "query"))?;
        }
        for member in &operation.headers {
            if let Some(value) = request.header_value(&member.name.to_ascii_lowercase()) {
                parameter(&member.kind, value).map_err(|why| why.at(member.name, "header"))?;
            }
        }
        if operation.body.is_empty() {
            return match request.body.is_empty() {
                true => Ok(Json::Null),
                false => Err(Fault::invalid("body in body is a forbidden property")),
            };
        }
        let mut body: Json = serde_json::from_slice(&request.body)
            .map_err(|error| Fault::invalid(format!("body in body must be of type object: {error}")))?;
        forget_nulls(&mut body);
        match &body {
            Json::Object(members) => self.members(&operation.body, members, "")?,
            _ => return Err(Fault::invalid("body in body must be of type object")),
        }
        Ok(body)
    }

    fn members(&self, known: &[Member], given: &Map<String, Json>, at: &str) -> Result<(), Fault> {
        let path = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
        for member in known.iter().filter(|member| member.required && !member.read_only) {
            if !given.contains_key(member.name) {
                return Err(Fault::invalid(format!("{} in body is required", path(member.name))));
            }
        }
        for (name, value) in given {
            let Some(member) = known.iter().find(|member| member.name == name && !member.read_only) else {
                return Err(Fault::invalid(format!("{} in body is a forbidden property", path(name))));
            };
            self.value(&member.kind, value, &path(name))?;
        }
        Ok(())
    }

    fn value(&self, kind: &Kind, value: &Json, at: &str) -> Result<(), Fault> {
        let wrong = |expected: &str| Err(Fault::invalid(format!("{at} in body must be of type {expected}")));
        match (kind, value) {
            (Kind::Text, Json::String(_)) | (Kind::Bool, Json::Bool(_)) => Ok(()),
            (Kind::Int, Json::Number(number)) if number.is_i64() || number.is_u64() => Ok(()),
            (Kind::Enum(known), Json::String(text)) => match known.contains(&text.as_str()) {
                true => Ok(()),
                false => Err(Fault::invalid(format!("{at} in body should be one of {known:?}"))),
            },
            (Kind::List(item), Json::Array(items)) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, value)| self.value(item, value, &format!("{at}.{index}"))),
            (Kind::Model(model), Json::Object(members)) => {
                self.members(self.models.get(model).map_or(&[], Vec::as_slice), members, at)
            }
            (Kind::Text, _) => wrong("string"),
            (Kind::Bool, _) => wrong("boolean"),
            (Kind::Int, _) => wrong("int64"),
            (Kind::Enum(_), _) => wrong("string"),
            (Kind::List(_), _) => wrong("array"),
            (Kind::Model(_), _) => wrong("object"),
        }
    }

    /// Names of an answer that a model does not have, each with its path; values of enums that it does not know.
    #[cfg(test)]
    pub(super) fn strangers(&self, model: &str, value: &Json, at: &str, found: &mut Vec<String>) {
        let Json::Object(members) = value else { return };
        let known = self.models.get(model).map_or(&[][..], Vec::as_slice);
        for (name, value) in members {
            match known.iter().find(|member| member.name == name) {
                None => found.push(format!("{at}{model}.{name}")),
                Some(member) => self.strange(&member.kind, value, &format!("{at}{name}."), found),
            }
        }
    }

    #[cfg(test)]
    fn strange(&self, kind: &Kind, value: &Json, at: &str, found: &mut Vec<String>) {
        match (kind, value) {
            (_, Json::Null)
            | (Kind::Text, Json::String(_))
            | (Kind::Int, Json::Number(_))
            | (Kind::Bool, Json::Bool(_)) => {}
            (Kind::Enum(known), Json::String(text)) if known.contains(&text.as_str()) => {}
            (Kind::List(item), Json::Array(items)) => {
                items.iter().for_each(|value| self.strange(item, value, at, found));
            }
            (Kind::Model(model), Json::Object(_)) => self.strangers(model, value, at, found),
            _ => found.push(format!("{at} holds {value}")),
        }
    }

    /// The operations' ids.
    #[cfg(test)]
    pub(super) fn ids(&self) -> Vec<&'static str> {
        self.operations.iter().map(|operation| operation.id).collect()
    }
}

/// Takes the members that are null out of every object.
fn forget_nulls(value: &mut Json) {
    match value {
        Json::Object(members) => {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(forget_nulls);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_nulls),
        _ => {}
    }
}

/// What is wrong with a parameter, without its name.
struct Wrong(String);

impl Wrong {
    fn at(self, name: &str, place: &str) -> Fault {
        Fault::invalid(format!("{name} in {place} {}", self.0))
    }
}

/// Lists come in one parameter, joined by commas.
fn parameter(kind: &Kind, text: &str) -> Result<(), Wrong> {
    let wrong = |expected: &str| Err(Wrong(format!("must be of type {expected}: {text:?}")));
    match kind {
        Kind::List(item) => text.split(',').try_for_each(|part| parameter(item, part)),
        Kind::Int if text.parse::<i64>().is_err() => wrong("int64"),
        Kind::Bool if !matches!(text, "true" | "false") => wrong("boolean"),
        Kind::Enum(known) if !known.contains(&text) => Err(Wrong(format!("should be one of {known:?}"))),
        _ => Ok(()),
    }
}
