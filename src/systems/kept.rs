//! The person's own systems, kept by the browser: names, kinds and addresses, never a password.

use std::cell::RefCell;

use super::list::{self, ListFault};
use super::{Source, SystemEntry};
use crate::storage;

thread_local! {
    /// What was written last, for browsers that keep nothing.
    static WRITTEN: RefCell<Option<Vec<SystemEntry>>> = const { RefCell::new(None) };
}

/// The systems that the person has added.
///
/// # Errors
/// What is kept is no such list: another edition of the console, or another hand, has written it.
pub fn read() -> Result<Vec<SystemEntry>, ListFault> {
    if let Some(written) = WRITTEN.with_borrow(Clone::clone) {
        return Ok(written);
    }
    let Some(text) = storage::get(storage::SYSTEMS) else { return Ok(Vec::new()) };
    let mut systems = list::parse(text.as_bytes())?;
    for entry in &mut systems {
        entry.source = Source::Own;
    }
    Ok(systems)
}

/// Keeps the systems in place of those before. Whether the browser does.
pub fn write(systems: &[SystemEntry]) -> bool {
    WRITTEN.set(Some(systems.to_vec()));
    if systems.is_empty() {
        storage::remove(storage::SYSTEMS);
        return storage::get(storage::SYSTEMS).is_none();
    }
    let text = list::write(systems);
    storage::set(storage::SYSTEMS, &text);
    storage::get(storage::SYSTEMS).as_deref() == Some(&text)
}
