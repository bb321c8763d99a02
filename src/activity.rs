//! What this session has sent, and what became of it: a panel above any page.

mod entry;
mod export;
mod panel;
mod row;

pub use panel::ActivityPanel;
