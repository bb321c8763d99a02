//! The browser of the system, which the end-to-end tests drive.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Result, bail};

use crate::{process, report};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Chromium: the one that `BOXDECK_CHROMIUM` names, else one on the path, else Debian's package, installed now.
///
/// # Errors
/// When there is none and this is not Debian run by root, or the installation fails.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("BOXDECK_CHROMIUM").filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        bail!("BOXDECK_CHROMIUM names {}, which is not there", named.display());
    }
    if let Some(found) = NAMES.iter().find_map(|name| process::find(name)) {
        return Ok(found);
    }
    if !is_debian(&fs::read_to_string("/etc/os-release").unwrap_or_default()) || !is_root() {
        bail!(
            "the browser tests need Chromium: install it (Debian: `apt-get install chromium`), or name one in BOXDECK_CHROMIUM"
        );
    }
    report::step("installing Debian's chromium");
    process::run(
        Command::new("apt-get").args(["update", "--quiet"]).env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    let mut command = Command::new("apt-get");
    command
        .args(["install", "--yes", "--quiet", "--no-install-recommends", "chromium"])
        .env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut command)?;
    match process::find("chromium") {
        Some(found) => Ok(found),
        None => bail!("Debian's package chromium left no program of that name"),
    }
}

/// Whether the text of os-release is that of Debian itself: derivatives have packages of that name that only point
/// elsewhere.
fn is_debian(release: &str) -> bool {
    release.lines().any(|line| line.trim() == "ID=debian")
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_counts() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
    }
}
