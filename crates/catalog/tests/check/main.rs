//! Every rule of the checks, with the fault that it gives: file, line and words.
//!
//! Each test changes one place of the faultless catalog in `catalog/`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

mod chart;
mod field;
mod kind;
mod operation;
mod resource;

use boxdeck_catalog::check::check;
use boxdeck_catalog::files::{SourceFile, Sources};

const FILES: [(&str, &str); 4] = [
    ("kind.json", include_str!("catalog/kind.json")),
    ("things.json", include_str!("catalog/things.json")),
    ("parts.json", include_str!("catalog/parts.json")),
    ("clock.json", include_str!("catalog/clock.json")),
];

/// The faults after one text is replaced by another in a file.
fn faults(file: &str, old: &str, new: &str) -> Vec<String> {
    let mut files =
        FILES.map(|(name, text)| SourceFile { name: name.to_owned(), text: text.to_owned() }).to_vec();
    let changed = files.iter_mut().find(|candidate| candidate.name == file).expect("the file exists");
    assert_eq!(changed.text.matches(old).count(), 1, "{old} must occur once in {file}");
    changed.text = changed.text.replace(old, new);
    let kind = files.remove(0);
    let faults = match Sources::parse(kind, files) {
        Ok(sources) => check(&sources),
        Err(faults) => faults,
    };
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn the_catalog_has_no_faults() {
    assert_eq!(faults("kind.json", "Demo box", "Demo box"), Vec::<String>::new());
}

#[test]
fn resource_without_anything() {
    let empty = r#"{
  "id": "clock", "title": "Clock", "singular": "clock", "area": "storage", "shape": "operations", "help": "Nothing.",
  "fields": [],
  "operations": []
}"#;
    let [(kind_name, kind), things, parts, (clock, _)] = FILES;
    let files = [things, parts, (clock, empty)]
        .map(|(name, text)| SourceFile { name: name.to_owned(), text: text.to_owned() });
    let kind = SourceFile { name: kind_name.to_owned(), text: kind.to_owned() };
    let faults = check(&Sources::parse(kind, files.to_vec()).expect("the catalog is read"));
    let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["clock.json:4: the resource has neither records nor operations"]);
}

/// One test per rule: the file, what is replaced by what in it, and the faults that this gives.
macro_rules! rules {
    ($($name:ident: $file:literal, $old:literal => $new:literal, [$($fault:literal),* $(,)?];)*) => {
        $(
            #[test]
            fn $name() {
                let expected: &[&str] = &[$($fault),*];
                assert_eq!($crate::faults($file, $old, $new), expected);
            }
        )*
    };
}
pub(crate) use rules;
