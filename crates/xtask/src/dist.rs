//! The static files: Trunk's build, the catalogs, compressed copies, and the check of the sizes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    cache::{self, Cache},
    catalog,
    hash::{Stamp, is_stamped},
    node, process, report, styles, tools, workspace,
};

mod module;
mod names;
pub(crate) mod parts;
mod sizes;

/// Everything that the content of `dist/` follows from, besides the versions of the tools.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "messages",
    "package-lock.json",
    "catalogs",
    "crates/catalog",
    "crates/certificate",
    "crates/dialect",
    "crates/words",
    "crates/xtask/src",
    "crates/xtask/js",
    "public",
    "src",
    "style",
];

/// Builds `dist/` when one of its inputs changed, and prints the sizes.
///
/// # Errors
/// When a tool cannot be installed, a part cannot be built, or the first load is too big.
pub(crate) fn build_and_report() -> Result<()> {
    let root = workspace::root()?;
    let dist = build(&Cache::open()?, &root)?;
    let sizes =
        fs::read_to_string(workspace::scratch(&root)?.join("sizes.json")).context("cannot read the sizes")?;
    report::result(&sizes::table(&sizes::parse(&sizes)?))?;
    report::step(&format!("the console is in {}", dist.display()));
    Ok(())
}

/// Builds the console for looking at it while it is changed: neither optimised nor compressed, beside `dist/`.
///
/// # Errors
/// When a tool cannot be installed, or a part cannot be built.
pub(crate) fn build_quick() -> Result<()> {
    let root = workspace::root()?;
    let scratch = workspace::scratch(&root)?;
    let _lock = lock(&scratch)?;
    let staged = stage(&Cache::open()?, &root, &scratch, Effort::Quick)?;
    let quick = scratch.join("quick");
    swap(&staged, &quick, &scratch.join("quick.old"))?;
    report::step(&format!("the console is in {}, for a look and not for use", quick.display()));
    Ok(())
}

/// How much is done for the size and the speed of the program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// All that is known to help.
    Release,
    /// Nothing: it is built often and shipped never.
    Quick,
}

/// Builds `dist/` when one of its inputs changed, and returns its place.
///
/// # Errors
/// As [`build_and_report`].
pub(crate) fn build(cache: &Cache, root: &Path) -> Result<PathBuf> {
    let scratch = workspace::scratch(root)?;
    let _lock = lock(&scratch)?;
    let dist = root.join("dist");
    let mark = scratch.join("dist.stamp");
    let stamp = stamp(root)?;
    if dist.join("index.html").is_file() && is_stamped(&mark, &stamp) {
        return Ok(dist);
    }
    let staged = stage(cache, root, &scratch, Effort::Release)?;
    report::step("compressing");
    let sizes = process::output(node::node(root).arg("crates/xtask/js/compress.mjs").arg(&staged))?;
    fs::write(scratch.join("sizes.json"), &sizes).context("cannot keep the sizes")?;
    let sizes = sizes::parse(&sizes)?;
    if let Err(fault) = sizes::check(&sizes) {
        report::say(&sizes::table(&sizes));
        return Err(fault);
    }
    swap(&staged, &dist, &scratch.join("dist.old"))?;
    fs::write(&mark, &stamp).with_context(|| format!("cannot write {}", mark.display()))?;
    Ok(dist)
}

fn lock(scratch: &Path) -> Result<cache::Lock> {
    cache::lock(&scratch.join("dist.lock"), "it builds the console")
}

/// Puts everything that a browser fetches into one folder, and returns it.
fn stage(cache: &Cache, root: &Path, scratch: &Path, effort: Effort) -> Result<PathBuf> {
    // First what may be missing for good: nobody should learn that after minutes of building tools.
    let programs = node::packages(cache, root)?;
    tools::wasm_target()?;
    tools::library_sources()?;
    let trunk = tools::trunk(cache)?;
    let wasm_bindgen = tools::wasm_bindgen(cache, root)?;

    report::step("building the console");
    for (name, file) in styles::SHEETS {
        let sheet = scratch.join(name);
        let text = styles::joined(root, file)?;
        fs::write(&sheet, text).with_context(|| format!("cannot write {}", sheet.display()))?;
    }
    // Trunk may not touch the network, so cargo's packages must be there before; this asks for missing ones only.
    let mut fetch = Command::new("cargo");
    fetch.args(["fetch", "--quiet", "--locked", "--target", tools::WASM]).current_dir(root);
    process::run(tools::build_library(&mut fetch))?;
    let parts = scratch.join("parts");
    let bindgen = parts::stand_in(scratch, &wasm_bindgen)?;
    let mut command = Command::new(trunk);
    parts::set_folder(&mut command, &parts)?;
    // Trunk takes wasm-bindgen and wasm-opt from the path when their versions are the wanted ones.
    command.env("PATH", process::path_with(&[bindgen, programs.clone()])?);
    let staged = scratch.join("trunk");
    command.arg("build").arg("--dist").arg(&staged).current_dir(root);
    match effort {
        Effort::Release => tools::build_library(&mut command),
        Effort::Quick => command.args(["--release", "false"]).env("CARGO_PROFILE_DEV_DEBUG", "false"),
    };
    run_trunk(&mut command)?;
    report::step("adding the parts");
    parts::place(&parts, &staged, (effort == Effort::Release).then_some(&*programs))?;

    report::step("adding the catalogs");
    catalog::bundle(&root.join("catalogs"), &staged.join("catalogs"))?;

    let messages = staged.join("messages");
    fs::create_dir_all(&messages).with_context(|| format!("cannot make {}", messages.display()))?;
    for (language, texts) in words::FILES {
        let file = messages.join(format!("{language}.json"));
        fs::write(&file, texts).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(staged)
}

fn stamp(root: &Path) -> Result<String> {
    let mut stamp = Stamp::new("dist");
    for input in INPUTS {
        stamp.path(root, input)?;
    }
    stamp.text(&process::output(Command::new("rustc").arg("--version").current_dir(root))?);
    Ok(stamp.finish())
}

fn run_trunk(command: &mut Command) -> Result<()> {
    command
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk reads this as its own option, and its values are others than the usual ones.
        .env_remove("NO_COLOR")
        // What went wrong is in its message; its own backtrace helps nobody here.
        .env_remove("RUST_BACKTRACE")
        .env_remove("CARGO_BUILD_TARGET");
    if std::env::var_os("RUST_LOG").is_none() {
        command.env("RUST_LOG", "warn");
    }
    // This release of Trunk cannot minify what wasm-bindgen writes today, and ships it as it is: 1 kB more on the wire.
    let (well, lines) = process::filtered(command, |line| !line.contains("Failed to minify JS"))?;
    if !well {
        bail!("Trunk could not build the console");
    }
    // Trunk only warns when it ships what it could not optimise.
    if let Some(line) = lines.iter().find(|line| line.contains(" WARN ")) {
        bail!("Trunk warned: {line}");
    }
    Ok(())
}

/// Puts the new folder in the place of the old one, so that a server never sees half a build.
fn swap(new: &Path, place: &Path, aside: &Path) -> Result<()> {
    tools::remove(aside)?;
    if place.exists() {
        fs::rename(place, aside).with_context(|| format!("cannot move {} aside", place.display()))?;
    }
    fs::rename(new, place).with_context(|| format!("cannot move the new files to {}", place.display()))?;
    tools::remove(aside)
}
