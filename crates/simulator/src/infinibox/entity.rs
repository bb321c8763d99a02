//! What the generic code must know of an entity.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::array::Array;
use super::fault::Fault;
use super::field::Field;
use super::view::View;

/// Records by id, in the order of their ids.
pub(crate) type Table<T> = BTreeMap<i64, T>;

/// Something that can be listed and rendered by its field table.
pub(crate) trait Record: Sized + 'static {
    /// The fields, in the order in which a record shows them.
    const FIELDS: &'static [Field<Self>];

    /// The field of that name.
    fn field(name: &str) -> Option<&'static Field<Self>> {
        Self::FIELDS.iter().find(|field| field.name == name)
    }

    /// The record as JSON: every field, or those of `only`. Unknown names in `only` are passed over, as the box does.
    fn render(&self, view: &View<'_>, only: Option<&[String]>) -> Json {
        let mut object = Map::new();
        for field in Self::FIELDS {
            if only.is_some_and(|only| !only.iter().any(|name| name == field.name)) {
                continue;
            }
            if let Some(value) = (field.read)(self, view).to_json() {
                object.insert(field.name.to_owned(), value);
            }
        }
        Json::Object(object)
    }
}

/// A record that lives in a table of the array under its id.
pub(crate) trait Entity: Record {
    /// What messages call it, e.g. `Pool`.
    const NOUN: &'static str;
    /// The code for an id that isn't there, e.g. `POOL_NOT_FOUND`.
    const NOT_FOUND: &'static str;
    /// Whether a PUT takes one field only.
    const ONE_FIELD_PER_UPDATE: bool = false;
    /// The code for a field that no such record has, in a PUT.
    const UNKNOWN_ON_UPDATE: &'static str = "UNSUPPORTED_FIELD";

    /// The table that holds them.
    fn table(array: &Array) -> &Table<Self>;

    /// The table that holds them, to be changed.
    fn table_mut(array: &mut Array) -> &mut Table<Self>;

    /// The refusal for an id that isn't there.
    fn absent(id: i64) -> Fault {
        Fault::missing(Self::NOT_FOUND, format!("{} {id} does not exist", Self::NOUN))
    }

    /// The record of that id.
    fn find(array: &Array, id: i64) -> Result<&Self, Fault> {
        Self::table(array).get(&id).ok_or_else(|| Self::absent(id))
    }

    /// The record of that id, to be changed.
    fn find_mut(array: &mut Array, id: i64) -> Result<&mut Self, Fault> {
        Self::table_mut(array).get_mut(&id).ok_or_else(|| Self::absent(id))
    }
}
