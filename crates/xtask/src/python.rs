//! Python programs from the package index, in virtual environments that checkouts share.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    cache::{self, Cache},
    hash::{Stamp, is_stamped},
    process, report,
};

/// The oldest Python that the programs run on.
const OLDEST: (u32, u32) = (3, 11);

/// What an environment holds.
#[derive(Debug)]
pub(crate) struct Packages<'a> {
    /// The file of the repository that names every package with its version.
    pub(crate) constraints: &'a str,
    /// A script of the repository that the environment's Python runs afterwards, for what pip cannot install.
    pub(crate) script: Option<&'a str>,
}

/// Installs exactly the packages that are named, when they, the script or Python changed since the last time, and returns
/// the environment's Python.
///
/// # Errors
/// When Python is missing or too old, or the installation fails.
pub(crate) fn environment(
    cache: &Cache,
    root: &Path,
    name: &str,
    packages: &Packages<'_>,
) -> Result<PathBuf> {
    let python = process::find("python3").context("python3 is missing; install Python 3.11 or newer")?;
    let version = process::output(Command::new(&python).arg("--version"))?;
    if minor(&version).is_none_or(|version| version < OLDEST) {
        bail!("Python {}.{} or newer is needed; this one says {version}", OLDEST.0, OLDEST.1);
    }
    let Packages { constraints, script } = packages;
    let mut stamp = Stamp::new("python environment");
    stamp.text(&version);
    stamp.path(root, constraints)?;
    if let Some(script) = script {
        stamp.path(root, script)?;
    }
    let stamp = stamp.finish();
    let folder = cache.join(name).join(format!("venv-{stamp}"));
    let _lock = cache::lock(
        &cache.join(name).join("install.lock"),
        "it installs the packages of another Python program",
    )?;
    let program = folder.join("bin/python");
    // Written last: an environment without it was left half-made.
    let mark = folder.join("finished");
    if is_stamped(&mark, &stamp) {
        return Ok(program);
    }
    report::step(&format!("installing the packages of {constraints}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    process::run(Command::new(&python).args(["-m", "venv"]).arg(&folder))
        .context("Python could not make a virtual environment; on Debian: apt-get install python3-venv")?;
    // The file pins everything that is needed, so nothing has to be resolved.
    let mut command = Command::new(&program);
    command
        .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"])
        .arg("--requirement")
        .arg(root.join(constraints));
    process::run(&mut command)?;
    if let Some(script) = script {
        process::run(Command::new(&program).arg(root.join(script)))?;
    }
    fs::write(&mark, &stamp).with_context(|| format!("cannot write {}", mark.display()))?;
    Ok(program)
}

/// Reads `Python 3.11.7`.
fn minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_python() {
        assert_eq!(minor("Python 3.11.7"), Some((3, 11)));
        assert_eq!(minor("Python 3.13.0rc1"), Some((3, 13)));
        assert_eq!(minor("pypy"), None);
    }
}
