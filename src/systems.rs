//! The list of systems: `systems.json` beside the console, or the box that serves the page; and those that a person has added.
//!
//! ```json
//! { "systems": [ { "name": "north", "label": "North site", "kind": "infinibox", "address": "../boxes/north/" } ] }
//! ```
//!
//! `name` appears in addresses of the console; `address` is relative to `systems.json`; `options` belong to the dialect
//! (for Ironic with Keystone: `{"keystone": "../identity/"}`). What a person adds is written in the same way and kept by the
//! browser ([`kept`]); [`page`] is where that is done.

mod form;
mod import;
pub mod kept;
pub mod list;
pub mod page;
mod probe;
mod row;
mod verdict;
mod wording;

use boxdeck_dialect::{self as speech, Dialect, Failure, FailureKind, Response, dialect};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::site;
use crate::transport::{self, Route};

/// One configured system.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SystemEntry {
    /// Identifier in the console's addresses.
    pub name: String,
    /// What a person calls it. Default: the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Kind, as in the catalogs.
    pub kind: String,
    /// Where it is, relative to the file.
    pub address: String,
    /// What its dialect needs besides.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub options: Map<String, Value>,
    /// Who named it.
    #[serde(skip)]
    pub source: Source,
}

/// Who named a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// `systems.json`.
    #[default]
    Site,
    /// Nobody: it serves the console.
    Serving,
    /// The person at this browser.
    Own,
}

impl SystemEntry {
    /// What a person calls it.
    pub fn title(&self) -> &str {
        if self.label.is_empty() { &self.name } else { &self.label }
    }

    /// Whether both say the same of a system, whoever says it.
    pub fn is_same(&self, other: &Self) -> bool {
        *self == Self { source: self.source, ..other.clone() }
    }
}

/// One line of `catalogs/index.json`: a kind that this console has a catalog for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KnownKind {
    /// Identifier of the kind.
    pub id: String,
    /// The vendor's name of the product.
    pub title: String,
    /// Identifier of its dialect.
    pub dialect: String,
}

/// `catalogs/index.json`.
#[derive(Deserialize)]
struct Index {
    kinds: Vec<KnownKind>,
}

/// Reads `systems.json`; where there is none, asks the serving box what it is. The person's own systems follow.
///
/// # Errors
/// The file is there but unreadable, with the line at fault; or there is none, the page's own server is no system that is
/// known, and the person has added none.
pub async fn load() -> Result<Vec<SystemEntry>, Failure> {
    // A list of the person's that cannot be read is told on the page where it can be mended.
    let own = kept::read().unwrap_or_default();
    let answer = site::ask("systems.json").await?;
    match answer.status {
        200..=299 if !is_html(&answer) => Ok(list::join(list::parse(&answer.body)?, &own)),
        404 | 403 | 200..=299 => match serving_box().await {
            Ok(entry) => Ok(list::join(vec![entry], &own)),
            Err(_no_box) if !own.is_empty() => Ok(own),
            Err(failure) => Err(failure),
        },
        status => Err(Failure::new(FailureKind::Broken, words::files::systems_status(status))),
    }
}

/// The kinds that this console has catalogs for, by name.
///
/// # Errors
/// The list of kinds cannot be read.
pub async fn listed_kinds() -> Result<Vec<KnownKind>, Failure> {
    let index = site::file("catalogs/index.json", |_status| words::files::missing_index().into()).await?;
    parse_index(&index)
}

/// The kinds that this console has catalogs for. How each of them speaks is there afterwards.
///
/// # Errors
/// The list of kinds or one of the dialects cannot be read.
pub async fn known_kinds() -> Result<Vec<KnownKind>, Failure> {
    let kinds = listed_kinds().await?;
    for kind in &kinds {
        speech::fetch(&kind.dialect).await.map_err(|_told| site::no_part())?;
    }
    Ok(kinds)
}

/// Parses the content of `catalogs/index.json`.
fn parse_index(body: &[u8]) -> Result<Vec<KnownKind>, Failure> {
    let index: Index = serde_json::from_slice(body).map_err(|fault| {
        Failure::new(FailureKind::Malformed, words::files::unreadable_file("catalogs/index.json", fault))
    })?;
    Ok(index.kinds)
}

async fn serving_box() -> Result<SystemEntry, Failure> {
    for kind in known_kinds().await? {
        let Some(speaker) = dialect(&kind.dialect) else { continue };
        if answers_as(speaker).await {
            return Ok(SystemEntry {
                name: kind.id.clone(),
                label: String::new(),
                kind: kind.id,
                address: "/".to_owned(),
                source: Source::Serving,
                ..SystemEntry::default()
            });
        }
    }
    Err(Failure::new(FailureKind::NotFound, words::files::no_systems()))
}

async fn answers_as(speaker: &dyn Dialect) -> bool {
    let Some(probe) = speaker.probe() else { return false };
    let route = Route { address: "/".to_owned(), ..Route::default() };
    // A server that does not answer is not a box of this kind; the next kind may be.
    transport::send(&probe, &route).await.is_ok_and(|answer| speaker.recognises(&answer))
}

/// A static server may answer a missing file with a page.
fn is_html(answer: &Response) -> bool {
    answer.header("content-type").is_some_and(|media_type| media_type.starts_with("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_of_catalogs_is_read() {
        let index =
            br#"{"kinds":[{"id":"ironic","title":"Ironic","dialect":"ironic","version":"1.32","reads":7}]}"#;
        let kinds = parse_index(index).expect("a valid index");
        assert_eq!((kinds[0].id.as_str(), kinds[0].dialect.as_str()), ("ironic", "ironic"));
    }
}
