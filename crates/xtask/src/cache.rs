//! The folder of tools that checkouts share, and the locks that keep two runs apart.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::report;

/// The shared folder.
#[derive(Debug, Clone)]
pub(crate) struct Cache(PathBuf);

impl Cache {
    /// Opens the folder that `BOXDECK_CACHE` names, else `boxdeck` in `XDG_CACHE_HOME` or `~/.cache`.
    ///
    /// # Errors
    /// When there is no such place, or it cannot be made.
    pub(crate) fn open() -> Result<Self> {
        let dir = place(|name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))
            .context("set BOXDECK_CACHE: there is no home folder to keep the tools in")?;
        fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        // Tools are started from other folders, so a relative name would not do.
        let dir = dir.canonicalize().with_context(|| format!("cannot open {}", dir.display()))?;
        Ok(Self(dir))
    }

    /// The folder itself.
    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }

    /// A place in the folder.
    pub(crate) fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.join(name)
    }
}

fn place(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    variable("BOXDECK_CACHE")
        .or_else(|| variable("XDG_CACHE_HOME").map(|dir| dir.join("boxdeck")))
        .or_else(|| variable("HOME").map(|dir| dir.join(".cache/boxdeck")))
}

/// Held while a step must not run twice; let go of when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Takes the lock, and says so when another run has it and this one waits.
///
/// # Errors
/// When the lock file cannot be made.
pub(crate) fn lock(file: &Path, purpose: &str) -> Result<Lock> {
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    }
    let handle = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(file)
        .with_context(|| format!("cannot open {}", file.display()))?;
    match handle.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            report::note(&format!("waiting for another run: {purpose}"));
            handle.lock().with_context(|| format!("cannot lock {}", file.display()))?;
        }
        Err(TryLockError::Error(fault)) => {
            return Err(fault).with_context(|| format!("cannot lock {}", file.display()));
        }
    }
    Ok(Lock { _file: handle })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Option<PathBuf> {
        place(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value)))
    }

    #[test]
    fn the_most_specific_place_wins() {
        let all = [("HOME", "/home/a"), ("XDG_CACHE_HOME", "/xdg"), ("BOXDECK_CACHE", "/mine")];
        assert_eq!(with(&all), Some("/mine".into()));
        assert_eq!(with(&all[..2]), Some("/xdg/boxdeck".into()));
        assert_eq!(with(&all[..1]), Some("/home/a/.cache/boxdeck".into()));
        assert_eq!(with(&[]), None);
    }

    #[test]
    fn a_lock_keeps_a_second_holder_out_until_it_is_dropped() {
        let file = crate::workspace::scratch(&crate::workspace::root().unwrap()).unwrap().join("lock-test");
        let held = lock(&file, "a test").unwrap();
        let second = File::options().write(true).open(&file).unwrap();
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        second.try_lock().unwrap();
    }
}
