//! Cuts the program into parts: the main module, which a first visit fetches, and what is fetched when it is needed.
//!
//! The cut has to be made between the compiler and wasm-bindgen, where Trunk has no hook. Trunk therefore finds, in the
//! place of wasm-bindgen, a script that comes back here ([`bindgen`]), cuts, and calls the real one for the main module.

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    hash::{Stamp, files_below},
    process, tools,
};

/// Names the folder that [`bindgen`] leaves the parts in.
const FOLDER: &str = "BOXDECK_PARTS";

/// What the link between the modules calls the script of the main module until Trunk has named it.
const MAIN: &str = "./main.js";

/// Beginning of the name of the script that fetches the parts.
const LINK: &str = "parts-";

/// Makes the script that stands in for wasm-bindgen, and returns its folder.
///
/// # Errors
/// When it cannot be written.
pub(super) fn stand_in(scratch: &Path, real: &Path) -> Result<PathBuf> {
    let folder = scratch.join("bin");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let this = env::current_exe().context("cannot find this program")?;
    let script = folder.join("wasm-bindgen");
    let text = format!("#!/bin/sh\nexec '{}' bindgen '{}' \"$@\"\n", this.display(), real.display());
    fs::write(&script, text).with_context(|| format!("cannot write {}", script.display()))?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))
        .context("cannot make a script runnable")?;
    Ok(folder)
}

/// Tells a build where its parts go, and empties the folder.
///
/// # Errors
/// When it cannot be emptied.
pub(super) fn set_folder(command: &mut Command, folder: &Path) -> Result<()> {
    tools::remove(folder)?;
    command.env(FOLDER, folder);
    Ok(())
}

/// Stands in for wasm-bindgen: cuts the module that it was asked to work on, and lets the real one have the main part.
///
/// # Errors
/// When the module cannot be cut, or wasm-bindgen fails.
pub(crate) fn bindgen(real: &Path, arguments: &[OsString]) -> Result<()> {
    let mut command = Command::new(real);
    let is_module = |argument: &OsString| Path::new(argument).extension().is_some_and(|end| end == "wasm");
    let Some(module) = arguments.iter().find(|argument| is_module(argument)) else {
        return process::run(command.args(arguments));
    };
    let folder = PathBuf::from(env::var_os(FOLDER).with_context(|| format!("{FOLDER} is not set"))?);
    let main = cut(Path::new(module), &folder)?;
    command.args(arguments.iter().filter(|argument| *argument != module));
    // It remarks on what the cut leaves in the section of names; whoever asks for more gets more.
    command.env("RUST_LOG", "error");
    // The parts reach the table and the memory of the main module by these names.
    process::run(command.arg(main).arg("--keep-lld-exports"))
}

/// Writes the parts and the script that fetches them into `folder`, named by what they hold, and returns the main module.
fn cut(module: &Path, folder: &Path) -> Result<PathBuf> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut stamp = Stamp::new("parts");
    stamp.bytes(&bytes);
    let stamp = stamp.finish();
    let inner = folder.join("main");
    fs::create_dir_all(&inner).with_context(|| format!("cannot make {}", inner.display()))?;
    let main = inner.join(module.file_name().context("a module without a name")?);
    let link = format!("{LINK}{stamp}.js");
    let link_address = format!("./{link}");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = MAIN;
    options.link_name = &link_address;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|fault| anyhow!("cannot cut the program: {fault:#}"))?;
    let script = folder.join(link);
    let mut text = fs::read_to_string(&script).context("the cut left no script")?;
    for part in &made.split_modules {
        let name = part.file_stem().context("a part without a name")?.to_string_lossy();
        let stamped = format!("{}-{stamp}.wasm", name.trim_start_matches("split_"));
        fs::rename(part, folder.join(&stamped))
            .with_context(|| format!("cannot rename {}", part.display()))?;
        text = text.replace(&format!("\"./{name}.wasm\""), &format!("\"./{stamped}\""));
    }
    fs::write(&script, text).context("cannot write the script of the parts")?;
    Ok(main)
}

/// Puts the parts beside the main module that Trunk built.
///
/// # Errors
/// When there are none, or one cannot be optimised or written.
pub(super) fn place(folder: &Path, staged: &Path, programs: &Path) -> Result<()> {
    let mut links = 0;
    for file in files_below(folder)?.into_iter().filter(|file| file.parent() == Some(folder)) {
        let name = file.file_name().context("a part without a name")?.to_string_lossy().into_owned();
        if name.ends_with(".wasm") {
            let mut optimise = Command::new(programs.join("wasm-opt"));
            process::output(optimise.arg("-Oz").arg(&file).arg("-o").arg(staged.join(&name)))?;
        } else {
            link(&file, &name, staged)?;
            links += 1;
        }
    }
    if links != 1 {
        bail!("expected one script that fetches the parts, found {links}");
    }
    Ok(())
}

/// Joins the script that fetches the parts with the script of the main module, whose name holds a hash by now.
fn link(file: &Path, name: &str, staged: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let page = staged.join("index.html");
    let html = fs::read_to_string(&page).context("cannot read the page")?;
    let main = main_script(&html).context("the page names no script of the main module")?;
    let joined = text.replace(&format!("\"{MAIN}\""), &format!("\"{main}\""));
    if joined == text {
        bail!("the script of the parts does not import {MAIN}");
    }
    fs::write(staged.join(name), joined).context("cannot write the script of the parts")?;
    // Asked for at once, or the browser would find it only after it has read the main script.
    let hint = format!("<link href=./{name} rel=modulepreload>");
    let at = html.find("<script").context("the page has no script")?;
    let (before, after) = html.split_at(at);
    fs::write(&page, format!("{before}{hint}{after}")).context("cannot write the page")
}

/// The address in `data-js`, with or without quotes: the page was minified.
fn main_script(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("data-js=")?;
    let rest = rest.trim_start_matches('"');
    rest.split(['"', ' ', '>']).next().filter(|address| address.ends_with(".js"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_main_script_with_and_without_quotes() {
        assert_eq!(main_script("<script data-js=./a-1.js data-wasm=x>"), Some("./a-1.js"));
        assert_eq!(main_script("<script data-js=\"./a-1.js\">"), Some("./a-1.js"));
        assert_eq!(main_script("<script>"), None);
    }
}
