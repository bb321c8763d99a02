//! The list of the devices of a user, and above it those that the system does not list.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Page, Query};
use leptos::prelude::*;

use super::Factors;
use super::waiting::Waiting;
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
    let waiting = RwSignal::new(factors.waiting());
    let loader = Loader::<Page>::aside();
    {
        let factors = factors.clone();
        Effect::new(move |_| {
            factors.system.track(&factors.resource.id);
            let Some(list) = factors.resource.first(OperationKind::List).cloned() else { return };
            let Factors { system, resource, owner, .. } = factors.clone();
            loader.run(move |reader| async move {
                system.page(&resource, &list, Some(&owner), &Query::default(), reader).await
            });
        });
    }
    let of = factors.clone();
    Effect::new(move |before: Option<Vec<String>>| {
        let Some(page) = loader.get().data else { return before.unwrap_or_default() };
        let enabled: Vec<String> =
            page.records.iter().filter_map(|record| record.key(&of.resource)).collect();
        for serial in &enabled {
            of.forget(serial);
        }
        // One that was enabled a moment ago has been deactivated: it is there and nobody sees it.
        for gone in before.unwrap_or_default().iter().filter(|serial| !enabled.contains(serial)) {
            of.remember(gone);
        }
        waiting.set(of.waiting());
        enabled
    });
    view! { <Waiting factors waiting/> }
}
