//! What a person changes about the columns of a list in its table. Fetched once the first rows are there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::collection::address::ListAddress;
use crate::collection::body::table::ACTIONS;
use crate::collection::filter::wish::use_filter_wish;
use crate::collection::source::Source;
use crate::ui::ColumnTools;

/// The columns of a list, and where changes of them go.
#[derive(Clone)]
pub struct ColumnChoice {
    /// The list.
    pub source: Source,
    /// What it shows.
    pub address: Signal<ListAddress>,
    /// Called with the address that a change makes.
    pub on_go: Callback<ListAddress>,
}

impl ColumnChoice {
    /// The ways to change them.
    pub fn tools(self) -> ColumnTools {
        let Self { source, address, on_go } = self;
        let kept = source.kept.clone();
        let on_resize = Callback::new(move |(id, width): (Arc<str>, f64)| {
            kept.change(|look| {
                look.widths.insert(id.to_string(), width);
            });
        });
        let on_arrange = Callback::new(move |order: Vec<Arc<str>>| {
            let names = order.iter().filter(|id| ***id != *ACTIONS).map(ToString::to_string).collect();
            let next = address.with_untracked(|address| source.keep_columns(address, names));
            if address.with_untracked(|address| *address != next) {
                on_go.run(next);
            }
        });
        let on_filter = use_filter_wish().map(|wish| Callback::new(move |id: Arc<str>| wish.ask(&id)));
        ColumnTools::new(on_resize, on_arrange, on_filter)
    }
}
