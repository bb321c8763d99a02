//! `cargo xtask demo`: from a bare checkout to a console in the browser.

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, Result, bail};

use crate::{cache::Cache, dist, process, report, workspace};

/// The first port that is tried when none is asked for.
const PORT: u16 = 8440;

/// What the person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// The port to listen on; the first free one from 8440 when absent.
    pub(crate) port: Option<u16>,
    /// Whether to serve HTTPS with a certificate made for this run.
    pub(crate) tls: bool,
    /// How many records the big collections hold; the simulator's own choice when absent.
    pub(crate) records: Option<u64>,
}

/// Installs what is missing, builds what changed, and serves the console with the simulated systems until it is
/// interrupted.
///
/// # Errors
/// When something cannot be installed or built, the port is taken, or the simulator ends by itself.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = workspace::root()?;
    let cache = Cache::open()?;
    // Asked first: a taken port should not cost a build.
    let port = free_port(options.port)?;
    let dist = dist::build(&cache, &root)?;
    let simulator = simulator(&root)?;
    report::step("starting the simulator");
    serve(&simulator, &dist, port, options)
}

/// Builds the simulator as a quick native program, and returns its place.
///
/// # Errors
/// When it cannot be built.
pub(crate) fn simulator(root: &Path) -> Result<PathBuf> {
    report::step("building the simulator");
    let mut command = Command::new("cargo");
    command
        .args(["build", "--quiet", "--locked", "--profile", "native", "--package", "boxdeck-simulator"])
        .current_dir(root)
        .env_remove("CARGO_BUILD_TARGET");
    process::run(&mut command)?;
    Ok(workspace::target(root)
        .join("native")
        .join(format!("boxdeck-simulator{}", std::env::consts::EXE_SUFFIX)))
}

fn serve(simulator: &Path, dist: &Path, port: u16, options: &Options) -> Result<()> {
    let mut command = Command::new(simulator);
    command.arg("--listen").arg(format!("{}:{port}", Ipv4Addr::LOCALHOST)).arg("--dist").arg(dist);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    if options.tls {
        command.arg("--tls");
    }
    if let Some(records) = options.records {
        command.arg("--records").arg(records.to_string());
    }
    let mut child = command.spawn().with_context(|| format!("cannot start {}", simulator.display()))?;
    let output = child.stdout.take().context("the simulator has no output")?;
    let child = Arc::new(Mutex::new(child));
    let interrupted = Arc::new(AtomicBool::new(false));
    let (target, flag) = (Arc::clone(&child), Arc::clone(&interrupted));
    ctrlc::set_handler(move || {
        flag.store(true, Ordering::SeqCst);
        // It may have ended by itself: the terminal interrupts it too.
        drop(target.lock().unwrap_or_else(PoisonError::into_inner).kill());
    })
    .context("cannot listen for Ctrl-C")?;

    // Its first line is its address, written once it answers.
    let mut lines = BufReader::new(output).lines();
    if let Some(Ok(address)) = lines.next() {
        report::result(&invitation(&address, options.tls))?;
    }
    // Nothing more is expected; reading on ends when the simulator does, and keeps it from writing into a full pipe.
    lines.for_each(drop);
    let status = child
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .wait()
        .context("cannot wait for the simulator")?;
    if !interrupted.load(Ordering::SeqCst) {
        bail!("the simulator ended by itself ({status})");
    }
    report::step("stopped");
    Ok(())
}

fn invitation(address: &str, tls: bool) -> String {
    let warning = if tls {
        "\n  The certificate was made for this run; the browser asks before it trusts it."
    } else {
        ""
    };
    format!(
        "\n  {address}\n\n  Sign in as admin with the password boxdeck-demo.\n  \
         Other roles, same password: {}.{warning}\n  Ctrl-C ends it.\n",
        OTHER_USERS.join(", ")
    )
}

/// The users of the simulated systems besides the administrator, one for each role.
const OTHER_USERS: &[&str] = &["pool-admin", "technician", "viewer", "support"];

/// The wanted port if it is free, else the first free one from [`PORT`].
fn free_port(wanted: Option<u16>) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    match wanted {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => bail!("port {port} is taken; name another with --port"),
        None => (PORT..PORT + 50).find(is_free).context("no free port was found; name one with --port"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_when_asked_for_and_passed_over_otherwise() {
        let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = held.local_addr().unwrap().port();
        assert!(free_port(Some(port)).is_err());
        assert_ne!(free_port(None).unwrap(), port);
    }

    #[test]
    fn the_invitation_names_address_and_users() {
        let text = invitation("https://127.0.0.1:8440/", true);
        assert!(text.contains("https://127.0.0.1:8440/") && text.contains("certificate"), "{text}");
        assert!(
            text.contains("admin") && text.contains("boxdeck-demo") && text.contains(OTHER_USERS[0]),
            "{text}"
        );
    }
}
