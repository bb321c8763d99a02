//! Tools written in Rust: found in the cache, or built into it. Nothing outside the cache changes, but for the compile
//! target that rustup adds.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, bail};

use crate::{
    cache::{self, Cache},
    process, report, workspace,
};

/// The compile target of the console.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program from crates.io.
struct Tool<'a> {
    package: &'a str,
    version: &'a str,
    program: &'a str,
    /// What `<program> --version` prints for the right version.
    answer: String,
    options: &'a [&'a str],
}

/// Trunk, which builds the page.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn trunk(cache: &Cache) -> Result<PathBuf> {
    let version = "0.21.14";
    let answer = format!("trunk {version}");
    ensure(cache, &Tool { package: "trunk", version, program: "trunk", answer, options: &["--locked"] })
}

/// The command-line tool of wasm-bindgen in the version of the library in Cargo.lock: the two must be the same.
///
/// # Errors
/// When it cannot be installed, or Cargo.lock does not name the library.
pub(crate) fn wasm_bindgen(cache: &Cache, root: &Path) -> Result<PathBuf> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = workspace::locked_version(&lock, "wasm-bindgen")?;
    let answer = format!("wasm-bindgen {version}");
    // Without --locked: the tool's own lock file asks for releases that were withdrawn.
    let tool = Tool { package: "wasm-bindgen-cli", version, program: "wasm-bindgen", answer, options: &[] };
    ensure(cache, &tool)
}

/// The test runner: the person's own if there is one, else one in the cache.
///
/// # Errors
/// When there is none and it cannot be installed.
pub(crate) fn nextest(cache: &Cache) -> Result<PathBuf> {
    if let Some(own) = process::find("cargo-nextest") {
        return Ok(own);
    }
    let version = "0.9.143";
    let answer = format!("cargo-nextest {version}");
    let options = &["--locked", "--no-default-features", "--features", "default-no-update"];
    ensure(cache, &Tool { package: "cargo-nextest", version, program: "cargo-nextest", answer, options })
}

/// Two at once would undo each other's work: tests prepare several things at a time.
static RUSTUP: Mutex<()> = Mutex::new(());

/// The compile target of the console, added by rustup when it is missing.
///
/// # Errors
/// When it is missing and rustup is too, or rustup fails.
pub(crate) fn wasm_target() -> Result<()> {
    let _one = RUSTUP.lock().unwrap_or_else(PoisonError::into_inner);
    let libraries =
        process::output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!("the Rust installation lacks the target {WASM}, and there is no rustup to add it");
    }
    report::step(&format!("adding the compile target {WASM}"));
    process::run(Command::new("rustup").args(["target", "add", WASM]))
}

/// The sources of the standard library, added by rustup when they are missing: the console's is built for size.
///
/// # Errors
/// When they are missing and rustup is too, or rustup fails.
pub(crate) fn library_sources() -> Result<()> {
    let _one = RUSTUP.lock().unwrap_or_else(PoisonError::into_inner);
    let installed = process::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(&installed).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!(
            "the Rust installation lacks the sources of the standard library, and there is no rustup to add them"
        );
    }
    report::step("adding the sources of the standard library");
    process::run(Command::new("rustup").args(["component", "add", "rust-src"]))
}

/// Makes a command of cargo's, or of what calls cargo, build the standard library too: for size, and without the texts and
/// places of panics, which nobody reads in a browser. The page tells when the program has stopped (`public/boot.js`).
///
/// Values are not written for developers either (`fmt-debug`): what does that stays in the program wherever something could call
/// it, with its tables of which letters can be printed.
///
/// All are options of the compiler that are not stable yet; the version of the compiler is fixed by what rustup installs,
/// and the stable one takes them when it is told to.
pub(crate) fn build_library(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true")
        .env("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort")
        // In the place of those in .cargo/config.toml, so that they are repeated.
        .env("RUSTFLAGS", "--cfg erase_components -Zfmt-debug=none")
}

fn ensure(cache: &Cache, tool: &Tool<'_>) -> Result<PathBuf> {
    let name = format!("{}-{}", tool.package, tool.version);
    let home = cache.join("tools").join(&name);
    let program = home.join("bin").join(tool.program);
    if is_whole(&program, &tool.answer) {
        return Ok(program);
    }
    let _lock = cache::lock(&cache.join("locks").join(&name), &format!("it installs {name}"))?;
    // Another run may have finished it meanwhile.
    if is_whole(&program, &tool.answer) {
        return Ok(program);
    }
    report::step(&format!("building {} {} (once, a few minutes)", tool.package, tool.version));
    // Built aside and moved as a whole, so that an interrupted run leaves nothing that looks finished.
    let unfinished = cache.join("unfinished").join(&name);
    remove(&unfinished)?;
    let build = cache.join("build").join(&name);
    let mut command = Command::new("cargo");
    command
        .args(["install", "--quiet", "--root"])
        .arg(&unfinished)
        .args(tool.options)
        .arg(format!("{}@={}", tool.package, tool.version))
        // Quick to build matters more than quick to run.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env("CARGO_TARGET_DIR", &build)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET");
    process::run(&mut command)?;
    if !is_whole(&unfinished.join("bin").join(tool.program), &tool.answer) {
        bail!("{name} was built, but does not answer with its version");
    }
    remove(&home)?;
    let tools = cache.join("tools");
    fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
    fs::rename(&unfinished, &home).with_context(|| format!("cannot move {name} into {}", tools.display()))?;
    remove(&build)?;
    Ok(program)
}

/// Whether the program is there and is the wanted version. Some print a commit behind the version.
fn is_whole(program: &Path, answer: &str) -> bool {
    let said = || process::output(Command::new(program).arg("--version")).unwrap_or_default();
    program.is_file() && answers(&said(), answer)
}

fn answers(said: &str, wanted: &str) -> bool {
    let first = said.lines().next().unwrap_or_default();
    first.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Removes a folder with all that is in it; one that is not there is fine.
///
/// # Errors
/// When it is there and cannot be removed.
pub(crate) fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            Err(fault).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_as_a_whole() {
        assert!(answers("trunk 0.21.14", "trunk 0.21.14"));
        assert!(answers(
            "cargo-nextest 0.9.143 (60fa45f 2026-08-04)\nrelease: 0.9.143",
            "cargo-nextest 0.9.143"
        ));
        assert!(!answers("trunk 0.21.141", "trunk 0.21.14"));
        assert!(!answers("", "trunk 0.21.14"));
    }

    #[test]
    fn a_missing_program_is_not_whole() {
        assert!(!is_whole(Path::new("/no/such/program"), ""));
    }
}
