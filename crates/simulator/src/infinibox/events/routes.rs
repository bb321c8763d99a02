//! Reading events, adding one's own, and clearing old ones away.

use serde_json::Value as Json;

use super::{Event, EventData, LEVELS, VISIBILITIES, types};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::{Role, Roles};
use crate::infinibox::route::Route;

/// The states in which the box keeps a log.
const LOGGING: &[&str] = &["ACTIVE", "STANDBY"];
/// Events of the last year stay, in milliseconds.
const KEPT: i64 = 365 * 24 * 60 * 60 * 1000;

/// The operations of events.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("events", list),
    Route::post("events", Roles::EVERYONE, create_external).states(LOGGING),
    Route::delete("events", Roles::ADMIN, delete),
    Route::post("events/custom", Roles::EVERYONE, create_custom).states(LOGGING),
    Route::get("events/types", types::list),
    Route::get("events/{id}", get),
];

/// Whether the role sees what is meant for the vendor.
fn sees_all(role: Role) -> bool {
    matches!(role, Role::Infinidat | Role::Technician)
}

fn visible(event: &Event, role: Role) -> bool {
    event.visibility == "CUSTOMER" || sees_all(role)
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let role = call.actor.role;
    if call
        .request
        .parameter("visibility")
        .is_some_and(|text| text.to_ascii_uppercase().contains("INFINIDAT"))
        && !sees_all(role)
        && !call.request.parameter("visibility").is_some_and(|text| text.starts_with("ne"))
    {
        return Err(Fault::forbidden(
            "ACTION_NOT_ALLOWED_FOR_ROLE",
            format!("Role [{}] does not see the vendor's events", role.name()),
        ));
    }
    list_records(call, call.array.events.events.values().filter(|event| visible(event, role)), &[])
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let event = Event::find(call.array, id)?;
    if !visible(event, call.actor.role) {
        return Err(Event::absent(id));
    }
    call.record::<Event>(id).map(Reply::result)
}

/// An event of a type that outside programs may report.
fn create_external(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["code", "data", "affected_entity_id"])?;
    for name in ["code", "data"] {
        if body.is_null(name) {
            return Err(Fault::unsupported_value(name, "null"));
        }
    }
    let code = body.text("code").ok_or_else(|| Fault::missing_field("code"))?;
    let kind = types::external(code).ok_or_else(|| {
        Fault::missing("EVENT_NOT_FOUND", format!("There is no event type '{code}' to report"))
    })?;
    let mut event = Event::info(code, kind.description).level(kind.level);
    event.reporter = "EXTERNAL";
    event.visibility = kind.visibility;
    event.data = data(&body)?;
    check_placeholders(&event)?;
    written(call, event)
}

fn create_custom(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["description_template", "data", "visibility", "level"])?;
    for name in ["description_template", "visibility", "level"] {
        if !body.has(name) {
            return Err(Fault::missing_field(name));
        }
    }
    let template = body.text("description_template").unwrap_or_default();
    if template.is_empty() {
        return Err(Fault::wrong_parameter("description_template", "", "length >= 1"));
    }
    let level = word(&body, "level", LEVELS).ok_or_else(|| {
        Fault::conflict("ILLEGAL_EVENT_LEVEL", format!("A level ('level') is one of {}", LEVELS.join(", ")))
    })?;
    let visibility = word(&body, "visibility", VISIBILITIES)
        .ok_or_else(|| Fault::wrong_parameter("visibility", "?", "CUSTOMER or INFINIDAT"))?;
    let mut event = Event::info(format!("CUSTOM_{level}_EVENT"), template).level(level);
    event.reporter = "CUSTOM";
    event.visibility = visibility;
    event.data = data(&body)?;
    check_placeholders(&event)?;
    written(call, event)
}

fn word(body: &Body, name: &str, words: &[&'static str]) -> Option<&'static str> {
    let asked = body.text(name)?;
    words.iter().find(|word| word.eq_ignore_ascii_case(asked)).copied()
}

fn written(call: &mut Call<'_>, event: Event) -> Result<Reply, Fault> {
    let now = call.now();
    let id = call.array.events.record(event, &call.actor.name, now);
    call.record::<Event>(id).map(Reply::created)
}

/// The values that a body gives for the sentence: `[{"type", "name", "value"}]`, or nothing.
fn data(body: &Body) -> Result<Vec<EventData>, Fault> {
    let rows = match body.json("data") {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Array(rows)) => rows,
        Some(_) => return Err(Fault::malformed_content("'data' is a list")),
    };
    rows.iter()
        .map(|row| {
            let text = |name: &str| row.get(name).and_then(Json::as_str).map(str::to_owned);
            let value = match row.get("value") {
                Some(Json::String(text)) => Some(text.clone()),
                Some(value @ (Json::Number(_) | Json::Bool(_))) => Some(value.to_string()),
                _ => None,
            };
            match (text("name"), text("type"), value) {
                (Some(name), Some(kind), Some(value)) => {
                    Ok(EventData { name: name.into(), kind: kind.into(), value })
                }
                _ => Err(Fault::bad("ILLEGAL_EVENT_DATA", "Each of ('data') has a type, a name and a value")),
            }
        })
        .collect()
}

/// Every brace must open or close a name that the data has.
fn check_placeholders(event: &Event) -> Result<(), Fault> {
    let wrong = |why: String| Err(Fault::bad("ILLEGAL_EVENT_DATA", why));
    let mut rest = event.template.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (_, tail) = rest.split_at(at);
        let Some((name, after)) = tail.strip_prefix('{').and_then(|tail| tail.split_once('}')) else {
            return wrong("A placeholder of ('description_template') is not well formed".to_owned());
        };
        if !event.data.iter().any(|data| data.name == name) {
            return wrong(format!("Placeholder '{name}' has no value in ('data')"));
        }
        rest = after;
    }
    Ok(())
}

/// Clears events away that are older than a time, which must be a year ago or more.
fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    for (name, _) in &call.request.query {
        if name != "timestamp" && name != "approved" {
            return Err(Fault::unknown_parameter(name));
        }
    }
    let text = call
        .request
        .parameter("timestamp")
        .ok_or_else(|| Fault::bad("MISSING_QUERY_PARAMETER", "Say from when on events stay ('timestamp')"))?;
    let (relation, time) = text.split_once(':').unwrap_or(("eq", text));
    let shift = match relation {
        "lt" => 0,
        "leq" | "le" => 1,
        _ => {
            return Err(Fault::bad(
                "RELATION_NOT_SUPPORTED_FOR_FIELD",
                format!("Relation {} does not apply to ('timestamp')", relation.to_ascii_uppercase()),
            ));
        }
    };
    let before: i64 = time.parse().map_err(|_malformed| Fault::malformed_parameter("timestamp", "a time"))?;
    let before = before.saturating_add(shift);
    if before > call.now() - KEPT {
        return Err(Fault::conflict(
            "CANNOT_SET_EVENTS_RETENTION_TIME",
            "Events of the last year cannot be cleared away",
        ));
    }
    call.array.events.events.retain(|_, event| event.timestamp >= before);
    call.event(
        Event::info("EVENTS_DELETED", "Events before {time} were cleared away").number("time", before),
    );
    Ok(Reply::result(Json::Null))
}
