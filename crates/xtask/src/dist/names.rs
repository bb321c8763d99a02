//! Shortens what the main module and its script call each other by.
//!
//! wasm-bindgen gives every function that one of the two imports from the other a long name with a hash, and each name
//! stands in both files. Hashes do not compress: they were 5 kB of a first visit. Nobody but these two files reads the
//! names, so they become letters here, between wasm-bindgen and wasm-opt.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Range,
    path::Path,
};

use anyhow::{Context, Result, bail};
use wasmparser::{BinaryReader, Parser, Payload};

use super::module;

/// Exports of wasm-bindgen's own whose names tell what is called through them, at length.
const CALLS: &str = "wasm_bindgen_";

/// What the classes of a library for streams are called, which Leptos brings along for servers of its own. They are
/// exported, so the linker keeps them; nobody makes one. In the script they are called the same with capitals.
const STREAMS: &str = "intounderlying";

/// The letters that names are made of.
const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The short names by the long ones.
type Short = BTreeMap<String, String>;

/// Shortens the names in what wasm-bindgen has written: `<name>_bg.wasm` and `<name>.js` in `folder`.
///
/// # Errors
/// When one of the two cannot be read or written, or they do not fit together.
pub(super) fn shorten(folder: &Path, name: &str) -> Result<()> {
    let (module, script) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let bytes = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let text = fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
    let (bytes, short) = in_module(&bytes, &format!("./{name}_bg.js"))
        .with_context(|| format!("cannot take {} apart", module.display()))?;
    let text = in_script(&without_streams(&text), &short)
        .with_context(|| format!("{} does not fit its module", script.display()))?;
    fs::write(&module, bytes).with_context(|| format!("cannot write {}", module.display()))?;
    fs::write(&script, text).with_context(|| format!("cannot write {}", script.display()))
}

/// The module with short names, and these. What it imports from elsewhere than `script` keeps its name.
fn in_module(bytes: &[u8], script: &str) -> Result<(Vec<u8>, Short)> {
    let mut short = Short::new();
    let mut made = bytes.get(..8).context("it has no beginning")?.to_vec();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let content = part(bytes, &range)?;
        let section = match &payload {
            Payload::ImportSection(_) => imports(content, script, &mut short)?,
            Payload::ExportSection(_) => exports(content, &mut short)?,
            _ => content.to_vec(),
        };
        module::add_section(&mut made, id, &section)?;
    }
    Ok((made, short))
}

fn part<'a>(bytes: &'a [u8], range: &Range<u64>) -> Result<&'a [u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    bytes.get(range).context("a section goes beyond the end")
}

/// The section of imports with short names (WebAssembly core specification, 5.5.5).
fn imports(section: &[u8], script: &str, short: &mut Short) -> Result<Vec<u8>> {
    let mut made = Vec::new();
    let mut entries = wasmparser::ImportSectionReader::new(BinaryReader::new(section, 0))?
        .into_imports_with_offsets()
        .collect::<std::result::Result<Vec<_>, _>>()?
        .into_iter()
        .peekable();
    module::number(&mut made, entries.len())?;
    while let Some((start, import)) = entries.next() {
        let end = entries.peek().map_or(section.len() as u64, |(next, _)| *next);
        let entry = part(section, &(start..end))?;
        let mut reader = BinaryReader::new(entry, start);
        reader.read_string()?;
        reader.read_string()?;
        let kind = entry.get(reader.current_position()..).context("an import without a type")?;
        let name = if import.module == script {
            let next = letters(short.len());
            short.entry(import.name.to_owned()).or_insert(next).clone()
        } else {
            import.name.to_owned()
        };
        module::text(&mut made, import.module)?;
        module::text(&mut made, &name)?;
        made.extend(kind);
    }
    Ok(made)
}

/// The section of exports with short names, and without what nobody calls (5.5.10).
fn exports(section: &[u8], short: &mut Short) -> Result<Vec<u8>> {
    let (mut made, mut rest) = (Vec::new(), Vec::new());
    let mut count = 0_usize;
    let mut reader = BinaryReader::new(section, 0);
    for _ in 0..reader.read_var_u32()? {
        let name = reader.read_string()?;
        let start = reader.current_position();
        reader.read_u8()?;
        reader.read_var_u32()?;
        let what = section.get(start..reader.current_position()).context("an export without an index")?;
        if name.contains(STREAMS) {
            continue;
        }
        let next = format!("call_{}", letters(count));
        let name = if name.starts_with(CALLS) { short.entry(name.to_owned()).or_insert(next) } else { name };
        module::text(&mut rest, name)?;
        rest.extend(what);
        count += 1;
    }
    module::number(&mut made, count)?;
    made.extend(rest);
    Ok(made)
}

