//! Replicas, of which this box has none: nothing on it is linked to another box.
//!
//! Clients ask for them before they take a snapshot of a group.

use super::list::list_values;
use super::route::Route;

/// Asking for replicas.
pub(crate) const ROUTES: &[Route] = &[Route::get("replicas", |call| list_values(call, Vec::new()))];
