//! Node and the npm packages of the checkout.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    cache::{self, Cache},
    hash::{Stamp, is_stamped},
    process, report, workspace,
};

/// The oldest Node that the packages run on.
const OLDEST: u32 = 20;

/// Installs the npm packages of the checkout when its lock file or Node changed since the last time, and returns the
/// folder of their programs.
///
/// # Errors
/// When Node or npm is missing or too old, or the installation fails.
pub(crate) fn packages(cache: &Cache, root: &Path) -> Result<PathBuf> {
    packages_in(cache, root, root)
}

/// The same for the packages of a folder of the checkout.
///
/// # Errors
/// As [`packages`].
pub(crate) fn packages_in(cache: &Cache, root: &Path, folder: &Path) -> Result<PathBuf> {
    let version = version()?;
    let _lock = cache::lock(&workspace::scratch(root)?.join("npm.lock"), "it installs the npm packages")?;
    let mut stamp = Stamp::new("npm packages");
    stamp.text(&version);
    stamp.path(folder, "package.json")?;
    stamp.path(folder, "package-lock.json")?;
    let stamp = stamp.finish();
    // npm removes the folder before it fills it, so the stamp is there only after a whole installation.
    let modules = folder.join("node_modules");
    let mark = modules.join(".boxdeck-stamp");
    if !is_stamped(&mark, &stamp) {
        let lock = folder.join("package-lock.json");
        report::step(&format!(
            "installing the npm packages of {}",
            lock.strip_prefix(root).unwrap_or(&lock).display()
        ));
        let mut command = Command::new("npm");
        command
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline", "--cache"])
            .arg(cache.join("npm"))
            .current_dir(folder)
            // The tests use the browser of the system.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        process::run(&mut command)?;
        fs::write(&mark, &stamp).with_context(|| format!("cannot write {}", mark.display()))?;
    }
    Ok(modules.join(".bin"))
}

/// A command that runs Node in the checkout.
pub(crate) fn node(root: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root);
    command
}

fn version() -> Result<String> {
    for program in ["node", "npm"] {
        if process::find(program).is_none() {
            bail!("{program} is missing: install Node {OLDEST} or newer with npm");
        }
    }
    let version = process::output(Command::new("node").arg("--version"))?;
    match major(&version) {
        Some(major) if major >= OLDEST => Ok(version),
        _ => bail!("Node {OLDEST} or newer is needed; this one says {version}"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("twenty"), None);
    }
}
