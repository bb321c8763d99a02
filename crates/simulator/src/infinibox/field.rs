//! Field tables: what an entity's fields are called, what they hold, and who may filter, sort and set them.

use super::value::Value;
use super::view::View;

/// Reads one field of a record.
pub(crate) type Read<T> = for<'a> fn(&'a T, &View<'a>) -> Value<'a>;

/// What a field holds, which decides how filters and bodies are read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// A whole number between the two bounds, both included.
    Integer(i64, i64),
    /// A ratio or a percentage; read-only everywhere.
    Float,
    /// True or false.
    Boolean,
    /// Text of at least and at most so many characters.
    Text(usize, usize),
    /// A name of 1 to 65 characters from the box's set.
    Name,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of words; read-only everywhere.
    Words,
    /// Something structured that the entity reads by itself.
    Anything,
}

/// Any whole number.
pub(crate) const INTEGER: Holds = Holds::Integer(i64::MIN, i64::MAX);
/// An id of another record, a capacity in bytes, a time: a whole number from 0.
pub(crate) const NATURAL: Holds = Holds::Integer(0, i64::MAX);
/// Text of any length up to 65,535 characters.
pub(crate) const TEXT: Holds = Holds::Text(0, 65_535);

/// Whether a field may be given on creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Creation {
    Refused,
    Optional,
    Required,
}

/// One field of an entity.
pub(crate) struct Field<T: 'static> {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    pub(crate) read: Read<T>,
    pub(crate) filterable: bool,
    pub(crate) sortable: bool,
    pub(crate) creation: Creation,
    pub(crate) updatable: bool,
    pub(crate) nullable: bool,
}

impl<T> Field<T> {
    /// A read-only field that can be neither filtered nor sorted.
    pub(crate) const fn new(name: &'static str, holds: Holds, read: Read<T>) -> Self {
        Self {
            name,
            holds,
            read,
            filterable: false,
            sortable: false,
            creation: Creation::Refused,
            updatable: false,
            nullable: false,
        }
    }

    /// A field that bodies may hold and records don't: a password, a prefix for generated names.
    pub(crate) const fn write_only(name: &'static str, holds: Holds) -> Self {
        Self::new(name, holds, |_, _| Value::Absent)
    }

    /// Lists may be filtered and sorted by it.
    pub(crate) const fn listed(mut self) -> Self {
        self.filterable = true;
        self.sortable = true;
        self
    }

    /// Lists may be filtered by it.
    pub(crate) const fn filterable(mut self) -> Self {
        self.filterable = true;
        self
    }

    /// It may be given on creation.
    pub(crate) const fn create(mut self) -> Self {
        self.creation = Creation::Optional;
        self
    }

    /// It must be given on creation.
    pub(crate) const fn required(mut self) -> Self {
        self.creation = Creation::Required;
        self
    }

    /// It may be updated.
    pub(crate) const fn update(mut self) -> Self {
        self.updatable = true;
        self
    }

    /// A body may set it to null.
    pub(crate) const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}
