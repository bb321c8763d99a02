//! How much of the console's program is the code of which crate.
//!
//! Read from the modules as the compiler and the cut into parts leave them, because names of functions do not survive
//! wasm-opt. The shipped modules are smaller, by much the same share everywhere.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::{hash::files_below, report::kilobytes, workspace};

mod owner;

/// Crates below this share of the code, in thousandths, are summed up.
const LEAST: u64 = 4;
/// What is no function.
const DATA: &str = "(data)";
const TABLES: &str = "(types, tables, exports)";

/// Bytes that the main module and the parts spend on something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Spent {
    functions: u64,
    main: u64,
    parts: u64,
}

impl Spent {
    fn add(&mut self, other: Self) {
        self.functions += other.functions;
        self.main += other.main;
        self.parts += other.parts;
    }

    const fn bytes(self) -> u64 {
        self.main + self.parts
    }
}

/// What the modules spend on each crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger(BTreeMap<String, Spent>);

/// The ledger of the newest release build.
///
/// # Errors
/// When there is none, or a module cannot be read.
pub(super) fn of_build(root: &Path) -> Result<Ledger> {
    let mut ledger = Ledger::default();
    for (module, is_main) in modules(root)? {
        let bytes = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
        ledger.enter(&bytes, is_main).with_context(|| format!("cannot take {} apart", module.display()))?;
    }
    Ok(ledger)
}

/// The modules of the newest build, and which of them is the main one.
fn modules(root: &Path) -> Result<Vec<(PathBuf, bool)>> {
    let folder = workspace::scratch(root)?.join("parts");
    let main = folder.join("main");
    let mut modules = Vec::new();
    if folder.is_dir() {
        let files = files_below(&folder)?.into_iter();
        // What wasm-opt has made of them lies beside them.
        let is_named = |file: &PathBuf| {
            file.extension().is_some_and(|end| end == "wasm")
                && file.file_stem().is_some_and(|stem| !stem.as_encoded_bytes().ends_with(b".small"))
        };
        modules.extend(files.filter(is_named).map(|file| {
            let is_main = file.starts_with(&main);
            (file, is_main)
        }));
    }
    if !modules.iter().any(|(_, is_main)| *is_main) {
        bail!("the build has left no modules; run `touch index.html` and `cargo xtask dist`");
    }
    Ok(modules)
}

impl Ledger {
    /// Enters a module.
    fn enter(&mut self, bytes: &[u8], is_main: bool) -> Result<()> {
        let mut imported = 0_u32;
        let mut bodies = Vec::new();
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.context("it is no WebAssembly module")?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                            imported += 1;
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(length(&body.range())),
                Payload::DataSection(data) => self.spend(DATA, 0, length(&data.range()), is_main),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(reader) = section.as_known() {
                        for name in reader {
                            let Name::Function(functions) = name? else { continue };
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name);
                            }
                        }
                    }
                }
                // Its functions are entered one by one.
                Payload::CodeSectionStart { .. } => {}
                _ => {
                    if let Some((_, range)) = payload.as_section() {
                        self.spend(TABLES, 0, length(&range), is_main);
                    }
                }
            }
        }
        if names.is_empty() {
            bail!("its functions have no names");
        }
        for (index, length) in (imported..).zip(bodies) {
            let owner = names.get(&index).map_or_else(|| owner::UNKNOWN.to_owned(), |name| owner::of(name));
            self.spend(&owner, 1, length, is_main);
        }
        Ok(())
    }

    fn spend(&mut self, on: &str, functions: u64, bytes: u64, is_main: bool) {
        let (main, parts) = if is_main { (bytes, 0) } else { (0, bytes) };
        self.0.entry(on.to_owned()).or_default().add(Spent { functions, main, parts });
    }

    /// The biggest first, the small ones summed up, and the sum of all.
    pub(super) fn table(&self) -> String {
        let mut sum = Spent::default();
        self.0.values().for_each(|spent| sum.add(*spent));
        let mut rows: Vec<(&str, Spent)> =
            self.0.iter().map(|(name, spent)| (name.as_str(), *spent)).collect();
        rows.sort_by_key(|(_, spent)| std::cmp::Reverse(spent.bytes()));
        let is_big = |spent: &Spent| spent.bytes() * 1000 >= sum.bytes() * LEAST;
        let mut small = Spent::default();
        rows.iter().filter(|(_, spent)| !is_big(spent)).for_each(|(_, spent)| small.add(*spent));
        rows.retain(|(_, spent)| is_big(spent));
        rows.push(("smaller ones", small));
        rows.push(("all, before wasm-opt", sum));
        let mut text =
            format!("{:<26} {:>9} {:>11} {:>11} {:>7}\n", "crate", "functions", "main", "parts", "share");
        for (name, spent) in rows {
            let share = spent.bytes() * 1000 / sum.bytes().max(1);
            text.push_str(&format!(
                "{name:<26} {:>9} {:>11} {:>11} {:>5}.{}%\n",
                spent.functions,
                kilobytes(spent.main),
                kilobytes(spent.parts),
                share / 10,
                share % 10
            ));
        }
        text
    }
}

const fn length(range: &std::ops::Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one imported function, and one function of its own of two bytes besides its length, with the
    /// mangled name of `leptos::mount`.
    fn module() -> Vec<u8> {
        let name = b"_RNvCs1_6leptos5mount";
        let mut names = vec![1, 2, 0, 1, b'f', 1, u8::try_from(name.len()).unwrap()];
        names.extend(name);
        // The sub-section of function names holds a count and the pairs.
        let mut custom = b"\x04name\x01".to_vec();
        custom.push(u8::try_from(names.len() - 1).unwrap());
        custom.extend(&names[1..]);
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend([1, 4, 1, 0x60, 0, 0]);
        bytes.extend([2, 7, 1, 1, b'e', 1, b'f', 0, 0]);
        bytes.extend([3, 2, 1, 0]);
        bytes.extend([10, 4, 1, 2, 0, 0x0b]);
        bytes.push(0);
        bytes.push(u8::try_from(custom.len()).unwrap());
        bytes.extend(custom);
        bytes
    }

    #[test]
    fn functions_are_entered_under_their_crate() {
        let mut ledger = Ledger::default();
        ledger.enter(&module(), true).unwrap();
        ledger.enter(&module(), false).unwrap();
        assert_eq!(ledger.0.get("leptos"), Some(&Spent { functions: 2, main: 2, parts: 2 }));
        let table = ledger.table();
        assert!(table.contains("leptos") && table.contains("all, before wasm-opt"), "{table}");
    }

    #[test]
    fn what_has_no_names_is_refused() {
        assert!(Ledger::default().enter(b"\0asm\x01\0\0\0", true).is_err());
        assert!(Ledger::default().enter(b"text", true).is_err());
    }
}