/// The script with short names.
fn in_script(script: &str, short: &Short) -> Result<String> {
    let mut text = String::with_capacity(script.len());
    let mut found = BTreeSet::new();
    let mut rest = script;
    while !rest.is_empty() {
        let end = rest.find(|sign| !is_name(sign)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        match short.get(word) {
            Some(name) => {
                found.insert(word);
                text.push_str(name);
            }
            None => text.push_str(word),
        }
        let end = behind.find(is_name).unwrap_or(behind.len());
        let (between, next) = behind.split_at(end);
        text.push_str(between);
        rest = next;
    }
    if let Some(missing) = short.keys().find(|name| !found.contains(name.as_str())) {
        bail!("it lacks {missing}");
    }
    Ok(text)
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_' || sign == '$'
}

/// The script without the classes that nobody makes, and without what says how they are dropped.
fn without_streams(script: &str) -> String {
    let mut text = String::with_capacity(script.len());
    let mut end = None;
    for line in script.lines() {
        if end.is_none() && !line.starts_with(' ') && line.to_ascii_lowercase().contains(STREAMS) {
            end = Some(if line.contains("class ") { "}" } else { ";" });
        }
        match end {
            Some("}") if line == "}" => end = None,
            Some(";") if line.ends_with(';') => end = None,
            Some(_) => {}
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// The name with that number: a, b, …, Z, ba, bb, …
fn letters(number: usize) -> String {
    let mut name: Vec<u8> = Vec::new();
    let mut rest = number;
    loop {
        name.extend(LETTERS.get(rest % LETTERS.len()));
        rest /= LETTERS.len();
        if rest == 0 {
            name.reverse();
            return name.into_iter().map(char::from).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports two functions and exports three things.
    fn module() -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        module::add_section(&mut bytes, 1, &[1, 0x60, 0, 0]).unwrap();
        let mut imports = vec![2];
        for (from, name) in [("./a_bg.js", "__wbg_open_0123456789abcdef"), ("./parts.js", "load")] {
            module::text(&mut imports, from).unwrap();
            module::text(&mut imports, name).unwrap();
            imports.extend([0, 0]);
        }
        module::add_section(&mut bytes, 2, &imports).unwrap();
        let mut exports = vec![3];
        for name in ["wasm_bindgen_0123___invoke", "intounderlyingsource_pull", "memory"] {
            module::text(&mut exports, name).unwrap();
            exports.extend([0, 1]);
        }
        module::add_section(&mut bytes, 7, &exports).unwrap();
        bytes
    }

    #[test]
    fn names_become_letters_on_both_sides() {
        let (made, short) = in_module(&module(), "./a_bg.js").unwrap();
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&made) {
            match payload.unwrap() {
                Payload::ImportSection(all) => {
                    names.extend(all.into_imports().map(|import| import.unwrap().name.to_owned()));
                }
                Payload::ExportSection(all) => {
                    names.extend(all.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                _ => {}
            }
        }
        assert_eq!(names, ["a", "load", "call_a", "memory"]);
        let script = "x = { __wbg_open_0123456789abcdef: () => wasm.wasm_bindgen_0123___invoke(memory) };";
        assert_eq!(in_script(script, &short).unwrap(), "x = { a: () => wasm.call_a(memory) };");
        assert!(in_script("x", &short).is_err(), "a script of another module");
    }

    #[test]
    fn classes_that_nobody_makes_are_taken_out() {
        let script = "export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) IntoUnderlyingSink.x = 1;\nlet a = 1;\n\
            const IntoUnderlyingSinkFinalization = (b)\n    ? 1\n    : 2;\nlet b = 2;\n";
        assert_eq!(without_streams(script), "let a = 1;\nlet b = 2;\n");
    }

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..6000).map(letters).collect();
        assert_eq!(names.len(), 6000);
        assert_eq!((letters(0), letters(51), letters(52)), ("a".into(), "Z".into(), "ba".into()));
    }
}
