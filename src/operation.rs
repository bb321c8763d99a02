//! Changing things: forms, plans, confirmation, approval, outcome.
//!
//! Everything that changes a box is a plan first. A form or a button makes one; [`Stage`] shows it, takes the person's word,
//! lets [`run`] send it, and tells what became of it.

mod after;
mod attempt;
pub mod bulk;
mod button;
pub mod command;
mod confirmation;
mod dialog;
mod facts;
#[cfg(test)]
pub(crate) mod fixture;
mod form;
mod form_body;
mod form_dialog;
mod friction;
mod inline_form;
pub mod journal;
mod menu;
mod page;
mod performance;
mod pieces;
mod progress;
mod reference;
mod result;
pub mod run;
mod save_as;
pub mod settled;
mod stage;
mod way;
mod ways;
mod words;

pub use button::ActionButton;
pub use command::CopyCommand;
pub use form::control::exactness;
pub use form::{Gathered, Subject};
pub use form_body::{Above, Draft, Values};
pub use friction::is_grave;
pub use inline_form::{Done, InlineForm};
pub use menu::menu_items;
pub use page::FormPage;
pub use stage::{Act, Stage, StageProvider, act_dialog, use_stage};
pub use way::{Way, verb_of, way};
pub use ways::Ways;
