//! The catalogs of the repository are without a fault.

use boxdeck_catalog::{check::check, files::read_dir, load};
use std::path::Path;

const CATALOGS: &str = "../../catalogs";

#[test]
fn catalogs_have_no_faults() {
    let faults = match read_dir(Path::new(CATALOGS)) {
        Ok(catalogs) => {
            assert!(!catalogs.is_empty());
            catalogs.iter().flat_map(check).collect()
        }
        Err(faults) => faults,
    };
    let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{} faults:\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn a_bundle_is_the_same_catalog() {
    for mut catalog in load::load_dir(Path::new(CATALOGS)).expect("the catalogs are read") {
        let bundle = load::bundle(&catalog).expect("a catalog is JSON");
        assert!(!bundle.contains('\n'));
        catalog.kind.resources.clear();
        assert_eq!(load::from_json(&bundle), Ok(catalog));
    }
}
