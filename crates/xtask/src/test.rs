//! `cargo xtask test`: every check in one place, each with its time, and one line at the end.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use self::beside::Beside;
use crate::{
    cache::Cache,
    catalog,
    hash::files_below,
    node, process, report,
    summary::{self, Counts},
    tools, workspace,
};

mod beside;
pub(crate) mod e2e;
mod sdk;

/// One part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The layout of the Rust code.
    Fmt,
    /// Clippy for the native crates and for the console in the browser.
    Clippy,
    /// The native tests.
    Native,
    /// The examples in the documentation.
    Doc,
    /// The tests of the scripts that are shipped as they are.
    Scripts,
    /// The types of the end-to-end tests.
    Types,
    /// The checks of the catalogs.
    Catalogs,
    /// Clients that nobody of this project wrote against the simulator.
    Sdk,
    /// The end-to-end tests in the browser.
    E2e,
    /// The files of `deploy/` on their servers, in the browsers of Debian.
    Hosting,
    /// The end-to-end tests against OpenStack Ironic.
    Ironic,
}

impl Step {
    /// All steps, the quick ones first.
    const ALL: [Self; 11] = [
        Self::Fmt,
        Self::Catalogs,
        Self::Clippy,
        Self::Native,
        Self::Doc,
        Self::Scripts,
        Self::Types,
        Self::Sdk,
        Self::E2e,
        Self::Hosting,
        Self::Ironic,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Doc => "doc",
            Self::Scripts => "scripts",
            Self::Types => "types",
            Self::Catalogs => "catalogs",
            Self::Sdk => "sdk",
            Self::E2e => "e2e",
            Self::Hosting => "hosting",
            Self::Ironic => "ironic",
        }
    }

    /// The step of that name.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn from_name(name: &str) -> Result<Self> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|step| step.name() == name)
            .with_context(|| format!("there is no step '{name}'; the steps are {}", names()))
    }
}

/// How one step ended.
struct Ended {
    step: Step,
    time: Duration,
    result: Result<Counts>,
}

impl Ended {
    fn is_well(&self) -> bool {
        self.result.as_ref().is_ok_and(|counts| counts.failed == 0)
    }
}

/// Runs the named steps, or all of them, and goes on after one that fails.
///
/// # Errors
/// When a step failed.
pub(crate) fn run(steps: &[Step]) -> Result<()> {
    let steps = if steps.is_empty() { &Step::ALL } else { steps };
    let mut beside = Beside::begin(steps);
    let mut all = Vec::new();
    for step in steps {
        report::step(&format!("test: {}", step.name()));
        let start = Instant::now();
        let result = run_step(*step, &mut beside);
        let ended = Ended { step: *step, time: start.elapsed(), result };
        report::note(&line(&ended));
        all.push(ended);
    }
    finish(&all)
}

