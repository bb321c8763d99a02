//! What the box can do, as the vendor's own client asks it before anything else.
//!
//! The document doesn't have this path. What is said here is what that client reads: without an answer it takes the box
//! for one of the first releases, which know neither sessions nor filesystems. It asks once more before it signs in, without
//! saying who it is, so nobody needs to be signed in.

use serde_json::{Value as Json, json};

use super::reply::Reply;
use super::route::Route;
use crate::message::Method;

/// Asking what the box can do.
pub(crate) const ROUTES: &[Route] =
    &[Route::open(Method::Get, "_features", |_call| Ok(Reply::result(features())))];

/// The features that are simulated, with the versions in which the client finds what the document describes.
const FEATURES: &[(&str, u32)] = &[
    ("api_auth_sessions", 1),
    ("compression", 1),
    ("dot_snapshots", 1),
    ("event_retention", 1),
    ("iscsi", 1),
    ("kms", 1),
    ("local_users_auth", 1),
    ("local_users_password_policy", 1),
    ("nas", 2),
    ("open_vms", 1),
    ("qos", 1),
    ("snapshots", 1),
    ("ssa_express", 1),
    ("sso_authentication", 1),
    ("treeq", 1),
    ("user_management", 1),
];

fn features() -> Json {
    FEATURES
        .iter()
        .map(|(name, version)| json!({"name": name, "version": version, "enabled": true}))
        .collect()
}
