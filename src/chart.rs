//! Values over time as a line: drawn, read with pointer and keys, and told in words.
//!
//! An SVG of our own in place of a library: a line over a time axis is three paths, and everything else about it (labels in
//! the person's language, the colours of the theme, reading by keyboard and screen reader) a library leaves to its user.

mod axis;
mod figure;
mod scale;
pub mod series;
mod shape;

pub use axis::Amounts;
pub use figure::Figure;
