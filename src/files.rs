//! Files that a person has chosen, kept under a handle so that plans stay plain data.

use std::cell::RefCell;
use std::collections::BTreeMap;

use boxdeck_dialect::PartContent;
use web_sys::File;

thread_local! {
    static FILES: RefCell<(u64, BTreeMap<u64, File>)> = const { RefCell::new((0, BTreeMap::new())) };
}

/// Keeps a file and gives the part content that stands for it.
pub fn keep(file: File) -> PartContent {
    FILES.with_borrow_mut(|(last, files)| {
        *last += 1;
        let content = PartContent::File { handle: *last, name: file.name(), size: size(&file) };
        files.insert(*last, file);
        content
    })
}

/// The file of a handle, while it is kept.
pub fn get(handle: u64) -> Option<File> {
    FILES.with_borrow(|(_, files)| files.get(&handle).cloned())
}

/// Lets a file go.
pub fn forget(handle: u64) {
    FILES.with_borrow_mut(|(_, files)| files.remove(&handle));
}

/// Lets all files go.
pub fn forget_all() {
    FILES.with_borrow_mut(|(_, files)| files.clear());
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number below 2^53"
)]
fn size(file: &File) -> u64 {
    file.size() as u64
}
