//! The vendor's own client for the InfiniBox against the simulator.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    cache::Cache,
    demo, process, python,
    summary::{self, Counts},
};

const FOLDER: &str = "tests/infinisdk";
const CONSTRAINTS: &str = "tests/infinisdk/constraints.txt";

/// Installs the client and runs its tests; whether they passed, and how many did.
///
/// # Errors
/// When the client cannot be installed, the simulator not built, or the tests do not get as far as running.
pub(crate) fn run(cache: &Cache, root: &Path) -> Result<(bool, Counts)> {
    let python = python::environment(cache, root, "infinisdk", CONSTRAINTS)?;
    let simulator = demo::simulator(root)?;
    let mut command = Command::new(python);
    command
        .args(["-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", FOLDER])
        .current_dir(root)
        .env("BOXDECK_SIMULATOR", simulator)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // Options that somebody keeps for tests of their own.
        .env_remove("PYTEST_ADDOPTS");
    let (well, lines) = process::watched(&mut command)?;
    Ok((well, summary::pytest(&lines).context("pytest did not get as far as the tests")?))
}
