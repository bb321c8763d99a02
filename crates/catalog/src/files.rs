//! Reading catalogs from the repository's folders: `catalogs/<kind>/kind.json` and one file per resource beside it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::kind::{Catalog, Kind};
use crate::resource::Resource;

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as faults name it.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A catalog together with the files that it was read from, so that checks can name lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// The catalog: resources in the order of `Kind::resources`, then those that it does not list, by file name.
    pub catalog: Catalog,
    /// `kind.json`.
    pub kind: SourceFile,
    /// The files of the resources, one for each of `Catalog::resources`, in the same order.
    pub resources: Vec<SourceFile>,
}

impl Sources {
    /// Puts a catalog together from the text of its files.
    ///
    /// # Errors
    ///
    /// Every file that is not JSON or not of the catalog's form, with the line.
    pub fn parse(kind: SourceFile, files: Vec<SourceFile>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut parsed = Vec::new();
        for file in files {
            match Fault::read::<Resource>(&file.name, &file.text) {
                Ok(resource) => parsed.push((resource, file)),
                Err(fault) => faults.push(fault),
            }
        }
        match Fault::read::<Kind>(&kind.name, &kind.text) {
            Ok(described) if faults.is_empty() => {
                parsed.sort_by_cached_key(|(resource, file)| {
                    let place = described.resources.iter().position(|id| *id == resource.id);
                    (place.unwrap_or(usize::MAX), file.name.clone())
                });
                let (resources, files) = parsed.into_iter().unzip();
                Ok(Self { catalog: Catalog { kind: described, resources }, kind, resources: files })
            }
            Ok(_) => Err(faults),
            Err(fault) => {
                faults.insert(0, fault);
                Err(faults)
            }
        }
    }
}

/// Reads every catalog of a folder (`catalogs/`), in the order of the kinds' identifiers.
///
/// # Errors
///
/// Everything that cannot be read, or is not of the catalog's form.
pub fn load_dir(path: &Path) -> Result<Vec<Catalog>, Vec<Fault>> {
    Ok(read_dir(path)?.into_iter().map(|sources| sources.catalog).collect())
}

/// As [`load_dir`], and keeps the files for the checks.
///
/// # Errors
///
/// As [`load_dir`].
pub fn read_dir(path: &Path) -> Result<Vec<Sources>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut catalogs = Vec::new();
    for folder in entries(path).map_err(|fault| vec![fault])?.into_iter().filter(|entry| entry.is_dir()) {
        match read_kind(&folder) {
            Ok(sources) => catalogs.push(sources),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(catalogs) } else { Err(faults) }
}

/// Reads the catalog of one kind from its folder (`catalogs/infinibox`).
///
/// # Errors
///
/// Everything that cannot be read, or is not of the catalog's form.
pub fn read_kind(folder: &Path) -> Result<Sources, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut files = Vec::new();
    let kind = read(&folder.join("kind.json")).map_err(|fault| vec![fault])?;
    for path in entries(folder).map_err(|fault| vec![fault])? {
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if !is_json || path.ends_with("kind.json") {
            continue;
        }
        match read(&path) {
            Ok(file) => files.push(file),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Sources::parse(kind, files) } else { Err(faults) }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()
        })
        .map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<SourceFile, Fault> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    Ok(SourceFile { name: path.display().to_string(), text })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault { file: path.display().to_string(), line: 1, message: format!("cannot be read: {error}") }
}
