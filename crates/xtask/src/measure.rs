//! `cargo xtask measure`: the console beside pages that do the same job by other means, in one run; and how much of the
//! program is whose code.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{browser, cache::Cache, demo, dist, hash::files_below, node, process, report, tools, workspace};

mod ledger;
mod readme;

/// What the person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// How often each job is done; the driver's own choice when absent.
    pub(crate) rounds: Option<u32>,
    /// How many volumes the InfiniBox holds; a million when absent.
    pub(crate) records: Option<u32>,
    /// Whether the result goes into the README.
    pub(crate) readme: bool,
}

/// Builds what is missing, measures, and prints the result as Markdown. It takes some minutes and the whole machine.
///
/// # Errors
/// When something cannot be built, or a page does not do its job.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = workspace::root()?;
    let cache = Cache::open()?;
    // First what may be missing for good.
    let chromium = browser::chromium()?;
    let programs = node::packages(&cache, &root)?;
    let bench = root.join("bench");
    node::packages_in(&cache, &root, &bench)?;
    let dist = dist::build(&cache, &root)?;
    let simulator = demo::simulator(&root)?;
    let place = root.join("target/measure");
    let driver = build_pages(&root, &programs, &dist, &place)?;

    report::step("measuring; leave the machine alone until it is done");
    let mut command = node::node(&root);
    command
        .arg(&driver)
        .env("BOXDECK_SITE", place.join("site"))
        .env("BOXDECK_SIMULATOR", simulator)
        .env("BOXDECK_CHROMIUM", chromium)
        .env("BOXDECK_OUTPUT", &place)
        .env("BOXDECK_COMMIT", commit(&root)?);
    for (name, value) in [("BOXDECK_ROUNDS", options.rounds), ("BOXDECK_RECORDS", options.records)] {
        match value {
            Some(value) => command.env(name, value.to_string()),
            None => command.env_remove(name),
        };
    }
    process::run(&mut command)?;
    report::step(&format!("every single value is in {}", place.join("measure.json").display()));
    if options.readme {
        let result = fs::read_to_string(place.join("measure.md")).context("the run left no result")?;
        readme::put(&root.join("README.md"), &result)?;
        report::step("the result is in README.md");
    }
    Ok(())
}

/// Builds the console for release and prints how much of its program is the code of which crate.
///
/// # Errors
/// When it cannot be built or read.
pub(crate) fn sizes() -> Result<()> {
    let root = workspace::root()?;
    dist::build(&Cache::open()?, &root)?;
    report::result(&ledger::of_build(&root)?.table())
}

/// Builds the pages beside a copy of the console, all of them compressed, and returns the program that measures them.
fn build_pages(root: &Path, programs: &Path, dist: &Path, place: &Path) -> Result<PathBuf> {
    report::step("building the pages to measure against");
    let tsc = programs.join("tsc");
    process::run(Command::new(tsc).args(["--project", "bench/tsconfig.json"]).current_dir(root))?;
    let site = place.join("site");
    tools::remove(&site)?;
    copy(dist, &site)?;
    let driver = place.join("driver.mjs");
    process::run(node::node(root).arg("bench/build.mjs").arg(&site).arg(&driver))?;
    process::output(node::node(root).arg("crates/xtask/js/compress.mjs").arg(site.join("bench")))?;
    Ok(driver)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from).context("a file outside its folder")?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// The commit that is measured, with a mark where the files are not those of the commit.
fn commit(root: &Path) -> Result<String> {
    process::output(
        Command::new("git").args(["describe", "--always", "--dirty=+", "--exclude=*"]).current_dir(root),
    )
}
