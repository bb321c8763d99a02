//! Reads what is exported, page after page, and makes the parts of the file.

use boxdeck_dialect::{Failure, FailureKind, Query, Record, Total};
use js_sys::Array;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::super::source::{Listed, Source};
use super::records::{Format, Writer};
use super::tally::Tally;
use crate::load::Reader;

/// Where the records come from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// They are there already.
    Known(Vec<Record>),
    /// One page.
    Page(Query),
    /// All pages of each of these queries.
    Queries(Vec<Query>),
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Records that came.
    pub read: u64,
    /// Records among them that go into the file.
    pub written: u64,
    /// How many there are to come, where the box says so.
    pub total: Option<u64>,
}

/// The parts of a file: each page becomes one, so that no text ever holds the whole of it.
#[derive(Clone, Copy)]
pub struct Parts(StoredValue<Vec<Blob>, LocalStorage>);

impl Parts {
    /// None yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }

    fn push(self, text: &str) -> Result<(), Failure> {
        let blob = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text)))
            .map_err(|_refused| not_kept())?;
        self.0.update_value(|parts| parts.push(blob));
        Ok(())
    }

    /// The whole file.
    pub fn file(self, format: Format) -> Option<Blob> {
        let parts = Array::new();
        self.0.with_value(|blobs| blobs.iter().for_each(|blob| parts.set(parts.length(), blob.into())));
        let kind = BlobPropertyBag::new();
        kind.set_type(format.media_type());
        Blob::new_with_blob_sequence_and_options(&parts, &kind).ok()
    }

    /// Lets go of them.
    pub fn clear(self) {
        self.0.try_update_value(Vec::clear);
    }
}

fn not_kept() -> Failure {
    Failure::new(FailureKind::Broken, words::export::not_saved())
}

/// Reads the records and writes them into `parts`.
///
/// # Errors
/// As for a page of the list; nothing of what was read is of use then.
pub async fn run(
    source: Source,
    origin: Origin,
    mut writer: Writer,
    mark: bool,
    (parts, progress): (Parts, RwSignal<Progress>),
    reader: Reader,
) -> Result<Tally, Failure> {
    parts.clear();
    let mut tally = Tally::default();
    parts.push(&writer.head(mark))?;
    match origin {
        Origin::Known(records) => {
            parts.push(&writer.part(&records))?;
            tally.written = records.len() as u64;
            tally.read = tally.written;
        }
        Origin::Page(query) => {
            let listed = source.read(query, reader).await?;
            parts.push(&writer.part(listed.page.records.iter()))?;
            tally.written = listed.page.records.len() as u64;
            tally.read = tally.written;
        }
        Origin::Queries(queries) => {
            let several = queries.len() > 1;
            for mut query in queries {
                loop {
                    let Listed { mut page, left_out, .. } =
                        source.clone().read(query.clone(), reader.clone()).await?;
                    if several {
                        // Each query counts for itself only.
                        page.total = Total::Unknown;
                    }
                    parts.push(&writer.part(page.records.iter()))?;
                    let came = page.records.len() + left_out;
                    let keys = page.records.keys(&source.resource);
                    tally.add(&page, came, keys);
                    let total = match page.total {
                        Total::Exact(total) => Some(total),
                        Total::AtLeast(_) | Total::Unknown => None,
                    };
                    progress.try_update(|progress| {
                        *progress = Progress {
                            read: tally.read,
                            written: tally.written,
                            total: total.or(progress.total),
                        };
                    });
                    match page.next.filter(|_| came > 0) {
                        Some(next) => query.position = next,
                        None => break,
                    }
                }
            }
        }
    }
    parts.push(writer.tail())?;
    Ok(tally)
}
