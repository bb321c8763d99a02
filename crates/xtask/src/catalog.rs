//! The catalogs: checked, listed, and bundled for the browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use boxdeck_catalog::outline::{detail, outline};
use boxdeck_catalog::{Catalog, Fault, Operation, OperationKind, Resource, check, files, load};
use serde_json::json;

use crate::{report, workspace};

/// `cargo xtask catalog check`: reports every fault of the catalogs in a folder.
///
/// # Errors
/// When there are faults.
pub(crate) fn check_all(dir: Option<&Path>) -> Result<()> {
    let dir = match dir {
        Some(dir) => dir.to_path_buf(),
        None => own()?,
    };
    let catalogs = sound(&dir)?;
    let operations: usize = catalogs
        .iter()
        .flat_map(|catalog| &catalog.resources)
        .map(|resource| resource.operations.len())
        .sum();
    report::step(&format!("{} catalogs with {operations} operations, no faults", catalogs.len()));
    Ok(())
}

/// `cargo xtask operations`: one line for each operation with the kind of system, the method, the path and the id,
/// parted by tabs.
///
/// # Errors
/// When the catalogs cannot be read.
pub(crate) fn operations() -> Result<()> {
    let catalogs = files::load_dir(&own()?).map_err(|faults| all(&faults))?;
    report::result(&catalogs.iter().map(lines).collect::<String>())
}

/// One line a call: operations that a catalog offers from several places are one call of the box, listed where it belongs,
/// and those that only fill pickers are left out.
fn lines(catalog: &Catalog) -> String {
    let mut calls: Vec<(&Resource, &Operation)> = Vec::new();
    for found in catalog.operations().filter(|(_, operation)| !operation.adjacent) {
        let same = calls.iter_mut().find(|(_, known)| {
            known.method == found.1.method && path_shape(&known.path) == path_shape(&found.1.path)
        });
        match same {
            Some(known) if belonging(found) > belonging(*known) => *known = found,
            Some(_) => {}
            None => calls.push(found),
        }
    }
    calls
        .into_iter()
        .map(|(_, operation)| {
            format!("{}\t{}\t{}\t{}\n", catalog.kind.id, operation.method, operation.path, operation.id)
        })
        .collect()
}

/// A path with its placeholders' names left out.
fn path_shape(path: &str) -> String {
    path.split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

/// How much a call belongs where it is offered: a plain create, update or delete more than an action, a resource that the
/// path names more than another.
fn belonging((resource, operation): (&Resource, &Operation)) -> (bool, bool) {
    let is_plain = !matches!(operation.kind, OperationKind::Action | OperationKind::Query);
    (is_plain, operation.path.contains(&resource.id.replace('-', "_")))
}

/// Writes the minified files of each kind into a folder, and `index.json` that names the kinds: the whole catalog
/// (`<kind>.json`), and for a first visit its outline (`<kind>.outline.json`) and each resource with what its records
/// lead to (`<kind>/<resource>.json`).
///
/// # Errors
/// When a catalog has faults or a file cannot be written.
pub(crate) fn bundle(source: &Path, place: &Path) -> Result<()> {
    let catalogs = sound(source)?;
    fs::create_dir_all(place).with_context(|| format!("cannot make {}", place.display()))?;
    let write = |name: String, text: String| {
        let file = place.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    for catalog in &catalogs {
        let kind = &catalog.kind.id;
        let text = load::bundle(catalog).map_err(|fault| all(&[fault]))?;
        write(format!("{kind}.json"), text)?;
        let text = load::bundle(&outline(catalog)).map_err(|fault| all(&[fault]))?;
        write(format!("{kind}.outline.json"), text)?;
        fs::create_dir_all(place.join(kind)).with_context(|| format!("cannot make the folder of {kind}"))?;
        for resource in &catalog.resources {
            let text = load::bundle_resources(&detail(catalog, resource)).map_err(|fault| all(&[fault]))?;
            write(format!("{kind}/{}.json", resource.id), text)?;
        }
    }
    write("index.json".to_owned(), index(&catalogs))
}

/// What the console reads before it knows which catalogs it needs.
fn index(catalogs: &[Catalog]) -> String {
    let kinds: Vec<_> = catalogs
        .iter()
        .map(|catalog| {
            let operations = catalog.resources.iter().flat_map(|resource| &resource.operations);
            let (reads, writes): (Vec<OperationKind>, Vec<OperationKind>) =
                operations.map(|operation| operation.kind).partition(|kind| kind.is_read());
            json!({
                "id": catalog.kind.id,
                "title": catalog.kind.title,
                "version": catalog.kind.version,
                "dialect": catalog.kind.dialect,
                "resources": catalog.resources.len(),
                "reads": reads.len(),
                "writes": writes.len(),
            })
        })
        .collect();
    json!({ "kinds": kinds }).to_string()
}

/// The catalogs of a folder, when not one of them has a fault.
fn sound(dir: &Path) -> Result<Vec<Catalog>> {
    let sources = files::read_dir(dir).map_err(|faults| all(&faults))?;
    if sources.is_empty() {
        bail!("there is no catalog in {}", dir.display());
    }
    let faults: Vec<Fault> = sources.iter().flat_map(check::check).collect();
    if !faults.is_empty() {
        return Err(all(&faults));
    }
    Ok(sources.into_iter().map(|source| source.catalog).collect())
}

fn own() -> Result<PathBuf> {
    Ok(workspace::root()?.join("catalogs"))
}

fn all(faults: &[Fault]) -> anyhow::Error {
    let text: Vec<String> = faults.iter().map(Fault::to_string).collect();
    anyhow!("{} faults in the catalogs\n{}", faults.len(), text.join("\n"))
}
