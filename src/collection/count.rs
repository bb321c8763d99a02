//! How many records there are, said as exactly as it is known and not more.

use boxdeck_catalog::Resource;
use boxdeck_dialect::{Page, Total};

use crate::format::amount;
use crate::format::words::inside;

/// What several records are called inside a sentence: the title, in lower case unless it begins with an abbreviation.
pub fn plural(resource: &Resource) -> String {
    inside(&resource.title)
}

/// The count in the header: `10 432 volumes`, `At least 200 volumes`. `shown` is the number of records on the page.
pub fn headline(resource: &Resource, total: Total, shown: usize, filtered: bool) -> String {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let records = plural(resource);
    let things = |count: u64| if count == 1 { &resource.singular } else { &records };
    match (total, filtered) {
        (Total::Exact(0), false) => words::list::none(&records),
        (Total::Exact(0), true) => words::list::none_match(&records),
        (Total::Exact(count), false) => words::list::exactly(count, things(count)),
        (Total::Exact(count), true) => words::list::exactly_match(count, things(count)),
        (Total::AtLeast(count), false) => words::list::at_least(count, things(count)),
        (Total::AtLeast(count), true) => words::list::at_least_match(count, things(count)),
        (Total::Unknown, _) if shown == 0 => words::list::none_on_page(&records),
        (Total::Unknown, _) => words::list::on_page(shown, things(shown)),
    }
}

/// Which records the page holds, for the pager: `51–100 of 10 432`, `51–100 of at least 100`, `51–100`. `left_out` are those
/// that came and the browser does not show.
///
/// A box that pages by marks may cut its pages to a size of its own, and the last page does not show which: how many records
/// come before it is then not known, and not said.
pub fn range(page_number: u64, page: &Page, left_out: usize, numbered: bool) -> String {
    let (page_size, total) = (page.page_size, page.total);
    let shown = u64::try_from(page.records.len() + left_out).unwrap_or(u64::MAX);
    if !numbered && page_number > 1 && page.next.is_none() {
        return words::list::on_last_page(amount::count(shown));
    }
    let first = page_number.saturating_sub(1).saturating_mul(u64::from(page_size)).saturating_add(1);
    let last = first.saturating_add(shown).saturating_sub(1);
    let text = amount::count;
    let range = match shown {
        0 => "0".to_owned(),
        1 => text(first),
        _ => format!("{}–{}", text(first), text(last)),
    };
    match total {
        Total::Exact(total) => words::list::range_of(range, text(total)),
        Total::AtLeast(total) => words::list::range_of_at_least(range, text(total)),
        Total::Unknown => range,
    }
}

/// Number of the last page, where it is known.
pub fn last_page(total: Total, page_size: u32) -> Option<u64> {
    match total {
        Total::Exact(total) => Some(total.div_ceil(u64::from(page_size.max(1))).max(1)),
        Total::AtLeast(_) | Total::Unknown => None,
    }
}

/// Page sizes to choose from: round ones within what the box takes, with its default among them.
pub fn page_sizes((least, default, greatest): (u32, u32, u32)) -> Vec<u32> {
    let mut sizes: Vec<u32> = [10, 25, 50, 100, 250, 500, 1000]
        .into_iter()
        .filter(|size| (least..=greatest).contains(size))
        .collect();
    if (least..=greatest).contains(&default) {
        sizes.push(default);
    }
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Position, Record};

    use super::*;

    fn volumes() -> Resource {
        serde_json::from_value(serde_json::json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "storage", "fields": [], "operations": []
        }))
        .expect("a resource")
    }

    fn plain(text: &str) -> String {
        text.replace('\u{202f}', " ")
    }

    #[test]
    fn totals_say_how_sure_they_are() {
        words::write_numbers_with(crate::format::amount::count);
        let volumes = volumes();
        assert_eq!(plain(&headline(&volumes, Total::Exact(10_432), 50, false)), "10 432 volumes");
        assert_eq!(headline(&volumes, Total::Exact(1), 1, false), "1 volume");
        assert_eq!(headline(&volumes, Total::Exact(1), 1, true), "1 volume matches");
        assert_eq!(headline(&volumes, Total::Exact(0), 0, true), "No volumes match");
        assert_eq!(headline(&volumes, Total::AtLeast(200), 200, false), "At least 200 volumes");
        assert_eq!(
            headline(&volumes, Total::Unknown, 50, false),
            "50 volumes on this page; the system does not count them"
        );
    }

    fn page(shown: usize, page_size: u32, total: Total, next: Option<Position>) -> Page {
        Page { records: vec![Record::default(); shown].into(), total, next, page_size }
    }

    #[test]
    fn ranges_count_from_the_page() {
        let numbered = |number, shown, total| range(number, &page(shown, 50, total, None), 0, true);
        assert_eq!(plain(&numbered(2, 50, Total::Exact(10_432))), "51–100 of 10 432");
        assert_eq!(numbered(3, 1, Total::Unknown), "101");
        assert_eq!(numbered(1, 0, Total::Exact(0)), "0 of 0");
        assert_eq!(range(1, &page(20, 20, Total::AtLeast(21), None), 0, true), "1–20 of at least 21");
    }

    #[test]
    fn ranges_count_what_came_not_what_is_shown() {
        assert_eq!(range(2, &page(3, 50, Total::Exact(90), None), 37, true), "51–90 of 90");
    }

    #[test]
    fn ranges_of_pages_by_mark_say_only_what_is_known() {
        let next = || Some(Position::After("m".to_owned()));
        assert_eq!(range(1, &page(7, 7, Total::AtLeast(7), next()), 0, false), "1–7 of at least 7");
        assert_eq!(range(2, &page(7, 7, Total::Unknown, next()), 0, false), "8–14");
        assert_eq!(range(3, &page(2, 100, Total::Unknown, None), 0, false), "2 on the last page");
        assert_eq!(range(1, &page(3, 100, Total::Exact(3), None), 0, false), "1–3 of 3");
    }

    #[test]
    fn last_pages_are_only_known_for_exact_totals() {
        assert_eq!(last_page(Total::Exact(101), 50), Some(3));
        assert_eq!(last_page(Total::Exact(0), 50), Some(1));
        assert_eq!(last_page(Total::AtLeast(101), 50), None);
    }

    #[test]
    fn page_sizes_stay_within_what_the_box_takes() {
        assert_eq!(page_sizes((1, 50, 1000)), [10, 25, 50, 100, 250, 500, 1000]);
        assert_eq!(page_sizes((1, 3, 3)), [3]);
        assert_eq!(page_sizes((20, 30, 100)), [25, 30, 50, 100]);
    }
}
