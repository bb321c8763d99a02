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
    listed(storage::get(storage::SYSTEMS).as_deref())
}

/// The systems of a kept text.
fn listed(text: Option<&str>) -> Result<Vec<SystemEntry>, ListFault> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let mut systems = list::parse(text.as_bytes())?;
    for entry in &mut systems {
        entry.source = Source::Own;
    }
    Ok(systems)
}

/// Changes the list: the systems after that, and whether the browser keeps them.
///
/// # Errors
/// What is kept cannot be read. It stays as it is: what a person has added must not be lost to a change of something else.
pub fn change(edit: impl FnOnce(&mut Vec<SystemEntry>)) -> Result<(Vec<SystemEntry>, bool), ListFault> {
    let systems = changed(read(), edit)?;
    let is_kept = write(&systems);
    Ok((systems, is_kept))
}

fn changed(
    kept: Result<Vec<SystemEntry>, ListFault>,
    edit: impl FnOnce(&mut Vec<SystemEntry>),
) -> Result<Vec<SystemEntry>, ListFault> {
    let mut systems = kept?;
    edit(&mut systems);
    Ok(systems)
}

/// Lets go of a list that cannot be read, on a person's word. Whether the browser has.
pub fn discard() -> bool {
    write(&[])
}

/// Keeps the systems in place of those before. Whether the browser does.
fn write(systems: &[SystemEntry]) -> bool {
    WRITTEN.set(Some(systems.to_vec()));
    if systems.is_empty() {
        storage::remove(storage::SYSTEMS);
        return storage::get(storage::SYSTEMS).is_none();
    }
    let text = list::write(systems);
    storage::set(storage::SYSTEMS, &text);
    storage::get(storage::SYSTEMS).as_deref() == Some(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_cannot_be_read_is_not_written_over() {
        let mut is_asked = false;
        for broken in ["", "{", "[]", r#"{"systems":[{"name":"","kind":"k","address":"a/"}]}"#] {
            assert!(changed(listed(Some(broken)), |_| is_asked = true).is_err(), "{broken}");
        }
        assert!(!is_asked, "nothing may be built on a list that is not known");
    }

    #[test]
    fn a_change_keeps_the_others() {
        let kept = r#"{"systems":[{"name":"north","kind":"k","address":"a/"}]}"#;
        let south = SystemEntry { name: "south".to_owned(), ..SystemEntry::default() };
        let after = changed(listed(Some(kept)), |own| own.push(south)).expect("a list");
        assert_eq!(after.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["north", "south"]);
        assert_eq!(after[0].source, Source::Own);
        assert_eq!(changed(listed(None), |own| own.clear()), Ok(Vec::new()));
    }
}
