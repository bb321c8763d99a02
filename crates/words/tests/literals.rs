//! What the sources say: every text that a person reads is a message, every message is read by someone, and only what
//! belongs to a kind of system names it.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "literals/allowed.rs"]
mod allowed;
#[path = "literals/kinds.rs"]
mod kinds;
#[path = "literals/scan.rs"]
mod scan;
#[path = "literals/usage.rs"]
mod usage;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use allowed::{ALLOWED, SAMPLES};

/// Where the console's own words come from.
const SOURCES: [&str; 5] = [
    "src",
    "crates/dialect/src",
    "crates/catalog/src/input",
    "crates/catalog/src/input.rs",
    "crates/certificate/src",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sources below a folder, or the one file, by their path from the repository's root.
fn sources(folder: &str) -> Vec<(String, String)> {
    if folder.ends_with(".rs") {
        return vec![(folder.to_owned(), fs::read_to_string(root().join(folder)).expect("a source"))];
    }
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name =
                    path.strip_prefix(root()).expect("a path inside").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    found.sort();
    found
}

/// The folder that the modules of a file are in: `src/value/` for `src/value.rs`.
fn folder_of(file: &str) -> String {
    match file.strip_suffix("/lib.rs").or_else(|| file.strip_suffix("/main.rs")) {
        Some(folder) => format!("{folder}/"),
        None => format!("{}/", file.trim_end_matches(".rs")),
    }
}

/// What the sources in these folders have for the tests here, without the modules that are tests themselves.
fn shipped(folders: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<_> = folders.iter().flat_map(|folder| sources(folder)).collect();
    let mut tests = Vec::new();
    for (file, source) in &found {
        let modules = scan::read(source).expect("a source in Rust").test_modules;
        tests.extend(modules.iter().map(|module| format!("{}{module}", folder_of(file))));
    }
    found.retain(|(file, _)| {
        let is_inside =
            |test: &String| *file == format!("{test}.rs") || file.starts_with(&format!("{test}/"));
        !tests.iter().any(is_inside) && !file.ends_with("/tests.rs") && !file.contains("/tests/")
    });
    found
}

#[test]
fn every_text_is_a_message() {
    let mut found = Vec::new();
    for (file, source) in shipped(&SOURCES) {
        let read = scan::read(&source).expect("a source in Rust");
        found.extend(read.found.into_iter().map(|literal| (file.clone(), literal)));
    }
    found.retain(|(file, _)| !file.starts_with(SAMPLES));
    let texts =
        |(at, texts): &(&str, &[&str])| texts.iter().map(|text| format!("{at}: {text}")).collect::<Vec<_>>();
    let mut needless: BTreeSet<String> = ALLOWED.iter().flat_map(texts).collect();
    let mut faults = Vec::new();
    for (file, literal) in found {
        let allowed =
            ALLOWED.iter().find(|(at, texts)| file.starts_with(at) && texts.contains(&&*literal.text));
        if let Some((at, _)) = allowed {
            needless.remove(&format!("{at}: {}", literal.text));
        } else {
            faults.push(format!("{file}:{}: {}", literal.line, literal.text));
        }
    }
    assert!(
        faults.is_empty(),
        "These belong into messages/, or into tests/literals/allowed.rs where no person reads them:\n{}",
        faults.join("\n")
    );
    let needless: Vec<String> = needless.into_iter().collect();
    assert!(needless.is_empty(), "allowed.rs lists what is not there:\n{}", needless.join("\n"));
}

#[test]
fn every_message_is_used() {
    let mut used = BTreeSet::new();
    for (_, source) in SOURCES.iter().flat_map(|folder| sources(folder)) {
        used.extend(usage::messages(&source).expect("a source in Rust"));
    }
    let mut dead = Vec::new();
    for entry in fs::read_dir(root().join("messages/en")).expect("the messages") {
        let path = entry.expect("an entry").path();
        let area = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("messages");
        let messages: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text).expect("an object");
        dead.extend(
            messages.keys().map(|name| format!("{area}::{name}")).filter(|name| !used.contains(name)),
        );
    }
    assert!(dead.is_empty(), "Nobody uses these messages:\n{}", dead.join("\n"));
}

#[test]
fn only_what_belongs_to_a_kind_names_it() {
    let names = kinds::names(&root().join("catalogs"));
    assert!(names.kinds.contains("infinibox") && names.operations.contains("volume.get_all_volumes"));
    let mut faults = Vec::new();
    for (file, source) in shipped(&["src", "crates/dialect/src", "crates/catalog/src"]) {
        if !names.is_of_a_kind(&file) && !kinds::LISTS.contains(&&*file) {
            let named = kinds::named(&source, &names).expect("a source in Rust");
            faults.extend(named.into_iter().map(|found| format!("{file}:{}: {}", found.line, found.text)));
        }
    }
    assert!(
        faults.is_empty(),
        "What a kind has of its own goes into its catalog or its dialect:\n{}",
        faults.join("\n")
    );
}

#[test]
fn literals_are_found_where_people_read_them() {
    let texts = |source: &str| -> Vec<String> {
        scan::read(source).expect("Rust").found.into_iter().map(|literal| literal.text).collect()
    };
    assert_eq!(
        texts(r#"fn a() { view! { <p title="Close" class="a b">"ok" {f("x y")}</p> } }"#),
        ["Close", "ok", "x y"]
    );
    assert_eq!(texts(r#"fn a() { format!("{} of {}", 1, 2); format!("{a}-{b} "); }"#), ["{} of {}"]);
    assert_eq!(texts(r#"fn a() { match k { "Home" | "End" => 1, ("Tab", _) => 2, _ => 3 } }"#), [""; 0]);
    assert_eq!(
        texts(
            r#"#[cfg(test)] mod t { const A: &str = "Two words"; } /// "Not this" one
        const B: &str = "This one";"#
        ),
        ["This one"]
    );
    assert_eq!(texts(r#"fn a() { error!("Not seen"); view! { <b>Bare</b> } }"#), ["Bare"]);
}

#[test]
fn messages_are_found_by_their_path_and_by_an_alias() {
    let used = |source: &str| usage::messages(source).expect("Rust");
    assert_eq!(used("fn a() { words::form::add_item() }"), ["form::add_item"]);
    assert_eq!(used("use ::words::form as say; fn a() { A { text: say::keep() } }"), ["form::keep"]);
    assert_eq!(used("use words::form as say; fn a() { other::say::keep() }"), [""; 0]);
}

#[test]
fn names_of_kinds_are_found_in_code_and_in_texts() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let names = kinds::Names { kinds: set(&["ice-box"]), operations: set(&["cube.create"]) };
    let named = |source: &str| -> Vec<String> {
        kinds::named(source, &names).expect("Rust").into_iter().map(|found| found.text).collect()
    };
    assert_eq!(named("fn a() { if kind == \"ice-box\" { IceBox } }"), ["ice-box", "IceBox"]);
    assert_eq!(
        named("fn a() { act(\"cube.create\", \"cube\"); icebox_view() }"),
        ["cube.create", "icebox_view"]
    );
    assert_eq!(named("/// Like an ice-box.\n#[cfg(test)] mod t { const A: &str = \"ice-box\"; }"), [""; 0]);
    assert!(names.is_of_a_kind("crates/dialect/src/ice_box/list.rs"));
    assert!(!names.is_of_a_kind("src/ice_box.rs"));
}
