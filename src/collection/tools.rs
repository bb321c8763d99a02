//! What a person does with a list besides looking at it, and how that changes its address.

use std::sync::Arc;

use leptos::prelude::*;

use super::actions::ListActions;
use super::address::ListAddress;
use super::filter::bar::FilterBar;
use super::reading::Reading;
use super::refresh::AutoRefresh;
use super::source::{Listed, Source};
use super::views::menu::SavedViews;

/// How a change of the address is entered into the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// As a step that "back" undoes.
    New,
    /// In place of the present one: it is being refined.
    Same,
}

/// What a person does with a list besides looking at it. It is fetched once the first rows are there.
#[derive(Clone)]
pub struct ListTools {
    pub(super) source: Source,
    pub(super) address: Signal<ListAddress>,
    pub(super) listed: Memo<Option<Arc<Listed>>>,
    pub(super) saved: SavedViews,
    pub(super) reading: Reading,
    pub(super) go: Callback<(ListAddress, Entry)>,
    pub(super) on_go: Callback<ListAddress>,
}

impl ListTools {
    /// The filter, as chips and as text.
    pub fn filter_bar(self) -> AnyView {
        let Self { source, address, listed, saved, reading, go, .. } = self;
        view! { <FilterBar source address listed reading saved on_go=go/> }.into_any()
    }

    /// Operations, columns, views, export.
    pub fn actions(self) -> AnyView {
        let Self { source, address, listed, saved, on_go, .. } = self;
        view! { <ListActions source address listed saved on_go/> }.into_any()
    }

    /// How often it is read by itself.
    pub fn auto_refresh(self) -> AnyView {
        let Self { source, reading, .. } = self;
        view! { <AutoRefresh source reading/> }.into_any()
    }
}
