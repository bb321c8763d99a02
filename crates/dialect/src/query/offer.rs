//! What a list can be filtered by, and who applies a term.

use boxdeck_catalog::{Catalog, Field, FieldType, Operator};

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
        .parameters
        .iter()
        .filter(|parameter| parameter.from.is_input() && !parameter.field.create.is_no())
        .map(|parameter| &parameter.field)
        .filter(|field| resource.field(&field.name).is_none());
    let fields = resource.fields.iter().chain(parameters).filter(|field| !field.secret);
    let offers = fields.map(|field| {
        let allowed = dialect.operators(catalog, target, &field.name);
        let here = resource.field(&field.name).map_or(&[][..], |field| comparable(&field.field_type));
        let all = Operator::ALL.into_iter();
        Filterable {
            field: field.clone(),
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

/// Comparisons that the browser can make with values of a type.
fn comparable(field_type: &FieldType) -> &'static [Operator] {
    use FieldType as T;
    use Operator::{Between, Eq, Geq, Gt, In, Is, IsNot, Leq, Like, Lt, Neq, NotIn};
    match field_type {
        T::Text | T::Email | T::Address | T::Reference(_) => &Operator::ALL,
        T::Enum(_) => &[Eq, Neq, Like, In, NotIn, Is, IsNot],
        T::Integer
        | T::Number
        | T::Bytes(_)
        | T::Percent
        | T::Fraction
        | T::Ratio
        | T::BitRate
        | T::Duration(_)
        | T::Timestamp(_)
        | T::DateTime => &[Eq, Neq, In, NotIn, Lt, Leq, Gt, Geq, Between, Is, IsNot],
        T::Boolean => &[Eq, Neq, Is, IsNot],
        T::List(item) if is_single(item) => &[Eq, Neq, Like, In, NotIn, Is, IsNot],
        T::Multiline | T::Pem => &[Like, Is, IsNot],
        T::List(_) | T::Map(_) | T::Object(_) | T::Json => &[Like, Is, IsNot],
        T::File(_) => &[],
    }
}

/// Whether items of a list are single values.
const fn is_single(item: &FieldType) -> bool {
    use FieldType as T;
    !matches!(item, T::Object(_) | T::List(_) | T::Map(_) | T::Json | T::File(_))
}
