//! Which plan a group or a user has in a region.

use super::{DEFAULT, Plan, unknown};
use crate::hyperstore::call::{Call, done, text};
use crate::hyperstore::fault::Fault;
use crate::hyperstore::groups;
use crate::hyperstore::route::Route;
use crate::hyperstore::store::{Store, User};
use crate::message::Response;

/// The user part of a group's own assignment.
const GROUP: &str = "*";

pub(in crate::hyperstore) const ROUTES: &[Route] = &[
    Route::get("/group/ratingPlanId", &["groupId", "region"], read_group),
    Route::post("/group/ratingPlanId", &["groupId", "ratingPlanId", "region"], assign_group),
    Route::get("/user/ratingPlanId", &["userId", "groupId", "region"], read_user),
    // The canonical id is in the text about it only.
    Route::get("/user/ratingPlan", &["userId", "groupId", "region", "canonicalUserId"], read_plan),
    Route::post("/user/ratingPlanId", &["userId", "groupId", "ratingPlanId", "region"], assign_user),
];

fn key(group: &str, user: &str, region: &'static str) -> (String, String, &'static str) {
    (group.to_owned(), user.to_owned(), region)
}

fn read_group(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (group, region) = (call.need("groupId")?, call.region()?);
    call.store.assigned.get(&key(group, GROUP, region)).map(text).ok_or_else(Fault::absent)
}

/// Unknown groups and plans aren't among the refusals that are documented; they are refused all the same.
fn assign_group(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["groupId", "ratingPlanId"])?;
    let (group, plan, region) = (call.need("groupId")?, call.need("ratingPlanId")?, call.region()?);
    groups::known(call.store, group)?;
    assign(call.store, key(group, GROUP, region), plan)
}

fn read_user(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId"])?;
    let (user, group, region) = (call.need("userId")?, call.need("groupId")?, call.region()?);
    call.store.assigned.get(&key(group, user, region)).map(text).ok_or_else(Fault::absent)
}

fn assign_user(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId", "ratingPlanId"])?;
    let (user, group, plan) = (call.need("userId")?, call.need("groupId")?, call.need("ratingPlanId")?);
    let region = call.region()?;
    call.known_user()?;
    assign(call.store, key(group, user, region), plan)
}

fn assign(store: &mut Store, key: (String, String, &'static str), plan: &str) -> Result<Response, Fault> {
    if !store.plans.contains_key(plan) {
        return Err(unknown());
    }
    store.assigned.insert(key, plan.to_owned());
    Ok(done())
}

/// The plan that a user is charged by, which may be the group's or everybody's.
fn read_plan(call: &mut Call<'_>) -> Result<Response, Fault> {
    let region = call.region()?;
    let canonical = call.user()?.ok_or_else(Fault::absent)?;
    let user = call.store.users.get(&canonical).ok_or_else(Fault::absent)?;
    let plan = of_user(call.store, user, region).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &plan.show()))
}

/// The plan of a user in a region: their own, else that of the group.
pub(in crate::hyperstore) fn of_user<'s>(
    store: &'s Store,
    user: &User,
    region: &'static str,
) -> Option<&'s Plan> {
    let own = store.assigned.get(&key(&user.group, &user.id, region)).and_then(|id| store.plans.get(id));
    own.or_else(|| of_group(store, &user.group, region))
}

/// The plan of a group in a region: its own, else the default one.
pub(in crate::hyperstore) fn of_group<'s>(
    store: &'s Store,
    group: &str,
    region: &'static str,
) -> Option<&'s Plan> {
    let own = store.assigned.get(&key(group, GROUP, region)).and_then(|id| store.plans.get(id));
    own.or_else(|| store.plans.get(DEFAULT))
}
