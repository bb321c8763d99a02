//! What a list can be filtered by, and who applies a term.

use boxdeck_catalog::{Catalog, Field, FieldType, Operator, Reference, Resource};

use super::Term;
use crate::{Dialect, ListTarget};

/// A field that a list can be filtered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Filterable {
    /// The field, or the parameter of the list that reads like one.
    pub field: Field,
    /// The comparisons that can be made, in the order of a menu.
    pub operators: Vec<Operator>,
    /// Those among them that the box applies itself. The browser applies the others to the rows that it has loaded.
    pub by_box: Vec<Operator>,
    /// Its values tell records apart and have no order of their own: it points to records, or is the key of the list's own.
    pub identifies: bool,
}

impl Filterable {
    /// The comparisons that make sense with the field, in the order of a menu. All others can be made too: an address may hold
    /// one, and the box may answer it.
    pub fn offered(&self) -> impl Iterator<Item = Operator> + '_ {
        use Operator::{Between, Geq, Gt, Leq, Like, Lt};
        let is_number = self.field.field_type.is_number();
        let by_key = reference(&self.field).is_some_and(|reference| reference.by.is_none());
        let own = self.operators.iter().copied();
        own.filter(move |operator| match operator {
            // Identifiers stand for records: which of two is greater says nothing.
            Lt | Leq | Gt | Geq | Between => !self.identifies,
            Like => !(by_key || self.identifies && is_number),
            _ => true,
        })
    }
}

/// What a field points to, itself or with each of its items.
#[must_use]
pub fn reference(field: &Field) -> Option<&Reference> {
    match &field.field_type {
        FieldType::Reference(reference) => Some(reference),
        FieldType::List(item) => match &**item {
            FieldType::Reference(reference) => Some(reference),
            _ => None,
        },
        _ => None,
    }
}

/// Who applies a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The box: what it counts and sends are the records that match.
    Box,
    /// The browser, on the rows that it has loaded.
    Browser,
}

/// Everything that a list can be filtered by, in the order of the catalog.
#[must_use]
pub fn filterables(catalog: &Catalog, dialect: &dyn Dialect, target: ListTarget<'_>) -> Vec<Filterable> {
    let resource = target.resource;
    let parameters = target
        .operation
        .inputs()
        .filter(|parameter| !parameter.field.create.is_no())
        .map(|parameter| &parameter.field)
        .filter(|field| resource.field(&field.name).is_none());
    let fields = resource.fields.iter().chain(parameters).filter(|field| !field.secret);
    let offers = fields.map(|field| {
        let allowed = dialect.operators(catalog, target, &field.name);
        let here = resource.field(&field.name).map_or(&[][..], |field| comparable(&field.field_type));
        let all = Operator::ALL.into_iter();
        Filterable {
            field: field.clone(),
            identifies: reference(field).is_some() || is_key(resource, &field.name),
            operators: all.clone().filter(|one| allowed.contains(one) || here.contains(one)).collect(),
            by_box: all.filter(|one| allowed.contains(one)).collect(),
        }
    });
    offers.filter(|offer| !offer.operators.is_empty()).collect()
}

/// Who applies each of the terms; `None` for one that nobody can apply.
#[must_use]
pub fn sides(
    catalog: &Catalog,
    dialect: &dyn Dialect,
    target: ListTarget<'_>,
    terms: &[Term],
) -> Vec<Option<Side>> {
    let by_box = dialect.applied(catalog, target, terms);
    let sides = terms.iter().zip(by_box).map(|(term, by_box)| {
        if by_box {
            return Some(Side::Box);
        }
        let field = target.resource.field(&term.field).filter(|field| !field.secret)?;
        comparable(&field.field_type).contains(&term.operator).then_some(Side::Browser)
    });
    sides.collect()
}

/// Whether a field is a key of records that says nothing else, so that they have a name beside it.
fn is_key(resource: &Resource, field: &str) -> bool {
    field != resource.name_field() && resource.key.iter().any(|key| key == field)
}

