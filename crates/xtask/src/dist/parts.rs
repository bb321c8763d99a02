//! Cuts the program into parts: the main module, which a first visit fetches, and what is fetched when it is needed.
//!
//! The cut has to be made between the compiler and wasm-bindgen, where Trunk has no hook. Trunk therefore finds, in the
//! place of wasm-bindgen, a script that comes back here ([`bindgen`]), cuts, and calls the real one for the main module.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::{module, names};
use crate::{hash::Stamp, process, tools};

/// Names the folder that [`bindgen`] leaves the parts in.
const FOLDER: &str = "BOXDECK_PARTS";

/// Beginning of the name of the module that is a part's own.
const OWN: &str = "split_";

/// What the cut calls the script of the main module; the program has another way to it.
const MAIN: &str = "./main.js";

/// By this address the main module imports what fetches the parts; the script of the main module has it in itself.
const LINK: &str = "./parts";

/// What says, in the folder of the parts, of which modules each consists.
const LIST: &str = "parts.json";

/// Fetches the parts in the browser.
const LOADER: &str = include_str!("../../js/parts.js");

/// Where the parts are named in [`LOADER`].
const NAMES: &str = "/* parts */";

/// Where the style sheet of the parts is named in [`LOADER`].
const SHEET: &str = "/* sheet */";

/// Beginning of the name of that sheet.
pub(super) const LATER: &str = "later-";

/// The parts that show something. The others are dialects.
const SHOWING: [&str; 3] = ["work", "lists", "gallery"];

/// The parts by name, each with the modules that it shares with others.
type Shared = BTreeMap<String, Vec<String>>;

/// What [`LIST`] holds.
#[derive(Deserialize, Serialize)]
struct List {
    stamp: String,
    link: String,
    parts: Shared,
}

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
    process::run(command.arg(main).arg("--keep-lld-exports"))?;
    let folder = value(arguments, "--out-dir=").context("wasm-bindgen is not told where to write")?;
    let name = value(arguments, "--out-name=").context("wasm-bindgen is not told what to call it")?;
    names::shorten(Path::new(folder), name)
}

/// The value of an argument that has it behind its name.
fn value<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a str> {
    arguments.iter().find_map(|argument| argument.to_str()?.strip_prefix(name))
}

/// Writes the modules of the parts and the list of them into `folder`, and returns the main module.
fn cut(module: &Path, folder: &Path) -> Result<PathBuf> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut stamp = Stamp::new("parts");
    stamp.bytes(&bytes);
    stamp.text(LOADER);
    let stamp = stamp.finish();
    let inner = folder.join("main");
    fs::create_dir_all(&inner).with_context(|| format!("cannot make {}", inner.display()))?;
    let main = inner.join(module.file_name().context("a module without a name")?);
    // The stamp gets into the name of the main script by this: it changes with what is added to it.
    let link = format!("{LINK}-{stamp}.js");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = MAIN;
    options.link_name = &link;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|fault| anyhow!("cannot cut the program: {fault:#}"))?;
    let mut parts = Shared::new();
    for (part, modules) in made.prefetch_map {
        let own = format!("{OWN}{part}");
        parts.insert(part, modules.into_iter().filter(|module| *module != own).collect());
    }
    let list = serde_json::to_string(&List { stamp, link, parts })?;
    fs::write(folder.join(LIST), list).context("cannot write the list of the parts")?;
    Ok(main)
}

/// Puts the parts beside the main module that Trunk built, and what fetches them into its script. With the folder of
/// `wasm-opt`, each is made as small as it gets.
///
/// # Errors
/// When there are none, or one cannot be optimised or written.
pub(super) fn place(folder: &Path, staged: &Path, optimiser: Option<&Path>) -> Result<()> {
    let list = fs::read(folder.join(LIST)).context("the cut left no list of parts")?;
    let list: List = serde_json::from_slice(&list).context("cannot read the list of the parts")?;
    let mut loaders = String::new();
    for (part, shared) in &list.parts {
        let mut file = code(folder, &format!("{OWN}{part}"), optimiser)?;
        for inner in shared {
            module::add_own_section(&mut file, inner, &code(folder, inner, optimiser)?)?;
        }
        let name = format!("{part}-{}.wasm", list.stamp);
        fs::write(staged.join(&name), file).with_context(|| format!("cannot write {name}"))?;
        let shared = serde_json::to_string(shared)?;
        let shows = SHOWING.contains(&part.as_str());
        loaders.push_str(&format!("__wasm_split_load_{part}: part(\"./{name}\", {shared}, {shows}), "));
    }
    let index = staged.join("index.html");
    let page = fs::read_to_string(&index).context("cannot read the page")?;
    let (page, sheet) = without_sheet(&page).context("the page names no style sheet of the parts")?;
    fs::write(&index, &page).context("cannot write the page")?;
    let main = main_script(&page).context("the page names no script of the main module")?;
    let script = staged.join(main);
    let text = fs::read_to_string(&script).context("cannot read the script of the main module")?;
    let text = joined(&text, &list.link, &LOADER.replace(NAMES, &loaders).replace(SHEET, &sheet))?;
    fs::write(&script, compact(&text)?).context("cannot write the script of the main module")?;
    let boot = staged.join("boot.js");
    let text = fs::read_to_string(&boot).context("cannot read the script that starts the program")?;
    fs::write(&boot, compact(&text)?).context("cannot write the script that starts the program")
}

