//! Storage policies: how the data of buckets is protected. They are made elsewhere.

use serde_json::{Value as Json, json};

use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use crate::message::Response;

const STATES: &[&str] = &["pending", "active", "disabled", "deleted", "failed"];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/bppolicy/listpolicy", &["region", "groupId", "status"], list),
    Route::get("/bppolicy/bucketsperpolicy", &[], buckets),
    Route::post("/system/processProtectionPolicy", &[], process),
];

/// A policy.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    /// The groups that may use it; none means all of them.
    pub(super) groups: Vec<&'static str>,
    /// One of [`STATES`].
    pub(super) state: &'static str,
}

/// The policies that all of the filters let through. Of their fields, the documents only say what these two are
/// called, so the simulated ones have no others.
fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (group, status) = (call.text("groupId"), call.text("status"));
    if status.is_some_and(|status| !STATES.contains(&status)) {
        return Err(Fault::bad("Invalid parameter {status}"));
    }
    let regions = call.regions()?;
    let policies: Vec<Json> = call
        .store
        .policies
        .iter()
        .filter(|policy| {
            regions.contains(&policy.region)
                && status.is_none_or(|status| policy.state == status)
                && group.is_none_or(|group| policy.groups.is_empty() || policy.groups.contains(&group))
        })
        .map(|policy| json!({"policyId": policy.id, "policyName": policy.name}))
        .collect();
    Ok(Response::json(200, &policies.into()))
}

fn buckets(call: &mut Call<'_>) -> Result<Response, Fault> {
    let store = &*call.store;
    let policies: Vec<Json> = store
        .policies
        .iter()
        .map(|policy| {
            let buckets: Vec<&String> = store
                .buckets
                .iter()
                .filter(|(_, bucket)| bucket.policy == policy.id)
                .map(|(name, _)| name)
                .collect();
            json!({"buckets": buckets, "policyId": policy.id, "policyName": policy.name})
        })
        .collect();
    Ok(Response::json(200, &policies.into()))
}

/// Does now what a daily job does: policies that are marked as deleted go, and pending ones become active.
fn process(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.store.policies.retain(|policy| policy.state != "deleted");
    for policy in &mut call.store.policies {
        if policy.state == "pending" {
            policy.state = "active";
        }
    }
    Ok(done())
}
