//! Creating, changing and deleting hosts.

use super::chap::{self, Chap};
use super::ports::PortKind;
use super::{HOST_TYPES, Host};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

/// How many hosts a box takes. The document's number is a test's; this one is the product's.
const MAX_HOSTS: usize = 4_000;

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<Host>()?;
    let chap = Chap::default().changed(&body)?;
    let name = body.text("name").unwrap_or_default().to_owned();
    check_name_free(call.array, &name, 0)?;
    if call.array.hosts.len() >= MAX_HOSTS {
        return Err(Fault::conflict("HOST_COUNT_LIMIT", format!("There are {MAX_HOSTS} hosts already")));
    }
    let id = call.array.next_id();
    let host = Host {
        id,
        name,
        host_type: host_type(&body).unwrap_or("DEFAULT"),
        cluster_id: 0,
        ports: Vec::new(),
        optimized: body.boolean("optimized").unwrap_or(true),
        expected_paths: None,
        chap,
        created_at: call.now(),
        updated_at: call.now(),
    };
    let event =
        Event::info("HOST_CREATED", "Host {host_name} was created").about(id).text("host_name", &host.name);
    call.array.hosts.insert(id, host);
    call.event(event);
    call.record::<Host>(id).map(Reply::created)
}

/// The host type that a body names.
pub(crate) fn host_type(body: &Body) -> Option<&'static str> {
    let name = body.text("host_type")?;
    HOST_TYPES.iter().find(|known| **known == name).copied()
}

/// Refuses to make an OpenVMS host of another, or another of it.
pub(crate) fn check_host_type(old: &str, body: &Body) -> Result<(), Fault> {
    match host_type(body) {
        Some(new) if new != old => Err(Fault::conflict(
            "OPENVMS_HOST_TYPE_NO_MODIFICATION",
            format!("A host type is chosen on creation; {old} cannot become {new}"),
        )),
        _ => Ok(()),
    }
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let old = Host::find(call.array, id)?.clone();
    let body = call.update::<Host>()?;
    let proves = body.names().all(|name| chap::FIELDS.contains(&name));
    if body.names().count() > 1 && !proves {
        return Err(Fault::multiple_update());
    }
    let mut host = old.clone();
    if let Some(name) = body.text("name") {
        check_name_free(call.array, name, id)?;
        name.clone_into(&mut host.name);
    }
    check_host_type(old.host_type, &body)?;
    if let Some(paths) = body.integer("min_expected_paths") {
        host.expected_paths = (paths >= 0).then_some(paths);
    }
    host.chap = old.chap.changed(&body)?;
    if proves && host.has(PortKind::Iscsi) {
        host.chap.check_complete()?;
    }
    if let Some(optimized) = body.boolean("optimized") {
        if optimized != old.optimized {
            call.approve(|| {
                format!("Changing how host '{}' chooses its paths can disturb its input and output", old.name)
            })?;
        }
        host.optimized = optimized;
    }
    host.updated_at = call.now();
    let event = change_event(&old, &host, &body);
    *Host::find_mut(call.array, id)? = host;
    call.event(event);
    call.record::<Host>(id).map(Reply::result)
}

fn change_event(old: &Host, new: &Host, body: &Body) -> Event {
    let event = if body.has("name") {
        Event::info("HOST_RENAMED", "Host {old_name} was renamed to {host_name}").text("old_name", &old.name)
    } else if body.names().any(|name| chap::FIELDS.contains(&name)) {
        Event::info("HOST_SECURITY_CHANGED", "Host {host_name} now proves itself with {method}")
            .text("method", new.chap.method)
    } else {
        let fields = body.names().collect::<Vec<_>>().join(", ");
        Event::info("HOST_UPDATED", "Host {host_name} was changed: {fields}").text("fields", &fields)
    };
    event.about(new.id).text("host_name", &new.name)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let host = Host::find(call.array, id)?.clone();
    if host.cluster_id != 0 {
        return Err(Fault::conflict(
            "CANNOT_DELETE_CLUSTERED_HOST",
            format!("Host '{}' belongs to a cluster; remove it from there first", host.name),
        ));
    }
    if call.array.mappings.of_host(id).next().is_some() {
        return Err(Fault::conflict(
            "HOST_NOT_EMPTY",
            format!("Volumes are still mapped to host '{}'", host.name),
        ));
    }
    let last_state = call.record::<Host>(id)?;
    call.array.hosts.remove(&id);
    call.event(
        Event::info("HOST_DELETED", "Host {host_name} was deleted").about(id).text("host_name", &host.name),
    );
    Ok(Reply::result(last_state))
}

fn check_name_free(array: &Array, name: &str, own_id: i64) -> Result<(), Fault> {
    let taken = array.hosts.values().any(|host| host.id != own_id && host.name.eq_ignore_ascii_case(name));
    if taken {
        return Err(Fault::conflict("HOST_NAME_CONFLICT", format!("A host named '{name}' exists already")));
    }
    Ok(())
}
