//! The end-to-end tests: Playwright's runner, the browser of the system, the built console and the simulator.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    browser,
    cache::Cache,
    debian::{self, Need},
    demo, dist, node, process, report,
    summary::{self, Counts},
    workspace,
};

/// Playwright's project that needs OpenStack Ironic.
pub(crate) const IRONIC: &str = "ironic";
/// Playwright's project that needs Debian's web servers and browsers.
pub(crate) const HOSTING: &str = "hosting";
/// Playwright's projects that are no part of the ordinary run: Ironic and its preparation, hosting, the pictures of the
/// README, and the pictures for a person to look at.
const APART: [&str; 5] = [IRONIC, "ironic-setup", HOSTING, "screenshots", "look"];
const CONFIG: &str = "tests/e2e/playwright.config.ts";

/// Everything that the tests need, built.
pub(crate) struct Setup {
    cache: Cache,
    root: PathBuf,
    programs: PathBuf,
    dist: PathBuf,
    simulator: PathBuf,
    chromium: PathBuf,
}

impl Setup {
    /// Installs and builds what is missing.
    ///
    /// # Errors
    /// When that is not possible.
    pub(crate) fn new(cache: Cache, root: PathBuf) -> Result<Self> {
        let chromium = browser::chromium()?;
        browser::ensure_font()?;
        let programs = node::packages(&cache, &root)?;
        let dist = dist::build(&cache, &root)?;
        let simulator = demo::simulator(&root)?;
        Ok(Self { cache, root, programs, dist, simulator, chromium })
    }

    fn playwright(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.programs.join("playwright"));
        command
            .args(["test", "--config", CONFIG])
            .args(args)
            .current_dir(&self.root)
            .env("BOXDECK_SIMULATOR", &self.simulator)
            .env("BOXDECK_DIST", &self.dist)
            .env("BOXDECK_CHROMIUM", &self.chromium)
            .env("BOXDECK_CACHE", self.cache.dir());
        command
    }
}

/// Installs OpenStack Ironic into the cache, where the tests start it from.
///
/// # Errors
/// When Python is missing or the installation fails.
pub(crate) fn prepare_ironic(cache: &Cache, root: &Path) -> Result<()> {
    let python =
        process::find("python3").context("python3 is missing; OpenStack Ironic is a Python program")?;
    report::step("preparing OpenStack Ironic");
    let mut command = Command::new(python);
    command.args(["tests/ironic", "prepare"]).current_dir(root).env("BOXDECK_CACHE", cache.dir());
    process::run(&mut command)
}

/// Installs the servers that the files in `deploy/` are for, and the browsers besides Chromium.
///
/// # Errors
/// When one is missing and cannot be installed.
pub(crate) fn prepare_hosting() -> Result<()> {
    let needs = [
        Need { package: "nginx-light", file: "/usr/sbin/nginx" },
        Need {
            package: "libnginx-mod-http-brotli-static",
            file: "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so",
        },
        Need { package: "caddy", file: "/usr/bin/caddy" },
        Need { package: "firefox-esr", file: "/usr/bin/firefox-esr" },
        Need { package: "webkit2gtk-driver", file: "/usr/bin/WebKitWebDriver" },
        Need { package: "xvfb", file: "/usr/bin/Xvfb" },
    ];
    debian::ensure(&needs, "the tests of hosting")
}

/// The projects of the ordinary run: all that the configuration names but those apart.
///
/// # Errors
/// When Playwright cannot read its configuration, or there are none.
pub(crate) fn journeys(setup: &Setup) -> Result<Vec<String>> {
    let listed = process::output(&mut setup.playwright(&["--list", "--reporter=json"]))?;
    let projects = projects(&listed)?;
    let projects: Vec<String> = projects.into_iter().filter(|name| !APART.contains(&name.as_str())).collect();
    if projects.is_empty() {
        bail!("{CONFIG} names no project");
    }
    Ok(projects)
}

/// Runs these projects, and returns how many tests passed and failed.
///
/// # Errors
/// When Playwright does not get as far as the tests.
pub(crate) fn run(setup: &Setup, projects: &[String]) -> Result<Counts> {
    let file = workspace::scratch(&setup.root)?.join(format!("e2e-{}.json", projects.join("-")));
    forget(&file)?;
    let mut command = setup.playwright(&["--reporter=list,json"]);
    command
        .args(projects.iter().map(|name| format!("--project={name}")))
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &file);
    let (well, _) = process::watched(&mut command)?;
    let text = fs::read_to_string(&file).context("Playwright left no report")?;
    let counts = summary::playwright(&text)?;
    // Faults outside a test, such as a file that cannot be loaded, have no count of their own.
    if counts.failed == 0 && !well {
        bail!("Playwright ended badly, though no test failed");
    }
    if counts.passed + counts.failed == 0 {
        bail!("no test ran");
    }
    Ok(counts)
}

fn forget(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            Err(fault).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// The names of the projects in Playwright's JSON report.
fn projects(report: &str) -> Result<Vec<String>> {
    let report: Value = serde_json::from_str(report).context("Playwright's list is not JSON")?;
    let names = || -> Option<Vec<String>> {
        let projects = report.get("config")?.get("projects")?.as_array()?;
        projects.iter().map(|project| Some(project.get("name")?.as_str()?.to_owned())).collect()
    };
    names().context("Playwright's list names no projects")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_of_the_projects() {
        let text = r#"{"config":{"projects":[{"name":"chromium"},{"name":"ironic"}]},"suites":[]}"#;
        assert_eq!(projects(text).unwrap(), ["chromium", "ironic"]);
        assert!(projects("{}").is_err());
    }
}
