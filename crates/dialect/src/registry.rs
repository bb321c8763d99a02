//! Which dialects there are.
//!
//! In the browser each is a part of the program by itself, fetched when a system that speaks it is opened: a kind that
//! nobody opens weighs nothing. [`fetch`] brings one, [`dialect`] finds it then. Natively all are there from the start.

use crate::{Dialect, HyperStore, IbmBackup, InfiniBox, Ironic, VssBlock};

/// A dialect could not be fetched; the browser's console has the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFetched;

/// Lists the dialects, each as its identifier in catalogs, the name of its part, and what implements it.
macro_rules! dialects {
    ($($id:literal => $part:ident: $dialect:expr),+ $(,)?) => {
        #[cfg(not(target_arch = "wasm32"))]
        static DIALECTS: &[&dyn Dialect] = &[$(&$dialect),+];

        #[cfg(target_arch = "wasm32")]
        #[allow(
            unsafe_code,
            reason = "the macro declares the cut as an import and an export of the module, which Rust calls unsafe attributes"
        )]
        mod parts {
            use wasm_split_helpers::{SplitLoaderError, wasm_split};

            use super::*;

            $(
                #[wasm_split($part, fallible)]
                pub(super) fn $part() -> Result<&'static dyn Dialect, SplitLoaderError> {
                    Ok(&$dialect)
                }
            )+
        }

        #[cfg(target_arch = "wasm32")]
        async fn fetched(id: &str) -> Option<Result<&'static dyn Dialect, NotFetched>> {
            // The loader has told the browser's console why.
            match id {
                $($id => Some(parts::$part().await.map_err(|_told| NotFetched)),)+
                _ => None,
            }
        }
    };
}

dialects! {
    "infinibox" => infinibox: InfiniBox,
    "hyperstore" => hyperstore: HyperStore,
    "ironic" => ironic: Ironic,
    "ibm-backup" => ibm_backup: IbmBackup,
    "vss-block" => vss_block: VssBlock,
}

#[cfg(not(target_arch = "wasm32"))]
mod place {
    //! All of them are there.

    use super::{DIALECTS, NotFetched};
    use crate::Dialect;

    /// The dialect of that identifier, if it is known and there: [`fetch`] brings it.
    #[must_use]
    pub fn dialect(id: &str) -> Option<&'static dyn Dialect> {
        DIALECTS.iter().copied().find(|dialect| dialect.id() == id)
    }

    /// Brings the dialect of that identifier, if it is known and not there yet.
    ///
    /// # Errors
    /// Its part of the program cannot be fetched.
    pub async fn fetch(_id: &str) -> Result<(), NotFetched> {
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
mod place {
    //! Those that have been fetched.

    use std::sync::{PoisonError, RwLock};

    use super::{NotFetched, fetched};
    use crate::Dialect;

    static THERE: RwLock<Vec<&'static dyn Dialect>> = RwLock::new(Vec::new());

    /// The dialect of that identifier, if it is known and there: [`fetch`] brings it.
    #[must_use]
    pub fn dialect(id: &str) -> Option<&'static dyn Dialect> {
        let there = THERE.read().unwrap_or_else(PoisonError::into_inner);
        there.iter().copied().find(|dialect| dialect.id() == id)
    }

    /// Brings the dialect of that identifier, if it is known and not there yet.
    ///
    /// # Errors
    /// Its part of the program cannot be fetched.
    pub async fn fetch(id: &str) -> Result<(), NotFetched> {
        if dialect(id).is_some() {
            return Ok(());
        }
        if let Some(came) = fetched(id).await.transpose()? {
            // Whoever asked meanwhile may have it there by now.
            let mut there = THERE.write().unwrap_or_else(PoisonError::into_inner);
            if !there.iter().any(|dialect| dialect.id() == came.id()) {
                there.push(came);
            }
        }
        Ok(())
    }
}

pub use place::{dialect, fetch};
