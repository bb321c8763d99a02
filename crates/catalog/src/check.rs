//! Checks of a catalog beyond its form: whether everything that it names exists, and whether a person can use it.

mod chart;
mod field;
mod kind;
mod operation;
mod path;
mod resource;
mod words;

use crate::fault::Fault;
use crate::files::{SourceFile, Sources};
use crate::kind::Catalog;
use crate::operation::Condition;
use crate::position::{Step, line_of};
use crate::resource::Resource;

/// Every fault of a catalog, in the order of the files and lines.
#[must_use]
pub fn check(sources: &Sources) -> Vec<Fault> {
    let mut report = Report { faults: Vec::new() };
    kind::check(sources, &Place::of(&sources.kind), &mut report);
    for (resource, file) in sources.catalog.resources.iter().zip(&sources.resources) {
        resource::check(Scope { catalog: &sources.catalog, resource }, &Place::of(file), &mut report);
    }
    operation::check_unique(sources, &mut report);
    report.faults.sort();
    report.faults
}

/// The faults found so far.
struct Report {
    faults: Vec<Fault>,
}

impl Report {
    fn add(&mut self, place: &Place<'_>, message: impl Into<String>) {
        self.faults.push(Fault {
            file: place.file.name.clone(),
            line: line_of(&place.file.text, &place.path),
            message: message.into(),
        });
    }

    /// Adds the message unless the condition holds.
    fn need(&mut self, holds: bool, place: &Place<'_>, message: impl FnOnce() -> String) {
        if !holds {
            self.add(place, message());
        }
    }

    /// Adds a fault for every item that occurs before in the list.
    fn unique<'a>(
        &mut self,
        items: impl IntoIterator<Item = &'a str>,
        what: &str,
        place: impl Fn(usize) -> Place<'a>,
    ) {
        let mut seen = std::collections::HashSet::new();
        for (index, item) in items.into_iter().enumerate() {
            self.need(seen.insert(item), &place(index), || format!("{what} {item} occurs twice"));
        }
    }
}

/// A value in a file.
#[derive(Clone)]
struct Place<'a> {
    file: &'a SourceFile,
    path: Vec<Step>,
}

impl<'a> Place<'a> {
    const fn of(file: &'a SourceFile) -> Self {
        Self { file, path: Vec::new() }
    }

    /// The member or item of this value.
    fn at(&self, step: impl Into<Step>) -> Self {
        let mut place = self.clone();
        place.path.push(step.into());
        place
    }
}

/// What a check looks at: a resource of a catalog.
#[derive(Clone, Copy)]
struct Scope<'a> {
    catalog: &'a Catalog,
    resource: &'a Resource,
}

impl Scope<'_> {
    fn need_resource(&self, id: &str, place: &Place<'_>, report: &mut Report) {
        report.need(self.catalog.resource(id).is_some(), place, || format!("there is no resource {id}"));
    }

    fn need_field(&self, name: &str, place: &Place<'_>, report: &mut Report) {
        report.need(self.resource.field(name).is_some(), place, || {
            format!("the resource {} has no field {name}", self.resource.id)
        });
    }
}

/// Checks conditions on the values of some fields, which `find` knows by name.
fn check_conditions<'a>(
    conditions: &[Condition],
    find: impl Fn(&str) -> Option<&'a crate::field::Field>,
    place: &Place<'_>,
    report: &mut Report,
) {
    for (index, condition) in conditions.iter().enumerate() {
        let place = place.at(index);
        report.need(!condition.is.is_empty() || !condition.not.is_empty(), &place, || {
            "the condition needs values in is or in not".to_owned()
        });
        let Some(field) = find(&condition.field) else {
            report.add(&place.at("field"), format!("there is no field {} to look at", condition.field));
            continue;
        };
        for (key, values) in [("is", &condition.is), ("not", &condition.not)] {
            for (index, value) in values.iter().enumerate() {
                let fits = value.is_null() || field::fits(&field.field_type, value);
                report.need(fits, &place.at(key).at(index), || {
                    format!("{value} is not a value of the field {}", field.name)
                });
            }
        }
    }
}

/// Whether an identifier consists of lower-case letters, digits and dashes, and begins with a letter.
fn is_identifier(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && !id.ends_with('-')
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn need_identifier(id: &str, place: &Place<'_>, report: &mut Report) {
    report.need(is_identifier(id), place, || {
        format!("{id:?} is not an identifier: lower-case letters, digits and dashes, beginning with a letter")
    });
}
