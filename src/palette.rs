//! The palette: any place, operation, record or setting by its words; and the help of the keyboard.

mod candidate;
mod dialog;
mod help;
mod local;
mod operations;
mod options;
mod records;
mod score;

pub use dialog::PaletteDialog;
pub use help::HelpDialog;
