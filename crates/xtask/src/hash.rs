//! Stamps: a short text that changes when the inputs of a step change, so that a step can be skipped.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Gathers the inputs of one step.
///
/// The hash guards against needless work, not against an attacker; 64 bits are plenty.
pub(crate) struct Stamp(DefaultHasher);

impl Stamp {
    /// Starts a stamp; raise the version when the step itself changes its meaning.
    pub(crate) fn new(step: &str) -> Self {
        let mut stamp = Self(DefaultHasher::new());
        stamp.text(step);
        stamp
    }

    /// Adds a text, such as the version of a tool.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a file, or every file below a folder in a fixed order. What does not exist counts as absent.
    ///
    /// # Errors
    /// When something that exists cannot be read.
    pub(crate) fn path(&mut self, root: &Path, relative: &str) -> Result<()> {
        for file in files_below(&root.join(relative))? {
            let name = file.strip_prefix(root).unwrap_or(&file);
            self.text(&name.to_string_lossy());
            self.bytes(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
        }
        Ok(())
    }

    /// The stamp as text.
    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    /// Adds bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        // The length keeps two neighbours from being read as one.
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
    }
}

/// Whether a file holds exactly this stamp; a missing file does not.
pub(crate) fn is_stamped(file: &Path, stamp: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text == stamp)
}

/// Every file below a path in a fixed order: the path itself when it is a file, nothing when it does not exist.
///
/// # Errors
/// When a folder cannot be listed.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![path.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))?;
            for entry in entries {
                open.push(entry.with_context(|| format!("cannot list {}", path.display()))?.path());
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&str]) -> String {
        let mut stamp = Stamp::new("test");
        parts.iter().for_each(|part| stamp.text(part));
        stamp.finish()
    }

    #[test]
    fn a_stamp_follows_content_and_borders() {
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["ab"]));
        assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
    }

    #[test]
    fn a_stamp_covers_folders_and_ignores_what_is_absent() {
        let root = crate::workspace::root().unwrap();
        let mut here = Stamp::new("test");
        here.path(&root, "crates/xtask/src").unwrap();
        let mut nothing = Stamp::new("test");
        nothing.path(&root, "crates/xtask/no-such-folder").unwrap();
        assert_ne!(here.finish(), nothing.finish());
        assert_eq!(nothing.finish(), Stamp::new("test").finish());
    }
}