fn run_step(step: Step, beside: &mut Beside) -> Result<Counts> {
    let root = workspace::root()?;
    let cargo = |args: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(args).current_dir(&root).env_remove("CARGO_BUILD_TARGET");
        command
    };
    match step {
        Step::Fmt => process::run(&mut cargo(&["fmt", "--all", "--check"])).map(|()| Counts::default()),
        Step::Clippy => {
            tools::wasm_target()?;
            process::run(&mut cargo(&[
                "clippy",
                "--locked",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))?;
            let console = [
                "clippy",
                "--locked",
                "--package",
                "boxdeck",
                "--target",
                tools::WASM,
                "--",
                "-D",
                "warnings",
            ];
            process::run(&mut cargo(&console)).map(|()| Counts::default())
        }
        Step::Native => {
            // Called directly: cargo finds subcommands only on the path.
            let mut command = Command::new(tools::nextest(&Cache::open()?)?);
            command
                .args(["nextest", "run", "--locked", "--workspace", "--no-fail-fast"])
                .current_dir(&root)
                // Colours that were forced upon it would hide the summary.
                .env("CARGO_TERM_COLOR", "never");
            let (well, lines) = process::watched(&mut command)?;
            let counts = summary::nextest(&lines).context("nextest did not get as far as the tests")?;
            honest(well, counts)
        }
        Step::Doc => {
            let (well, lines) =
                process::watched(&mut cargo(&["test", "--quiet", "--locked", "--doc", "--workspace"]))?;
            honest(well, summary::libtest(&lines))
        }
        Step::Scripts => {
            let mut command = node::node(&root);
            // Files, not the folder: newer releases of Node take a folder for a module.
            command.args(["--test", "--test-reporter=tap"]).args(files_below(&root.join("tests/scripts"))?);
            let (well, lines) = process::watched(&mut command)?;
            honest(well, summary::node(&lines))
        }
        Step::Types => {
            let compiler = node::packages(&Cache::open()?, &root)?.join("tsc");
            let mut command = Command::new(compiler);
            command.args(["--noEmit", "--project", "tests/e2e/tsconfig.json"]).current_dir(&root);
            process::run(&mut command).map(|()| Counts::default())
        }
        Step::Catalogs => catalog::check_all(None).map(|()| Counts::default()),
        Step::Sdk => {
            let (well, counts) = sdk::run(&Cache::open()?, &root)?;
            honest(well, counts)
        }
        Step::E2e => {
            let setup = beside.setup()?;
            e2e::run(setup, &e2e::journeys(setup)?)
        }
        Step::Hosting => {
            e2e::prepare_hosting()?;
            e2e::run(beside.setup()?, &[e2e::HOSTING.to_owned()])
        }
        Step::Ironic => {
            beside.ironic()?;
            e2e::run(beside.setup()?, &[e2e::IRONIC.to_owned()])
        }
    }
}

/// The counts, unless a program says that it failed without a failed test to show for it.
fn honest(well: bool, counts: Counts) -> Result<Counts> {
    if !well && counts.failed == 0 {
        bail!("it ended badly, though no test failed");
    }
    Ok(counts)
}

fn line(ended: &Ended) -> String {
    let time = report::duration(ended.time);
    let name = ended.step.name();
    match &ended.result {
        Ok(counts) if *counts == Counts::default() => format!("{name}: fine ({time})"),
        Ok(Counts { passed, failed, skipped }) => {
            format!("{name}: {passed} passed, {failed} failed, {skipped} skipped ({time})")
        }
        Err(fault) => format!("{name}: {fault:#} ({time})"),
    }
}

fn finish(all: &[Ended]) -> Result<()> {
    report::step("summary");
    for ended in all {
        report::note(&line(ended));
    }
    let total = all
        .iter()
        .filter_map(|ended| ended.result.as_ref().ok())
        .fold(Counts::default(), |sum, counts| sum.plus(*counts));
    let bad: Vec<&str> = all.iter().filter(|ended| !ended.is_well()).map(|ended| ended.step.name()).collect();
    if !bad.is_empty() {
        bail!("{} passed, {} failed; failed steps: {}", total.passed, total.failed, bad.join(", "));
    }
    report::result(&format!("{} passed, {} failed", total.passed, total.failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(step: Step, result: Result<Counts>) -> Ended {
        Ended { step, time: Duration::ZERO, result }
    }

    #[test]
    fn every_step_is_found_by_its_name() {
        for step in Step::ALL {
            assert_eq!(Step::from_name(step.name()).unwrap(), step);
        }
        assert!(Step::from_name("all").is_err());
    }

    #[test]
    fn the_end_names_what_failed() {
        let well = ended(Step::Native, Ok(Counts { passed: 2, failed: 0, skipped: 0 }));
        finish(&[well]).unwrap();
        let all = [
            ended(Step::Fmt, bail_with("not formatted")),
            ended(Step::E2e, Ok(Counts { passed: 5, failed: 1, skipped: 0 })),
        ];
        let fault = finish(&all).unwrap_err().to_string();
        assert_eq!(fault, "5 passed, 1 failed; failed steps: fmt, e2e");
    }

    #[test]
    fn a_bad_end_without_failed_tests_is_a_failure() {
        assert!(honest(false, Counts::default()).is_err());
        assert!(honest(true, Counts::default()).is_ok());
        assert!(honest(false, Counts { failed: 1, ..Counts::default() }).is_ok());
    }

    fn bail_with(text: &str) -> Result<Counts> {
        bail!("{text}")
    }
}
