//! The list of the devices of a user, and above it those that the system does not list.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Page, Query};
use leptos::prelude::*;

use super::Factors;
use super::waiting::Waiting;
use crate::begun::Desk;
use crate::collection::CollectionPage;
use crate::load::Loader;

/// The page.
#[component]
pub fn FactorList() -> impl IntoView {
    let waiting = Factors::here().map(|factors| view! { <Unlisted factors/> });
    view! { {waiting}<CollectionPage/> }
}

/// Reads which devices count, to know of which of the others there is something to say.
#[component]
fn Unlisted(factors: Factors) -> impl IntoView {
    let waiting = RwSignal::new(factors.desk.begun());
    let loader = Loader::<Page>::aside();
    {
        let desk = factors.desk.clone();
        Effect::new(move |_| {
            desk.system.track(&desk.resource.id);
            let Some(list) = desk.resource.first(OperationKind::List).cloned() else { return };
            let Desk { system, resource, owner } = desk.clone();
            loader.run(move |reader| async move {
                system.page(&resource, &list, Some(&owner), &Query::default(), reader).await
            });
        });
    }
    let of = factors.clone();
    Effect::new(move |before: Option<Vec<String>>| {
        let Some(page) = loader.get().data else { return before.unwrap_or_default() };
        let enabled: Vec<String> =
            page.records.iter().filter_map(|record| record.key(&of.desk.resource)).collect();
        for serial in &enabled {
            of.desk.forget(serial);
        }
        // One that was enabled a moment ago has been deactivated: it is there and nobody sees it.
        for gone in before.unwrap_or_default().iter().filter(|serial| !enabled.contains(serial)) {
            of.desk.keep(gone, "");
        }
        waiting.set(of.desk.begun());
        enabled
    });
    view! { <Waiting factors waiting/> }
}
