//! Inputs. All of them hold text, so that a number of 64 bits and half-typed input survive.
//!
//! An input inside a [`FormField`] takes its name, help and error from there; one that stands alone has a `label`.

mod choice;
mod combo;
mod date;
mod field;
mod file;
mod group;
mod number;
mod password;
mod select;
mod summary;
mod text;

pub use choice::{Checkbox, Switch};
pub use combo::{ComboBox, ComboOption};
pub use date::{DateTimeInput, Exactness};
pub use field::FormField;
pub use file::FileInput;
pub use group::Fieldset;
pub use number::{NumberInput, UnitInput};
pub use password::PasswordInput;
pub use select::SelectInput;
pub use summary::ErrorSummary;
pub use text::{TextArea, TextInput};

use field::Wiring;