/// A module of a part. Where it is optimised, that is done once, however many parts share it.
fn code(folder: &Path, module: &str, optimiser: Option<&Path>) -> Result<Vec<u8>> {
    let large = folder.join(format!("{module}.wasm"));
    let Some(programs) = optimiser else {
        return fs::read(&large).with_context(|| format!("cannot read {}", large.display()));
    };
    let small = folder.join(format!("{module}.small.wasm"));
    if !small.is_file() {
        let mut optimise = Command::new(programs.join("wasm-opt"));
        // As for the main module (index.html).
        optimise.args([
            "-Os",
            "--dealign",
            "--skip-pass=local-cse",
            "--strip-producers",
            "--strip-target-features",
        ]);
        process::output(optimise.arg(large).arg("-o").arg(&small))?;
    }
    fs::read(&small).with_context(|| format!("cannot read {}", small.display()))
}

/// The script of the main module with the loader in it, in the place of the imports of `link`.
fn joined(script: &str, link: &str, loader: &str) -> Result<String> {
    let mut text = String::new();
    let mut count = 0;
    for line in script.lines() {
        if line.starts_with("import ") && line.contains(link) {
            count += 1;
            continue;
        }
        match line.split_once(&format!("\"{link}\": import")) {
            Some((space, _number)) => text.push_str(&format!("{space}\"{link}\": programParts,")),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    if count == 0 {
        bail!("the script of the main module does not import {link}");
    }
    Ok(text + loader)
}

/// A script without the comments that have lines of their own, and without the space in front of lines. Trunk's own
/// minifier cannot read what wasm-bindgen writes today.
fn compact(script: &str) -> Result<String> {
    let mut text = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.contains("*/");
            if !in_comment && !line.ends_with("*/") {
                bail!("there is code behind a comment: {line}");
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            // What stands on the next line would be text, whose space matters.
            if line.matches('`').count() % 2 == 1 {
                bail!("a text in backticks goes over several lines: {line}");
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    Ok(text)
}

/// The page without the link to the style sheet of the parts, and the address in it.
fn without_sheet(page: &str) -> Option<(String, String)> {
    let (before, after) = page.split_at(page.find(LATER)?);
    let start = before.rfind("<link")?;
    let (rest, behind) = after.split_once('>')?;
    let name = rest.split(['"', ' ']).next()?;
    Some((format!("{}{behind}", before.get(..start)?), format!("./{name}")))
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

    #[test]
    fn the_sheet_of_the_parts_is_taken_out_of_the_page() {
        let page = "<a><link href=./b.css rel=stylesheet><link href=./later-1.css rel=stylesheet><c>";
        let expected = ("<a><link href=./b.css rel=stylesheet><c>".to_owned(), "./later-1.css".to_owned());
        assert_eq!(without_sheet(page), Some(expected.clone()));
        assert_eq!(without_sheet(&page.replace("./later-1.css", "\"./later-1.css\"")), Some(expected));
        assert_eq!(without_sheet("<a>"), None);
    }

    #[test]
    fn the_loader_takes_the_place_of_its_imports() {
        let script =
            "import * as import1 from \"./parts-1.js\"\nlet a = {\n    \"./parts-1.js\": import1,\n};\n";
        let expected = "let a = {\n    \"./parts-1.js\": programParts,\n};\nloader";
        assert_eq!(joined(script, "./parts-1.js", "loader").unwrap(), expected);
        assert!(joined(script, "./parts-2.js", "loader").is_err());
        assert!(LOADER.contains(NAMES) && LOADER.contains(SHEET));
    }

    #[test]
    fn comments_and_space_are_taken_out_and_texts_are_left() {
        let script = "/** One\n * two. */\nlet a = `// ${b}`;\n\n    // Why.\n    a(); // here\n/* x */\n";
        assert_eq!(compact(script).unwrap(), "let a = `// ${b}`;\na(); // here\n");
        assert!(compact("let a = `one\n two`;").is_err());
        assert!(compact("/* one */ two();").is_err());
    }
}
