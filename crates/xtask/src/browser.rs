//! The browser of the system, which the end-to-end tests drive.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{
    debian::{self, Need},
    process,
};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The font of the pictures that the tests compare.
const FONT: Need =
    Need { package: "fonts-dejavu-core", file: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf" };

/// Installs the font of the pictures, where one may. Elsewhere the comparison tells that it is another.
///
/// # Errors
/// When the installation fails.
pub(crate) fn ensure_font() -> Result<()> {
    if debian::can_install() { debian::ensure(&[FONT], "the pictures of the components") } else { Ok(()) }
}

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
    if !debian::can_install() {
        bail!(
            "the browser tests need Chromium: install it (Debian: `apt-get install chromium`), or name one in BOXDECK_CHROMIUM"
        );
    }
    debian::install(&["chromium"])?;
    match process::find("chromium") {
        Some(found) => Ok(found),
        None => bail!("Debian's package chromium left no program of that name"),
    }
}
