//! What the console knows of a kind. For a first list that is the outline of its catalog and the one resource; the whole
//! catalog, several times as large, comes once the rows are there, or when something asks for more.

use std::sync::Arc;

use boxdeck_catalog::{Catalog, load};
use boxdeck_dialect::{Failure, FailureKind};
use futures_util::future::join;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::site;

/// How much of a catalog is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Extent {
    /// What was asked for is there.
    Enough,
    /// More is needed and under way.
    Coming,
    /// More is needed and did not come.
    Failed(Failure),
}

/// What is known of the kind of a system that was opened.
#[derive(Clone, Copy)]
pub struct Known {
    held: StoredValue<Held, LocalStorage>,
    /// How far the whole catalog has come.
    extent: RwSignal<Extent>,
}

struct Held {
    kind: String,
    catalog: Arc<Catalog>,
    /// The one resource that is more than an outline; `None`: all of them are.
    only: Option<String>,
    /// The whole catalog while it is under way, for everything that waits for it.
    coming: Option<Promise>,
}

impl Known {
    /// Reads what is needed of a kind: for the list of the resource `only` its part, else the whole. A site's own catalog
    /// may have no outline.
    ///
    /// # Errors
    /// The catalog is missing or unreadable.
    pub async fn read(kind: &str, only: Option<&str>) -> Result<Self, Failure> {
        if let Some(only) = only
            && let Some(catalog) = part(kind, only).await
        {
            return Ok(Self::new(kind, catalog, Some(only.to_owned())));
        }
        Ok(Self::new(kind, whole(kind).await?, None))
    }

    fn new(kind: &str, catalog: Catalog, only: Option<String>) -> Self {
        let extent = if only.is_none() { Extent::Enough } else { Extent::Coming };
        let held = Held { kind: kind.to_owned(), catalog: Arc::new(catalog), only, coming: None };
        Self { held: StoredValue::new_local(held), extent: RwSignal::new(extent) }
    }

    /// What is known now.
    pub fn catalog(self) -> Arc<Catalog> {
        self.held.with_value(|held| Arc::clone(&held.catalog))
    }

    /// Whether enough is known to show this resource; tracked while it is not.
    pub fn extent(self, resource: &str) -> Extent {
        let is_enough = self.held.with_value(|held| held.only.as_deref().is_none_or(|only| only == resource));
        if is_enough { Extent::Enough } else { self.extent.get() }
    }

    /// Waits for the whole catalog, which is fetched when it is first asked for.
    ///
    /// # Errors
    /// It is missing or unreadable; the next call fetches it again.
    pub async fn whole(self) -> Result<(), Failure> {
        if self.held.with_value(|held| held.only.is_none()) {
            return Ok(());
        }
        let under_way = self.held.with_value(|held| held.coming.clone());
        let coming = under_way.unwrap_or_else(|| {
            let coming = future_to_promise(async move {
                self.complete().await;
                Ok(JsValue::UNDEFINED)
            });
            self.held.update_value(|held| held.coming = Some(coming.clone()));
            coming
        });
        // It is never rejected: what became of it is in `extent`.
        JsFuture::from(coming).await.unwrap_or_default();
        match self.extent.get_untracked() {
            Extent::Failed(failure) => Err(failure),
            Extent::Enough | Extent::Coming => Ok(()),
        }
    }

    async fn complete(self) {
        self.extent.set(Extent::Coming);
        let kind = self.held.with_value(|held| held.kind.clone());
        let result = whole(&kind).await;
        let extent = self.held.try_update_value(|held| {
            held.coming = None;
            match result {
                Ok(catalog) => {
                    held.catalog = Arc::new(catalog);
                    held.only = None;
                    Extent::Enough
                }
                Err(failure) => Extent::Failed(failure),
            }
        });
        if let Some(extent) = extent {
            self.extent.set(extent);
        }
    }
}

/// The outline of a catalog with one resource filled in, and of others what its rows need, if the site has both and they can be
/// read. Whatever is wrong with them, the whole catalog says it.
async fn part(kind: &str, only: &str) -> Option<Catalog> {
    let (outline, detail) = (format!("catalogs/{kind}.outline.json"), format!("catalogs/{kind}/{only}.json"));
    let (outline, detail) = join(text_of(kind, &outline), text_of(kind, &detail)).await;
    let mut catalog = load::from_json(&outline.ok()?).ok()?;
    let details = load::resources_from_json(&detail.ok()?).ok()?;
    if details.first().is_none_or(|first| first.id != only) {
        return None;
    }
    for detail in details {
        let place = catalog.resources.iter_mut().find(|resource| resource.id == detail.id)?;
        *place = detail;
    }
    Some(catalog)
}

async fn whole(kind: &str) -> Result<Catalog, Failure> {
    let path = format!("catalogs/{kind}.json");
    let text = text_of(kind, &path).await?;
    load::from_json(&text)
        .map_err(|fault| Failure::new(FailureKind::Malformed, words::files::unreadable(&path, fault)))
}

async fn text_of(kind: &str, path: &str) -> Result<String, Failure> {
    let file = site::file(path, |_status| words::files::no_catalog(kind, path)).await?;
    Ok(String::from_utf8_lossy(&file).into_owned())
}
