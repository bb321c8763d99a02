//! What was read for an export, and what of it a person has to know.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

use boxdeck_dialect::{Page, Total};
use words::export as say;

use crate::format::amount;

/// Counts what is read.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records that came.
    pub read: u64,
    /// Records among them that are in the file.
    pub written: u64,
    first_total: Option<u64>,
    last_total: Option<u64>,
    repeated: u64,
    hasher: RandomState,
    seen: HashSet<u64>,
}

impl Tally {
    /// Takes a page into account. `keys` are those of the records that go into the file, `came` is how many the page held.
    pub fn add(&mut self, page: &Page, came: usize, keys: impl Iterator<Item = Option<impl Hash>>) {
        self.read += came as u64;
        self.written += page.records.len() as u64;
        for key in keys.flatten() {
            // A sum of the key stands for it: a million keys would weigh more than the file.
            if !self.seen.insert(self.hasher.hash_one(&key)) {
                self.repeated += 1;
            }
        }
        if let Total::Exact(total) = page.total {
            self.first_total.get_or_insert(total);
            self.last_total = Some(total);
        }
    }

    /// What a person has to know of a collection that was read to its end, as sentences.
    pub fn remarks(&self) -> Vec<String> {
        let text = amount::count;
        let mut remarks = Vec::new();
        match (self.first_total, self.last_total) {
            (Some(first), Some(last)) if first != last => {
                remarks.push(say::changed(text(first), text(last)));
            }
            (Some(_), Some(total)) if total != self.read => {
                remarks.push(say::other_count(text(total), text(self.read)));
            }
            _ => {}
        }
        if self.repeated > 0 {
            remarks.push(say::repeated(self.repeated));
        }
        remarks
    }
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::Record;

    use super::*;

    fn add(tally: &mut Tally, keys: &[&str], total: Total) {
        let records = vec![Record::default(); keys.len()].into();
        let page = Page { records, total, next: None, page_size: 50 };
        tally.add(&page, keys.len(), keys.iter().map(|key| Some((*key).to_owned())));
    }

    #[test]
    fn what_stays_as_it_is_needs_no_word() {
        let mut tally = Tally::default();
        add(&mut tally, &["a", "b"], Total::Exact(3));
        add(&mut tally, &["c"], Total::Exact(3));
        assert_eq!((tally.read, tally.written, tally.remarks()), (3, 3, Vec::new()));
        let mut unknown = Tally::default();
        add(&mut unknown, &["a"], Total::AtLeast(1));
        assert!(unknown.remarks().is_empty());
    }

    #[test]
    fn changes_are_told() {
        let mut tally = Tally::default();
        add(&mut tally, &["a", "b"], Total::Exact(4));
        add(&mut tally, &["b", "c"], Total::Exact(3));
        assert_eq!(tally.remarks(), [say::changed("4", "3"), say::repeated(1),]);
        let mut short = Tally::default();
        add(&mut short, &["a"], Total::Exact(2));
        assert_eq!(short.remarks(), [say::other_count("2", "1")]);
    }
}
