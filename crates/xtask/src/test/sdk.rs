//! Clients that nobody of this project wrote against the simulator.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    cache::Cache,
    demo, process, python, report,
    summary::{self, Counts},
};

const FOLDER: &str = "tests/clients";
const PACKAGES: python::Packages<'_> = python::Packages {
    constraints: "tests/clients/constraints.txt",
    script: Some("tests/clients/collection.py"),
};
/// The folders of the clients; each gets a run of its own, so that none meets what another has changed in Python.
const CLIENTS: [&str; 4] = ["infinisdk", "hssadmin", "vspone_block", "cohesity"];

/// Installs the clients and runs their tests; whether all passed, and how many did.
///
/// # Errors
/// When the clients cannot be installed, the simulator not built, or the tests of one do not get as far as running.
pub(crate) fn run(cache: &Cache, root: &Path) -> Result<(bool, Counts)> {
    let python = python::environment(cache, root, "clients", &PACKAGES)?;
    let simulator = demo::simulator(root)?;
    let mut all_well = true;
    let mut sum = Counts::default();
    for client in CLIENTS {
        let start = Instant::now();
        let mut command = Command::new(&python);
        command
            .args(["-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider"])
            .arg(format!("{FOLDER}/{client}"))
            .current_dir(root)
            .env("BOXDECK_SIMULATOR", &simulator)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            // Options that somebody keeps for tests of their own.
            .env_remove("PYTEST_ADDOPTS");
        let (well, lines) = process::watched(&mut command)?;
        let counts = summary::pytest(&lines)
            .with_context(|| format!("pytest did not get as far as the tests of {client}"))?;
        report::note(&line(client, counts, start.elapsed()));
        all_well &= well;
        sum = sum.plus(counts);
    }
    Ok((all_well, sum))
}

fn line(client: &str, counts: Counts, time: Duration) -> String {
    let Counts { passed, failed, skipped } = counts;
    format!("{client}: {passed} passed, {failed} failed, {skipped} skipped ({})", report::duration(time))
}
