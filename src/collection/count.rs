//! How many records there are, said as exactly as it is known and not more.

use boxdeck_catalog::Resource;
use boxdeck_dialect::Total;

use crate::format::amount::grouped;

/// What several records are called inside a sentence: the title, in lower case unless it begins with an abbreviation.
pub fn plural(resource: &Resource) -> String {
    inside_a_sentence(&resource.title)
}

fn inside_a_sentence(title: &str) -> String {
    let word = title.split_whitespace().next().unwrap_or_default();
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if !word.chars().skip(1).any(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// The count in the header: `10 432 volumes`, `At least 200 volumes`. `shown` is the number of records on the page.
pub fn headline(resource: &Resource, total: Total, shown: usize, filtered: bool) -> String {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let matching = if filtered { " match" } else { "" };
    let matches = |count: u64| if filtered && count == 1 { " matches" } else { matching };
    match total {
        Total::Exact(count) => format!("{}{}", counted(resource, count), matches(count)),
        Total::AtLeast(count) => format!("At least {}{}", counted(resource, count), matches(count)),
        Total::Unknown => {
            format!("{} on this page; the system does not count them", counted(resource, shown))
        }
    }
}

fn counted(resource: &Resource, count: u64) -> String {
    match count {
        0 => format!("No {}", plural(resource)),
        1 => format!("1 {}", resource.singular),
        count => format!("{} {}", grouped(&count.to_string()), plural(resource)),
    }
}

/// Which records the page shows, for the pager: `51–100 of 10 432`, `51–100 of at least 100`, `51–100`.
pub fn range(page_number: u64, page_size: u32, shown: usize, total: Total) -> String {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let first = page_number.saturating_sub(1).saturating_mul(u64::from(page_size)).saturating_add(1);
    let last = first.saturating_add(shown).saturating_sub(1);
    let text = |count: u64| grouped(&count.to_string());
    let range = match shown {
        0 => "0".to_owned(),
        1 => text(first),
        _ => format!("{}–{}", text(first), text(last)),
    };
    match total {
        Total::Exact(total) => format!("{range} of {}", text(total)),
        Total::AtLeast(total) => format!("{range} of at least {}", text(total)),
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

/// Page numbers to offer: the first, the last, and `around` on both sides of this one; `None` for a gap. A gap that would
/// leave out a single number holds the number instead.
pub fn page_numbers(here: u64, last: u64, around: u64) -> Vec<Option<u64>> {
    let last = last.max(here).max(1);
    let (from, to) = (here.saturating_sub(around).max(1), here.saturating_add(around).min(last));
    let mut numbers = Vec::new();
    match from {
        1 => {}
        2 => numbers.push(Some(1)),
        3 => numbers.extend([Some(1), Some(2)]),
        _ => numbers.extend([Some(1), None]),
    }
    numbers.extend((from..=to).map(Some));
    match last - to {
        0 => {}
        1 => numbers.push(Some(last)),
        2 => numbers.extend([Some(last - 1), Some(last)]),
        _ => numbers.extend([None, Some(last)]),
    }
    numbers
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

    #[test]
    fn ranges_count_from_the_page() {
        assert_eq!(plain(&range(2, 50, 50, Total::Exact(10_432))), "51–100 of 10 432");
        assert_eq!(range(3, 50, 1, Total::Unknown), "101");
        assert_eq!(range(1, 50, 0, Total::Exact(0)), "0 of 0");
        assert_eq!(range(1, 20, 20, Total::AtLeast(21)), "1–20 of at least 21");
    }

    #[test]
    fn last_pages_are_only_known_for_exact_totals() {
        assert_eq!(last_page(Total::Exact(101), 50), Some(3));
        assert_eq!(last_page(Total::Exact(0), 50), Some(1));
        assert_eq!(last_page(Total::AtLeast(101), 50), None);
    }

    #[test]
    fn page_numbers_leave_gaps_only_where_they_save_room() {
        let written = |here, last| {
            let numbers = page_numbers(here, last, 2).into_iter();
            numbers
                .map(|number| number.map_or("…".to_owned(), |number| number.to_string()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(written(1, 1), "1");
        assert_eq!(written(1, 9), "1 2 3 … 9");
        assert_eq!(written(5, 9), "1 2 3 4 5 6 7 8 9");
        assert_eq!(written(6, 12), "1 … 4 5 6 7 8 … 12");
        assert_eq!(written(12, 3), "1 … 10 11 12");
    }

    #[test]
    fn page_sizes_stay_within_what_the_box_takes() {
        assert_eq!(page_sizes((1, 50, 1000)), [10, 25, 50, 100, 250, 500, 1000]);
        assert_eq!(page_sizes((1, 3, 3)), [3]);
        assert_eq!(page_sizes((20, 30, 100)), [25, 30, 50, 100]);
    }

    #[test]
    fn titles_lose_their_capital_inside_a_sentence() {
        assert_eq!(inside_a_sentence("Consistency groups"), "consistency groups");
        assert_eq!(inside_a_sentence("QoS policies"), "QoS policies");
        assert_eq!(inside_a_sentence("LUN mappings"), "LUN mappings");
    }
}
