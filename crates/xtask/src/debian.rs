//! Debian's packages: what a test needs and the system lacks is installed, where one may.

use std::{
    fs, io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{process, report};

/// A program of a package, by which one sees whether the package is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    /// The name of the package.
    pub(crate) package: &'static str,
    /// A file of it, as a full path.
    pub(crate) file: &'static str,
}

/// Installs the packages whose files are missing.
///
/// # Errors
/// When one is missing and this is not Debian run by root, or the installation fails; `purpose` says what for.
pub(crate) fn ensure(needs: &[Need], purpose: &str) -> Result<()> {
    let missing = |need: &&Need| !Path::new(need.file).is_file();
    let packages: Vec<&str> = needs.iter().filter(missing).map(|need| need.package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    if !can_install() {
        bail!("{purpose} need Debian's {}: `apt-get install {}`", packages.join(", "), packages.join(" "));
    }
    install(&packages)?;
    match needs.iter().find(missing) {
        Some(need) => bail!("Debian's package {} left no {}", need.package, need.file),
        None => Ok(()),
    }
}

/// Whether packages can be installed here: on Debian itself, by root.
pub(crate) fn can_install() -> bool {
    let is_root = || process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    is_debian(&fs::read_to_string("/etc/os-release").unwrap_or_default()) && is_root()
}

/// Installs packages without what they merely recommend, and starts none of their services.
///
/// # Errors
/// When apt-get fails.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    report::step(&format!("installing Debian's {}", packages.join(", ")));
    let _quiet = NoServices::new()?;
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::run(&mut apt(&["update", "--quiet"]))?;
    let mut command = apt(&["install", "--yes", "--quiet", "--no-install-recommends"]);
    process::run(command.args(packages))
}

/// Whether the text of os-release is that of Debian itself: derivatives have packages of the same names that only point elsewhere.
fn is_debian(release: &str) -> bool {
    release.lines().any(|line| line.trim() == "ID=debian")
}

/// The program that Debian asks whether a service may start.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// While this is held, packages that are installed start no services: a server for the tests is no server of the machine.
struct NoServices {
    made: Option<PathBuf>,
}

impl NoServices {
    fn new() -> Result<Self> {
        Self::at(PathBuf::from(POLICY))
    }

    fn at(policy: PathBuf) -> Result<Self> {
        let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o755).open(&policy);
        match made {
            Ok(mut file) => {
                let guard = Self { made: Some(policy) };
                io::Write::write_all(&mut file, b"#!/bin/sh\nexit 101\n")
                    .context("cannot write the policy")?;
                Ok(guard)
            }
            // Whoever manages this machine has decided already.
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => Ok(Self { made: None }),
            Err(fault) => Err(fault).with_context(|| format!("cannot make {}", policy.display())),
        }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if let Some(made) = &self.made
            && let Err(fault) = fs::remove_file(made)
        {
            report::note(&format!("{} could not be removed: {fault}", made.display()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_counts() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
    }

    #[test]
    fn the_policy_is_there_while_it_is_needed_and_a_decision_that_was_made_stays() {
        let policy =
            crate::workspace::scratch(&crate::workspace::root().unwrap()).unwrap().join("policy-test");
        let held = NoServices::at(policy.clone()).unwrap();
        drop(NoServices::at(policy.clone()).unwrap());
        assert!(policy.is_file());
        drop(held);
        assert!(!policy.exists());
    }

    #[test]
    fn nothing_is_installed_for_what_is_there() {
        ensure(&[Need { package: "base-files", file: "/proc/self/exe" }], "these tests").unwrap();
    }
}
