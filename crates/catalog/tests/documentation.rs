//! The example in the documentation is a catalog without faults.

use boxdeck_catalog::check::check;
use boxdeck_catalog::files::{SourceFile, Sources};

/// The code blocks of a page that carry a file name (```` ```json kind.json ````).
fn files(page: &str) -> Vec<SourceFile> {
    let blocks = page.split("```json ").skip(1);
    blocks
        .filter_map(|block| block.split_once('\n'))
        .filter_map(|(name, rest)| rest.split_once("```").map(|(text, _)| (name, text)))
        .map(|(name, text)| SourceFile { name: name.trim().to_owned(), text: text.to_owned() })
        .collect()
}

#[test]
fn the_example_has_no_faults() {
    let mut files = files(include_str!("../../../docs/catalog.md"));
    assert_eq!(
        files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
        ["kind.json", "shelves.json"]
    );
    let kind = files.remove(0);
    let faults = Sources::parse(kind, files).map_or_else(|faults| faults, |sources| check(&sources));
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
}
