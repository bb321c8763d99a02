//! The pictures of the README.

use anyhow::{Result, bail};

use crate::{
    cache::Cache,
    report,
    test::e2e::{self, Setup},
    workspace,
};

/// Takes the pictures again by running Playwright's project `screenshots`.
///
/// # Errors
/// When something cannot be built or a picture cannot be taken.
pub(crate) fn run() -> Result<()> {
    let setup = Setup::new(Cache::open()?, workspace::root()?)?;
    let counts = e2e::run(&setup, &["screenshots".to_owned()])?;
    if counts.failed > 0 || counts.passed == 0 {
        bail!("not every picture could be taken");
    }
    report::step(&format!("{} pictures taken", counts.passed));
    Ok(())
}
