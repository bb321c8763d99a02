//! What a list shows: filter, sort, page, columns. Kind-independent; round-trips through the console's URLs.

mod compare;
mod complete;
mod lexer;
mod matching;
mod offer;
mod phrase;
mod relative;
pub mod sort;
mod text;
pub mod url;
mod value;

use boxdeck_catalog::Operator;

pub use complete::{About, Completion, Suggestion, complete};
pub use matching::matches;
pub use offer::{Filterable, Side, filterables, reference, sides};
pub use phrase::Comparison;
pub use relative::{is_relative, resolved};
pub use text::{
    Expected, Fault, Placed, age_of, age_term, comparison, is_key, names_records, parse, print, print_named,
    written_name,
};
pub use value::{Zone, wire_value};

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Filter terms, all of which must hold.
    pub filter: Vec<Term>,
    /// Sort keys, the first one strongest.
    pub sort: Vec<SortKey>,
    /// Where the page starts.
    pub position: Position,
    /// Records per page; `None` for the list's default.
    pub page_size: Option<u32>,
    /// Columns to show, in order; empty for the resource's own.
    pub columns: Vec<String>,
}

impl Query {
    /// Records per page within what a list allows: its least, usual and greatest number ([`ListAbilities::page_size`]).
    ///
    /// [`ListAbilities::page_size`]: crate::ListAbilities::page_size
    #[must_use]
    pub fn size(&self, (least, usual, greatest): (u32, u32, u32)) -> u32 {
        self.page_size.unwrap_or(usual).clamp(least, greatest)
    }

    /// The terms that the box applies, by what [`Dialect::applied`] says of each.
    ///
    /// [`Dialect::applied`]: crate::Dialect::applied
    pub fn sent(&self, applied: Vec<bool>) -> impl Iterator<Item = &Term> {
        self.filter.iter().zip(applied).filter_map(|(term, applied)| applied.then_some(term))
    }
}

/// One condition of a filter. Values are texts as on the wire; how many there are follows from the operator: one, two for
/// `between`, any number for `in` and `notin`, none for `is` and `isnot`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field.
    pub field: String,
    /// The comparison.
    pub operator: Operator,
    /// The values.
    pub values: Vec<String>,
}

impl Term {
    /// A term of one value.
    pub fn new(field: impl Into<String>, operator: Operator, value: impl Into<String>) -> Self {
        Self { field: field.into(), operator, values: vec![value.into()] }
    }

    /// That a field has a value.
    pub fn equals(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(field, Operator::Eq, value)
    }
}

/// Which of several terms a box takes where each parameter has one value: the first for each. `parameters` names those that a
/// term needs; `None`: the box does not take it at all.
pub(crate) fn first_of_each<'a, N: PartialEq>(
    terms: &'a [Term],
    parameters: impl Fn(&'a Term) -> Option<Vec<N>>,
) -> Vec<bool> {
    let mut taken: Vec<N> = Vec::new();
    let each = terms.iter().map(|term| {
        let free = parameters(term).filter(|names| !names.iter().any(|name| taken.contains(name)));
        let applies = free.is_some();
        taken.extend(free.into_iter().flatten());
        applies
    });
    each.collect()
}

/// How many values a comparison takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arity {
    /// None: it looks whether there is a value.
    None,
    /// One.
    One,
    /// The least and the greatest.
    Two,
    /// One or more.
    Many,
}

/// How many values a comparison takes.
#[must_use]
pub const fn arity(operator: Operator) -> Arity {
    match operator {
        Operator::Is | Operator::IsNot => Arity::None,
        Operator::Between => Arity::Two,
        Operator::In | Operator::NotIn => Arity::Many,
        _ => Arity::One,
    }
}

/// One key of a sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// The field.
    pub field: String,
    /// Greatest first.
    pub descending: bool,
}

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Position {
    /// At the beginning.
    #[default]
    First,
    /// At this page number, counted from 1.
    Number(u64),
    /// After this mark that the box gave.
    After(String),
}
