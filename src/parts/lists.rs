//! The part `lists`: what stands around the rows of a list and follows them.

use boxdeck_catalog::{Field, Resource};
use boxdeck_dialect::{Record, Term, query};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::fetch::{Made, fetched, painted};
use crate::chart::Amounts;
use crate::collection::body::states::ListState;
use crate::collection::pager::{Pager, Pages};
use crate::collection::{ColumnChoice, ListTools};
use crate::ui;

/// What the part `lists` makes.
#[derive(Clone)]
enum Piece {
    FilterBar(ListTools),
    Actions(ListTools),
    AutoRefresh(ListTools),
    Pager(Pages),
    ColumnTools(ColumnChoice, RwSignal<Option<ui::ColumnTools>>),
    State(ListState, RwSignal<bool>),
    Toasts(ui::Voice),
}

#[wasm_split(lists, fallible)]
fn make_list_piece(piece: Piece) -> Made {
    Ok(match piece {
        Piece::FilterBar(list) => list.filter_bar(),
        Piece::Actions(list) => list.actions(),
        Piece::AutoRefresh(list) => list.auto_refresh(),
        Piece::Pager(pages) => view! { <Pager pages/> }.into_any(),
        Piece::ColumnTools(choice, tools) => {
            tools.set(Some(choice.tools()));
            ().into_any()
        }
        Piece::State(state, is_told) => {
            is_told.set(true);
            state.view()
        }
        Piece::Toasts(voice) => view! { <ui::Toasts voice/> }.into_any(),
    })
}

/// What the first rows of a whole list do without.
#[derive(Clone, Copy)]
pub struct ListLogic {
    /// Fixes the moving points in time of a term; see [`query::resolved`].
    pub resolved: fn(&Field, &Term, i64) -> Term,
    /// Whether a record satisfies a term; see [`query::matches`].
    pub matches: fn(&Resource, &Term, &Record, i64) -> bool,
    /// Tells a number that a chart draws; see [`Amounts::text`].
    pub amount_text: fn(&Amounts, f64) -> String,
}

/// What reads a list with a filter, and tells the numbers of a chart.
#[wasm_split(lists, fallible)]
pub fn list_logic() -> Result<ListLogic, SplitLoaderError> {
    Ok(ListLogic { resolved: query::resolved, matches: query::matches, amount_text: Amounts::text })
}

/// Shows a piece of a list once the first data are there, and `waiting` until then.
fn list_piece(piece: Piece, waiting: fn() -> AnyView) -> AnyView {
    let here = painted();
    (move || {
        let piece = piece.clone();
        if here.get() {
            fetched(Box::new(move || Box::pin(make_list_piece(piece.clone()))), waiting)
        } else {
            waiting()
        }
    })
    .into_any()
}

/// The filter of a list.
pub fn filter_bar(list: ListTools) -> AnyView {
    list_piece(Piece::FilterBar(list), || view! { <div class="filter-bar"></div> }.into_any())
}

/// What can be done with a list: its operations, columns, views, export.
pub fn list_actions(list: ListTools) -> AnyView {
    list_piece(Piece::Actions(list), || ().into_any())
}

/// How often a list is read by itself.
pub fn auto_refresh(list: ListTools) -> AnyView {
    list_piece(Piece::AutoRefresh(list), || ().into_any())
}

/// The messages of the page's voice. They may come before any data, such as that a language could not be fetched.
pub fn toasts(voice: ui::Voice) -> AnyView {
    fetched(Box::new(move || Box::pin(make_list_piece(Piece::Toasts(voice)))), || ().into_any())
}

/// What a list tells beside its rows or in their place. What the system said is there at once, in its plain words: where the part
/// does not come, because nothing comes from there any more, it is all that there is.
pub fn list_state(state: ListState) -> AnyView {
    let plain = state.failure().map(|failure| failure.message.clone());
    let is_told = RwSignal::new(false);
    view! {
        {move || plain.clone().filter(|_| !is_told.get()).map(|plain| view! { <p role="alert">{plain}</p> })}
        {list_piece(Piece::State(state, is_told), || ().into_any())}
    }
    .into_any()
}

/// What leads to the other pages of a list.
pub fn pager(pages: Pages) -> AnyView {
    list_piece(Piece::Pager(pages), || ().into_any())
}

/// Puts into `tools` what changes the columns of a list; it shows nothing itself.
pub fn column_tools(choice: ColumnChoice, tools: RwSignal<Option<ui::ColumnTools>>) -> AnyView {
    list_piece(Piece::ColumnTools(choice, tools), || ().into_any())
}
