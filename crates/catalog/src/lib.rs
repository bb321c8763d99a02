//! What a system is: the catalog of a kind as data.
//!
//! A catalog describes one kind of storage system: its resources, their fields, and every documented operation. Routes,
//! navigation, tables, filters, forms, actions and confirmations of the console all come from it. This crate holds the
//! model, reads it from JSON, and checks it. It knows nothing of HTTP, of a browser, or of how a kind speaks on the wire.
//!
//! The format is described for authors in `docs/catalog.md`.

pub mod chart;
#[cfg(feature = "check")]
pub mod check;
pub mod fault;
pub mod field;
#[cfg(feature = "files")]
pub mod files;
pub mod input;
pub mod kind;
pub mod load;
pub mod operation;
pub mod outline;
mod position;
mod read;
pub mod resource;
mod spelling;
mod stamp;
pub mod template;

pub use chart::{Chart, Drawn, Measure, Period};
pub use fault::Fault;
pub use field::{
    Allowed, Choice, Field, FieldType, LastItem, OTHERS, Reference, Rules, SecondsUnit, Settable, Tone,
    TypeWhen,
};
pub use kind::{Area, Catalog, Kind, Operator, Role};
pub use operation::{
    Body, BodyField, Condition, Damage, NoContent, Operation, OperationKind, OwnField, Parameter, Place,
    Progress, ResultShape, Source, Unfold, UpdateStyle,
};
pub use resource::{Group, Relation, Resource, Shape, lift};
pub use spelling::{Spelling, number_of};
pub use stamp::Stamp;