/// Comparisons that the browser can make with values of a type.
fn comparable(field_type: &FieldType) -> &'static [Operator] {
    use FieldType as T;
    use Operator::{Between, Eq, Geq, Gt, In, Is, IsNot, Leq, Like, Lt, Neq, NotIn};
    match field_type {
        T::Text | T::Email | T::Address | T::TimeZone | T::Reference(_) => &Operator::ALL,
        T::Enum(_) => &[Eq, Neq, Like, In, NotIn, Is, IsNot],
        T::Boolean => &[Eq, Neq, Is, IsNot],
        T::List(item) if is_single(item) => &[Eq, Neq, Like, In, NotIn, Is, IsNot],
        T::Multiline | T::Pem => &[Like, Is, IsNot],
        T::List(_) | T::Map(_) | T::Object(_) | T::Json => &[Like, Is, IsNot],
        T::File(_) => &[],
        // Numbers and points in time.
        _ => &[Eq, Neq, In, NotIn, Lt, Leq, Gt, Geq, Between, Is, IsNot],
    }
}

/// Whether items of a list are single values.
const fn is_single(item: &FieldType) -> bool {
    use FieldType as T;
    !matches!(item, T::Object(_) | T::List(_) | T::Map(_) | T::Json | T::File(_))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::query::url::parse_term;
    use crate::{InfiniBox, Ironic};

    fn catalog(dialect: &str) -> Catalog {
        serde_json::from_value(json!({
            "kind": { "id": "box", "title": "Box", "version": "1", "dialect": dialect, "areas": [], "operators": ["eq", "in"] },
            "resources": [{
                "id": "volumes", "title": "Volumes", "singular": "volume", "area": "storage",
                "fields": [
                    { "name": "name", "label": "Name", "filter": true },
                    { "name": "used", "label": "Used", "type": { "bytes": 1 } },
                    { "name": "word", "label": "Word", "secret": true },
                    { "name": "file", "label": "File", "type": { "file": "" } }
                ],
                "operations": [{
                    "id": "volumes.list", "kind": "list", "method": "GET", "path": "/volumes", "title": "List", "result": "page",
                    "parameters": [{ "in": "query", "field": { "name": "since", "label": "Since", "create": "optional" } }]
                }]
            }]
        }))
        .expect("a catalog")
    }

    fn with_target<T>(catalog: &Catalog, run: impl FnOnce(ListTarget<'_>) -> T) -> T {
        let resource = catalog.resource("volumes").expect("the resource");
        let operation = resource.operations.first().expect("the operation");
        run(ListTarget { resource, operation, parent: None })
    }

    fn sides_of(dialect: &dyn Dialect, terms: &[&str]) -> Vec<Option<Side>> {
        let catalog = catalog(dialect.id());
        let terms: Vec<Term> = terms.iter().map(|term| parse_term(term).expect("a term")).collect();
        with_target(&catalog, |target| sides(&catalog, dialect, target, &terms))
    }

    #[test]
    fn the_browser_offers_what_the_box_does_not() {
        let catalog = catalog("infinibox");
        let offers = with_target(&catalog, |target| filterables(&catalog, &InfiniBox, target));
        let names: Vec<&str> = offers.iter().map(|offer| offer.field.name.as_str()).collect();
        assert_eq!(names, ["name", "used", "since"]);
        assert_eq!(offers[0].by_box, [Operator::Eq, Operator::In]);
        assert_eq!(offers[0].operators, Operator::ALL);
        assert!(offers[1].by_box.is_empty() && !offers[1].operators.contains(&Operator::Like));
        // Only the box knows what a parameter of the list means.
        assert_eq!(offers[2].operators, [Operator::Eq]);
    }

    #[test]
    fn each_term_has_one_side_or_none() {
        let terms = [
            "name:eq:a",
            "name:like:a",
            "name:in:a\\,b,c",
            "used:gt:1",
            "used:like:1",
            "word:eq:a",
            "gone:eq:a",
        ];
        let (by_box, browser) = (Some(Side::Box), Some(Side::Browser));
        assert_eq!(sides_of(&InfiniBox, &terms), [by_box, browser, browser, browser, None, None, None]);
    }

    #[test]
    fn a_service_that_honours_one_value_gets_one() {
        let terms = ["name:eq:a", "name:eq:b", "name:neq:a"];
        let (by_box, browser) = (Some(Side::Box), Some(Side::Browser));
        assert_eq!(sides_of(&Ironic, &terms), [by_box, browser, browser]);
    }
}
