//! What the address of a list holds: its query, and the marks of the pages that led here.
//!
//! Kinds that page by marks know the next page but not the previous one. The marks passed on the way are therefore kept
//! in the address (`trail=`), so that a person can page back even after a reload.

use boxdeck_catalog::Operator;
use boxdeck_dialect::http::encode_segment;
use boxdeck_dialect::query::url::decode_pairs;
use boxdeck_dialect::{Position, Query, SortKey, Term};

/// Name of the parameter that holds one mark of the trail.
const TRAIL: &str = "trail";

/// The query of a list, with the way that led to its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListAddress {
    /// What the list shows.
    pub query: Query,
    /// Marks of the pages between the first and this one, oldest first.
    pub trail: Vec<String>,
}

impl ListAddress {
    /// Reads the part of an address after `?`. The second value holds the parts that make no sense, as `name=value`.
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let (trail, pairs): (Vec<_>, Vec<_>) =
            decode_pairs(text).into_iter().partition(|(name, _)| name == TRAIL);
        let (query, dropped) = Query::from_pairs(&pairs);
        let trail = match query.position {
            Position::After(_) => trail.into_iter().map(|(_, mark)| mark).collect(),
            // Without a mark there is no way that could have led here.
            Position::First | Position::Number(_) => Vec::new(),
        };
        let dropped = dropped.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        (Self { query, trail }, dropped)
    }

    /// The part of an address after `?`.
    pub fn to_text(&self) -> String {
        let mut text = self.query.to_query_string();
        for mark in &self.trail {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(TRAIL);
            text.push('=');
            text.push_str(&encode_segment(mark));
        }
        text
    }

    /// The same list from its beginning: where a person is after every change of what is listed.
    fn restarted(&self, change: impl FnOnce(&mut Query)) -> Self {
        let mut query = self.query.clone();
        query.position = Position::First;
        change(&mut query);
        Self { query, trail: Vec::new() }
    }

    /// With one term more, or with the term at `index` replaced.
    #[must_use]
    pub fn with_term(&self, index: Option<usize>, term: Term) -> Self {
        self.restarted(|query| {
            let terms = &mut query.filter;
            match index.filter(|index| *index < terms.len()) {
                Some(index) => {
                    terms.splice(index..=index, [term]);
                }
                None if terms.contains(&term) => {}
                None => terms.push(term),
            }
        })
    }

    /// With these terms in place of all others.
    #[must_use]
    pub fn with_filter(&self, terms: Vec<Term>) -> Self {
        if terms == self.query.filter {
            return self.clone();
        }
        self.restarted(|query| query.filter = terms)
    }

    /// Without the term at `index`.
    #[must_use]
    pub fn without_term(&self, index: usize) -> Self {
        self.restarted(|query| {
            if index < query.filter.len() {
                query.filter.remove(index);
            }
        })
    }

    /// Without any term.
    #[must_use]
    pub fn without_filter(&self) -> Self {
        self.restarted(|query| query.filter.clear())
    }

    /// Sorted by these keys; none for the list's own order.
    #[must_use]
    pub fn sorted(&self, sort: Vec<SortKey>) -> Self {
        self.restarted(|query| query.sort = sort)
    }

    /// With pages of this size; `None` for the list's default.
    #[must_use]
    pub fn sized(&self, size: Option<u32>) -> Self {
        self.restarted(|query| query.page_size = size)
    }

    /// With these columns, on the same page; none for the resource's own.
    #[must_use]
    pub fn with_columns(&self, columns: Vec<String>) -> Self {
        Self { query: Query { columns, ..self.query.clone() }, trail: self.trail.clone() }
    }

    /// Index of the term that the search box stands for: the first that looks for a text in `field`.
    pub fn search_term(&self, field: &str) -> Option<usize> {
        self.query.filter.iter().position(|term| term.field == field && term.operator == Operator::Like)
    }

    /// Text of the search box.
    pub fn search(&self, field: &str) -> &str {
        self.search_term(field)
            .and_then(|index| self.query.filter.get(index)?.values.first())
            .map_or("", String::as_str)
    }

    /// Looks for a text in `field`; an empty text looks for nothing.
    #[must_use]
    pub fn searching(&self, field: &str, text: &str) -> Self {
        let index = self.search_term(field);
        match (text.trim(), index) {
            ("", Some(index)) => self.without_term(index),
            ("", None) => self.clone(),
            (text, index) => {
                let term = Term::new(field, Operator::Like, text);
                self.with_term(index, term)
            }
        }
    }

    /// At the first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        self.restarted(|_| {})
    }

    /// At the page that the box named as the next one.
    #[must_use]
    pub fn next_page(&self, next: Position) -> Self {
        let mut trail = self.trail.clone();
        if let Position::After(mark) = &self.query.position {
            trail.push(mark.clone());
        }
        let trail = if matches!(next, Position::After(_)) { trail } else { Vec::new() };
        Self { query: Query { position: next, ..self.query.clone() }, trail }
    }

    /// At the page of this number, counted from 1.
    #[must_use]
    pub fn numbered_page(&self, number: u64) -> Self {
        let position = if number > 1 { Position::Number(number) } else { Position::First };
        self.restarted(|query| query.position = position)
    }

    /// At the page before; `None` on the first.
    #[must_use]
    pub fn previous_page(&self) -> Option<Self> {
        match &self.query.position {
            Position::First => None,
            Position::Number(number) => (*number > 1).then(|| self.numbered_page(number - 1)),
            Position::After(_) => {
                let mut trail = self.trail.clone();
                let position = trail.pop().map_or(Position::First, Position::After);
                Some(Self { query: Query { position, ..self.query.clone() }, trail })
            }
        }
    }

    /// Number of this page, counted from 1.
    pub fn page_number(&self) -> u64 {
        match &self.query.position {
            Position::First => 1,
            Position::Number(number) => *number,
            Position::After(_) => u64::try_from(self.trail.len()).unwrap_or(u64::MAX - 2).saturating_add(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(field: &str, value: &str) -> Term {
        Term::equals(field, value)
    }

    fn after(mark: &str) -> Position {
        Position::After(mark.to_owned())
    }

    fn reread(address: &ListAddress) -> ListAddress {
        let (again, dropped) = ListAddress::parse(&address.to_text());
        assert!(dropped.is_empty(), "{dropped:?}");
        again
    }

    #[test]
    fn paging_by_marks_leads_there_and_back() {
        let first = ListAddress::default().sized(Some(2));
        let second = first.next_page(after("m,1"));
        let third = reread(&second.next_page(after("m&2")));
        assert_eq!(third.page_number(), 3);
        assert_eq!(third.trail, ["m,1"]);
        let back = third.previous_page().expect("there is a page before");
        assert_eq!(back, second);
        assert_eq!(back.previous_page(), Some(first.clone()));
        assert_eq!(first.previous_page(), None);
    }

    #[test]
    fn paging_by_numbers_leaves_no_trail() {
        let second = ListAddress::default().next_page(Position::Number(2));
        assert_eq!(second.to_text(), "page=2");
        assert_eq!(second.previous_page(), Some(ListAddress::default()));
    }

    #[test]
    fn changes_of_what_is_listed_return_to_the_first_page() {
        let deep = ListAddress::default().next_page(after("a")).next_page(after("b"));
        for changed in [
            deep.with_term(None, term("type", "MASTER")),
            deep.sorted(vec![SortKey { field: "size".into(), descending: true }]),
            deep.sized(Some(100)),
            deep.searching("name", "db"),
            deep.without_filter(),
        ] {
            assert_eq!((changed.query.position, changed.trail.len()), (Position::First, 0));
        }
        assert_eq!(deep.with_columns(vec!["name".into()]).query.position, after("b"));
    }

    #[test]
    fn a_search_is_one_term_among_others() {
        let address =
            ListAddress::default().with_term(None, term("type", "MASTER")).searching("name", " db ");
        assert_eq!(address.to_text(), "filter=type:eq:MASTER&filter=name:like:db");
        assert_eq!(address.search("name"), "db");
        let refined = address.searching("name", "db-0");
        assert_eq!((refined.query.filter.len(), refined.search("name")), (2, "db-0"));
        assert_eq!(refined.searching("name", "").to_text(), "filter=type:eq:MASTER");
    }

    #[test]
    fn terms_are_replaced_in_place_and_not_doubled() {
        let address = ListAddress::default().with_term(None, term("a", "1")).with_term(None, term("b", "2"));
        assert_eq!(address.with_term(None, term("a", "1")), address);
        assert_eq!(address.with_term(Some(0), term("a", "3")).to_text(), "filter=a:eq:3&filter=b:eq:2");
        assert_eq!(address.without_term(0).to_text(), "filter=b:eq:2");
        assert_eq!(address.without_term(7), address);
    }

    #[test]
    fn what_makes_no_sense_is_handed_back() {
        let (address, dropped) = ListAddress::parse("size=0&filter=name:like:a&colour=red&trail=x");
        assert_eq!(dropped, ["size=0", "colour=red"]);
        assert_eq!((address.query.filter.len(), address.trail.len()), (1, 0));
    }
}
