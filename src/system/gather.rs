//! Looking through a list whose box cannot search it.

use boxdeck_catalog::{Operation, Resource};
use boxdeck_dialect::{Failure, Page, Query, Record, Total};

use super::System;
use crate::load::Reader;

/// Pages that are read at most: a box may cut them much shorter than was asked.
const PAGES: u32 = 20;

/// Reads on from `query`, page after page, until `enough` records fit, the list ends, or many pages were read. What was read
/// is returned as one page; its `next` says whether there is more.
///
/// # Errors
/// As for [`System::page`].
pub async fn gather(
    system: &System,
    (resource, list): (&Resource, &Operation),
    parent: Option<&str>,
    query: &Query,
    (fits, enough): (impl Fn(&Record) -> bool, usize),
    reader: Reader,
) -> Result<Page, Failure> {
    let mut query = query.clone();
    let mut all = system.page(resource, list, parent, &query, reader.clone()).await?;
    for _ in 1..PAGES {
        let Some(next) = all.next.clone() else { break };
        if all.records.iter().filter(|record| fits(record)).take(enough).count() >= enough {
            break;
        }
        query.position = next;
        let page = system.page(resource, list, parent, &query, reader.clone()).await?;
        all.next = page.next.filter(|_| !page.records.is_empty());
        all.records.extend(page.records);
        let count = u64::try_from(all.records.len()).unwrap_or(u64::MAX);
        all.total = match all.next {
            Some(_) => Total::AtLeast(count),
            None => Total::Exact(count),
        };
    }
    Ok(all)
}
