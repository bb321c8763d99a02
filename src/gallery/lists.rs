//! What stands around the rows of a list: chips of its filter, its pages, and what shows in place of rows.

use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, Operator, Reference};
use boxdeck_dialect::{ListAbilities, Page, Position, Query, Record, Term, Total};
use leptos::prelude::*;

use super::specimen;
use crate::collection::address::ListAddress;
use crate::collection::body::states::{NoAccess, NothingHere, NothingMatches};
use crate::collection::filter::Side;
use crate::collection::filter::chip::Chip;
use crate::collection::pager::{Pager, Pages, foot};
use crate::collection::source::Listed;
use crate::place::Place;

/// Records on a page of the samples.
const SIZE: u32 = 50;

/// The section.
pub(super) fn section() -> AnyView {
    let records = || "volumes".to_owned();
    view! {
        {specimen("Chips: by the system, by the browser", view! {
            <div class="filter-bar">
                {chip("Name", FieldType::Text, Operator::Like, &["payroll"], Side::Box)}
                {chip("Size", FieldType::Bytes(1), Operator::Between, &["107374182400", "1649267441664"], Side::Box)}
                {chip("Serial number", FieldType::Text, Operator::In, &["742b0f000001", "742b0f000002", "742b0f000003"], Side::Browser)}
                {chip("Pool", reference(), Operator::Eq, &["1042"], Side::Box)}
                {chip("Consistency group", FieldType::Text, Operator::IsNot, &[], Side::Browser)}
            </div>
        })}
        {specimen("A chip that is too long", view! {
            <div class="filter-bar"><ul class="filter-chips"><li>
                {chip("Name", FieldType::Text, Operator::Like, &["a-name-that-nobody-would-give-to-a-volume-but-that-a-tool-may-have-made-0042"], Side::Box)}
            </li></ul></div>
        })}
        {specimen("One page", pager(1, 41, Total::Exact(41), true))}
        {specimen("A few pages", pager(2, 50, Total::Exact(230), true))}
        {specimen("Many pages, in their midst", pager(417, 50, Total::Exact(1_000_000), true))}
        {specimen("Many pages, the last", pager(20_000, 50, Total::Exact(1_000_000), true))}
        {specimen("Of a system that does not count", pager(1, 50, Total::Unknown, false))}
        {specimen("Of a system that counts as far as it has looked", pager(3, 50, Total::AtLeast(150), true))}
        {specimen("Nothing matches", view! { <NothingMatches records=records() beyond=false on_reset=nothing()/> })}
        {specimen("Beyond the last page", view! { <NothingMatches records=records() beyond=true on_reset=nothing()/> })}
        {specimen("The browser's filter leaves nothing of this page", view! {
            <NothingHere fields="Serial number, Note".to_owned() on_reset=nothing()/>
        })}
        {specimen("No access", view! {
            <NoAccess records=records() roles="Viewer".to_owned() reason="The role may not list volumes.".to_owned()/>
        })}
    }
    .into_any()
}

/// What a sample does when it is pressed.
fn nothing() -> Callback<()> {
    Callback::new(|()| ())
}

fn chip(
    label: &'static str,
    field_type: FieldType,
    operator: Operator,
    values: &[&str],
    side: Side,
) -> AnyView {
    let name = label.to_lowercase();
    let term = Term {
        field: name.clone(),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let field = Field { name, label: label.to_owned(), field_type, ..Field::default() };
    view! { <Chip field term side on_edit=nothing() on_remove=nothing()/> }.into_any()
}

fn reference() -> FieldType {
    FieldType::Reference(Reference { resource: "pools".to_owned(), ..Reference::default() })
}

/// The pager under page `number` with so many records of `total`.
fn pager(number: u64, records: usize, total: Total, numbered: bool) -> AnyView {
    let address = ListAddress::default().numbered_page(number);
    let is_last = matches!(total, Total::Exact(total) if number * u64::from(SIZE) >= total);
    let page = Page {
        records: vec![Record::default(); records].into(),
        total,
        next: (!is_last).then(|| Position::Number(number + 1)),
        page_size: SIZE,
    };
    let listed = Arc::new(Listed { query: Query::default(), page, left_out: 0 });
    let listed = Memo::new(move |_| Some(Arc::clone(&listed)));
    let abilities =
        ListAbilities { page_size: (1, SIZE, 1000), numbered, sort_keys: 1, selects_fields: false };
    let place = Some(Place::gallery().resource("lists"));
    let (address, on_go) = (Signal::stored(address), Callback::new(|_address| ()));
    let pages = Pages { place, address, listed, abilities, on_go };
    foot(&pages, view! { <Pager pages=pages.clone()/> }.into_any())
}
