//! The catalogs of the repository are read without a fault.

use std::path::Path;

#[test]
fn catalogs_load() {
    let path = Path::new("../../catalogs");
    match boxdeck_catalog::files::load_dir(path) {
        Ok(catalogs) => assert!(!catalogs.is_empty()),
        Err(faults) => panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}
