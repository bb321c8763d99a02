//! Registrations of sources.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::groups;
use super::service::{Thing, given, public};
use crate::message::Response;

/// Milliseconds that reading a source takes.
const READING: i64 = 8_000;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    if call.flag("includeSourceCredentials") == Some(true)
        && call.request.parameter("encryptionKey").is_none_or(str::is_empty)
    {
        return Err(Fault::invalid("encryptionKey in query is required with includeSourceCredentials"));
    }
    let metadata = call.flag("includeExternalMetadata") == Some(true);
    let found = call
        .service
        .registrations
        .iter()
        .filter(|registration| call.wants("ids", &registration["id"].to_string()))
        .map(|registration| shown(registration, metadata));
    Ok(listed("registrations", found.collect()))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    Ok(Response::json(200, &shown(&call.service.registrations[place(call)?], true)))
}

fn place(call: &Call<'_>) -> Result<usize, Fault> {
    let id = call.number("registration")?;
    // Samples of the vendor name the source by the id of its registration; here the two are the same.
    let mut registrations = call.service.registrations.iter();
    registrations
        .position(|registration| registration["id"] == id || registration["sourceId"] == id)
        .ok_or_else(|| Fault::absent("registration", &call.id()))
}

fn shown(registration: &Json, metadata: bool) -> Json {
    let mut answer = public(registration);
    // Keys go in and never come out.
    if let Some(members) = answer.as_object_mut() {
        for secret in ["encryptionKey", "isInternalEncrypted"] {
            members.remove(secret);
        }
        if !metadata {
            members.remove("externalMetadata");
        }
    }
    answer
}

/// Registers a machine; what is on it is read afterwards.
pub(super) fn register(call: &mut Call<'_>) -> Answer {
    check(call, None)?;
    let id = 67_500 + call.service.number();
    let now = call.service.clock.now();
    let mut registration = Json::Object(given(&call.body));
    registration["id"] = json!(id);
    registration["sourceId"] = json!(id);
    registration["authenticationStatus"] = json!("Pending");
    registration["registrationTimeMsecs"] = json!(now);
    registration["_ends_at"] = json!(now + READING);
    finish(call, &mut registration);
    let thing = thing_of(&registration, id);
    registration["sourceInfo"] = thing.summary(std::slice::from_ref(&thing));
    call.service.things.push(thing);
    call.service.registrations.push(registration.clone());
    Ok(Response::json(201, &shown(&registration, true)))
}

/// Puts the body in place of the registration: what it leaves out is gone.
pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let old = call.service.registrations[place].clone();
    let seen = &call.body["lastModifiedTimestampUsecs"];
    if !seen.is_null() && !old["_changed"].is_null() && *seen != old["_changed"] {
        return Err(Fault::stale("registration"));
    }
    check(call, old["id"].as_i64())?;
    let mut registration = Json::Object(given(&call.body));
    let kept = [
        "id",
        "sourceId",
        "authenticationStatus",
        "registrationTimeMsecs",
        "lastRefreshedTimeMsecs",
        "_ends_at",
    ];
    for name in kept.into_iter().filter(|name| !old[*name].is_null()) {
        registration[name] = old[name].clone();
    }
    finish(call, &mut registration);
    let id = old["id"].as_i64().unwrap_or_default();
    let thing = thing_of(&registration, id);
    registration["sourceInfo"] = thing.summary(std::slice::from_ref(&thing));
    call.service.things.retain(|thing| thing.id != id);
    call.service.things.push(thing);
    call.service.registrations[place] = registration.clone();
    Ok(Response::json(200, &shown(&registration, true)))
}

/// Takes the environment and changes nothing: the vendor says that it is of use for another kind of database.
pub(super) fn patch(call: &mut Call<'_>) -> Answer {
    let registration = &call.service.registrations[place(call)?];
    if call.body["environment"] != registration["environment"] {
        return Err(Fault::conflict("environment in body cannot be changed for this source"));
    }
    Ok(Response::json(200, &shown(registration, true)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let source = call.service.registrations[place]["sourceId"].clone();
    let mine: Vec<i64> =
        call.service.things.iter().filter(|thing| source == thing.source_id).map(|thing| thing.id).collect();
    let protects = |group: &&Json| {
        group["isDeleted"] != true && groups::objects(group).iter().any(|id| mine.contains(id))
    };
    if let Some(group) = call.service.groups.iter().find(protects) {
        return Err(Fault::conflict(format!("The source is protected by the group {}", group["name"])));
    }
    call.service.things.retain(|thing| source != thing.source_id);
    call.service.registrations.remove(place);
    Ok(Response::empty(204))
}

pub(super) fn refresh(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let now = call.service.clock.now();
    let registration = &mut call.service.registrations[place];
    registration["authenticationStatus"] = json!("RefreshInProgress");
    registration["_ends_at"] = json!(now + READING);
    Ok(Response::empty(204))
}

fn check(call: &Call<'_>, own: Option<i64>) -> Result<(), Fault> {
    let params = &call.body["physicalParams"];
    if params.is_null() {
        return Err(Fault::invalid("physicalParams in body is required for the environment"));
    }
    let endpoint = params["endpoint"].as_str().unwrap_or_default();
    if endpoint.trim().is_empty() {
        return Err(Fault::invalid("physicalParams.endpoint in body should be at least 1 chars long"));
    }
    let mut others = call.service.registrations.iter().filter(|other| other["id"].as_i64() != own);
    let taken = others.any(|other| other["physicalParams"]["endpoint"] == endpoint);
    if taken && params["forceRegister"] != true {
        return Err(Fault::conflict(format!(
            "physicalParams.endpoint in body is registered already: {endpoint}"
        )));
    }
    let connection = &call.body["dataSourceConnectionId"];
    let known = call.service.connections.iter().any(|one| one["connectionId"] == *connection);
    if !connection.is_null() && !known {
        return Err(Fault::invalid("dataSourceConnectionId in body is not the id of a connection"));
    }
    Ok(())
}

/// What the service adds to a registration that was given.
fn finish(call: &mut Call<'_>, registration: &mut Json) {
    if registration["name"].is_null() {
        registration["name"] = registration["physicalParams"]["endpoint"].clone();
    }
    registration["_changed"] = json!(call.service.stamp());
}

fn thing_of(registration: &Json, id: i64) -> Thing {
    let params = &registration["physicalParams"];
    Thing {
        id,
        source_id: id,
        name: registration["name"].as_str().unwrap_or_default().to_owned(),
        environment: "kPhysical",
        kind: "kHost",
        os: if params["hostType"] == "kWindows" { "kWindows" } else { "kLinux" },
        bytes: 80_000_000_000 + id * 1_048_576,
    }
}
