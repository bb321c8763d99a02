//! Reading a catalog as the console ships it: one JSON file per kind; and for a first visit an outline of it
//! ([`crate::outline`]) with one file per resource, in which are also those that its records lead to.

use crate::fault::Fault;
use crate::kind::Catalog;
use crate::resource::Resource;

#[cfg(feature = "files")]
pub use crate::files::load_dir;

/// Name that faults give to a catalog that was not read from a file.
const BUNDLE: &str = "catalog";

/// Reads a bundled catalog.
///
/// # Errors
///
/// The text is not JSON, or not of the catalog's form. The fault names the line.
pub fn from_json(text: &str) -> Result<Catalog, Fault> {
    Fault::read(BUNDLE, text)
}

/// Reads some resources of a bundled catalog.
///
/// # Errors
///
/// As for [`from_json`].
pub fn resources_from_json(text: &str) -> Result<Vec<Resource>, Fault> {
    Fault::read(BUNDLE, text)
}

/// Writes a catalog as one line of JSON without the keys that have their default values, as the console loads it.
///
/// # Errors
///
/// Never for a catalog that was read from JSON; the model has no value that JSON cannot hold.
pub fn bundle(catalog: &Catalog) -> Result<String, Fault> {
    let mut catalog = catalog.clone();
    // The order is that of the resources now.
    catalog.kind.resources.clear();
    serde_json::to_string(&catalog).map_err(|error| Fault::of_json(BUNDLE, &error))
}

/// Writes some resources as [`bundle`] writes them all.
///
/// # Errors
///
/// As for [`bundle`].
pub fn bundle_resources(resources: &[Resource]) -> Result<String, Fault> {
    serde_json::to_string(resources).map_err(|error| Fault::of_json(BUNDLE, &error))
}
