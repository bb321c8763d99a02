//! Creating, changing and disbanding groups.

use serde_json::Value as Json;

use super::Group;
use crate::infinibox::body::{self, Body};
use crate::infinibox::call::Call;
use crate::infinibox::dataset::snapshot::{self, Wanted};
use crate::infinibox::dataset::{Dataset, DatasetKind, locks, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::volumes::write as volumes;

/// What only a snapshot group takes on creation.
const SNAPSHOT_FIELDS: &[&str] = &["snap_prefix", "snap_suffix", "snapshot_retention"];

/// Creates a consistency group, or takes a snapshot of one if the body names a parent.
pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let replicate = call.flag("replicate_to_async_target")?;
    let body = call.creation::<Group>()?;
    rules::check_remote_retention(&body)?;
    if replicate {
        return Err(Fault::conflict(
            "OPERATION_NOT_SUPPORTED",
            "Only a snapshot of a replicated group can be replicated ('replicate_to_async_target')",
        ));
    }
    let id = if body.has("parent_id") { create_snapshot(call, &body)? } else { create_group(call, &body)? };
    call.record::<Group>(id).map(Reply::created)
}

fn create_group(call: &mut Call<'_>, body: &Body) -> Result<i64, Fault> {
    let pool_id = body.integer("pool_id").ok_or_else(|| Fault::missing_field("pool_id"))?;
    if let Some(name) = SNAPSHOT_FIELDS.iter().find(|name| says_something(body, name)) {
        return Err(Fault::unsupported_field(name));
    }
    if says_something(body, "lock_expires_at") {
        return Err(only_snapshots_lock());
    }
    rules::pool_open(call, pool_id)?;
    let pool_kind = call.array.pools.get(&pool_id).map_or("", |pool| pool.kind);
    match pool_kind {
        "VVOL" => {
            return Err(Fault::conflict(
                "ILLEGAL_POOL_TYPE_FOR_CG",
                "A vVol pool holds no consistency groups",
            ));
        }
        "S3" => return Err(Fault::conflict("ILLEGAL_POOL_TYPE", "An S3 pool holds no consistency groups")),
        _ => {}
    }
    let name = body.text("name").unwrap_or_default();
    check_name_free(call, name, 0)?;
    let snapshot_policy_id = rules::policy(call.array, body)?;
    let now = call.now();
    let id = call.array.next_id();
    let group = Group {
        id,
        name: name.to_owned(),
        pool_id,
        parent_id: 0,
        snapshot_policy_id,
        snapshot_retention: None,
        lock_expires_at: None,
        created_at: now,
        updated_at: now,
    };
    call.array.cgs.insert(id, group);
    call.event(
        Event::info("CG_CREATED", "Consistency group {name} was created").about(id).text("name", name),
    );
    Ok(id)
}

/// Takes a snapshot of every member of a group and puts them into a group of their own.
fn create_snapshot(call: &mut Call<'_>, body: &Body) -> Result<i64, Fault> {
    if let Some(name) = ["pool_id", "snapshot_policy_id"].into_iter().find(|name| body.has(name)) {
        return Err(Fault::unsupported_field(name));
    }
    let parent = Group::find(call.array, body.need_integer("parent_id")?)?.clone();
    let prefix = body.text("snap_prefix").unwrap_or_default();
    let suffix = body.text("snap_suffix").unwrap_or_default();
    if prefix.is_empty() && suffix.is_empty() {
        return Err(Fault::bad(
            "MISSING_FIELD",
            "A mandatory field is missing ('snap_prefix' or 'snap_suffix')",
        ));
    }
    rules::pool_open(call, parent.pool_id)?;
    if parent.is_snapshot() {
        return Err(Fault::conflict("SG_SNAP_NOT_ALLOWED", "A snapshot group has no snapshots"));
    }
    let (lock_expires_at, snapshot_retention) = locks::on_creation(body, call.now(), false)?;
    let name = body.text("name").unwrap_or_default();
    check_name_free(call, name, 0)?;
    let members = super::members_of(call.array, parent.id);
    if members.is_empty() {
        return Err(Fault::conflict(
            "CG_SNAP_WITH_NO_MEMBERS",
            format!("Consistency group '{}' has no members", parent.name),
        ));
    }
    let mut planned = Vec::new();
    for member in members {
        let name = format!("{prefix}{}{suffix}", member.name);
        let length = name.chars().count();
        if length > 65 {
            return Err(Fault::bad(
                "SG_MEMBER_INVALID_NAME_LENGTH",
                format!("A member's name would have {length} characters; 65 are allowed"),
            ));
        }
        body::check_name(&name)?;
        snapshot::check(call, &member, &name)?;
        planned.push((member, name));
    }
    let now = call.now();
    let id = call.array.next_id();
    let group = Group {
        id,
        name: name.to_owned(),
        parent_id: parent.id,
        snapshot_policy_id: None,
        snapshot_retention,
        lock_expires_at,
        created_at: now,
        updated_at: now,
        ..parent
    };
    call.array.cgs.insert(id, group);
    for (member, name) in planned {
        let wanted = Wanted { name, group_id: id, lock_expires_at, ..Wanted::default() };
        let dataset = snapshot::take(call.array, &member, wanted);
        volumes::created(call, dataset, None);
    }
    call.event(
        Event::info("SNAPSHOT_GROUP_CREATED", "Snapshot group {name} was taken").about(id).text("name", name),
    );
    Ok(id)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let old = Group::find(call.array, id)?.clone();
    let body = call.update::<Group>()?;
    rules::pool_open(call, old.pool_id)?;
    let mut new = old.clone();
    if let Some(name) = body.text("name") {
        check_name_free(call, name, id)?;
        name.clone_into(&mut new.name);
    }
    if body.has("snapshot_policy_id") {
        if old.is_snapshot() {
            return Err(Fault::unsupported_field("snapshot_policy_id"));
        }
        new.snapshot_policy_id = rules::policy(call.array, &body)?;
    }
    if body.has("snapshot_retention") {
        if !old.is_snapshot() {
            return Err(Fault::conflict(
                "NON_SNAPSHOT_RETENTION_CANNOT_BE_MODIFIED",
                "Only a snapshot group has ('snapshot_retention')",
            ));
        }
        new.snapshot_retention = body.integer("snapshot_retention");
        locks::check_lengthened(old.snapshot_retention, new.snapshot_retention)?;
    }
    if body.has("lock_expires_at") {
        if !old.is_snapshot() {
            return Err(only_snapshots_lock());
        }
        if super::members_of(call.array, id).iter().any(|member| !member.write_protected) {
            return Err(Fault::conflict(
                "SNAPSHOT_LOCK_FORBIDDEN",
                "A group with a member that can be written cannot have ('lock_expires_at')",
            ));
        }
        new.lock_expires_at = locks::extended(
            old.lock_expires_at,
            body.integer("lock_expires_at"),
            call.now(),
            old.created_at,
            new.snapshot_retention,
        )?;
    }
    if old.snapshot_retention.is_some() && new.snapshot_retention.is_none() {
        call.approve(|| format!("Snapshot group '{}' will be kept until somebody deletes it", old.name))?;
    }
    new.updated_at = call.now();
    let fields = body.names().collect::<Vec<_>>().join(", ");
    let event = Event::info("CG_UPDATED", "Group {name} was changed: {fields}")
        .about(id)
        .text("name", &new.name)
        .text("fields", &fields);
    let lock = new.lock_expires_at;
    *Group::find_mut(call.array, id)? = new;
    if body.has("lock_expires_at") {
        for member in super::members_of(call.array, id) {
            if let Some(stored) = call.array.dataset_mut(member.id) {
                stored.rare_mut().lock_expires_at = lock;
            }
        }
    }
    call.event(event);
    call.record::<Group>(id).map(Reply::result)
}

/// Disbands a group; the members stay unless the request says otherwise.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let delete_members = call.flag("delete_members")?;
    let group = Group::find(call.array, id)?.clone();
    rules::pool_open(call, group.pool_id)?;
    let members = super::members_of(call.array, id);
    if group.is_locked(call.now())
        && let Some(member) = members.iter().find(|member| member.is_locked(call.now()))
    {
        return Err(locks::delete_refused(member));
    }
    if delete_members {
        for member in &members {
            volumes::check_free(call, member)?;
        }
    }
    call.approve(|| consequence(&group, members.len(), delete_members))?;
    let last_state = call.record::<Group>(id)?;
    call.array.cgs.remove(&id);
    for member in members {
        if delete_members {
            volumes::remove(call, member.id);
        } else if let Some(stored) = call.array.dataset_mut(member.id) {
            stored.cg_id = 0;
        }
    }
    // Its snapshot groups lose their parent, and with it what they could be restored to: they go as well, their
    // members stay.
    let orphans: Vec<i64> =
        call.array.cgs.values().filter(|other| other.parent_id == id).map(|other| other.id).collect();
    for orphan in orphans {
        call.array.cgs.remove(&orphan);
        for member in super::members_of(call.array, orphan) {
            if let Some(stored) = call.array.dataset_mut(member.id) {
                stored.cg_id = 0;
            }
        }
    }
    call.event(Event::info("CG_DELETED", "Group {name} was deleted").about(id).text("name", &group.name));
    Ok(Reply::result(last_state))
}

fn consequence(group: &Group, members: usize, delete_members: bool) -> String {
    if delete_members {
        format!(
            "Deleting group '{}' with its members destroys the data of its members ({members})",
            group.name
        )
    } else {
        format!("Deleting group '{}' leaves its members ({members}) without common snapshots", group.name)
    }
}

fn only_snapshots_lock() -> Fault {
    Fault::conflict("INVALID_LOCK_ENTITY_TYPE", "Only a snapshot group can have ('lock_expires_at')")
}

fn check_name_free(call: &Call<'_>, name: &str, own_id: i64) -> Result<(), Fault> {
    let taken =
        call.array.cgs.values().any(|group| group.id != own_id && group.name.eq_ignore_ascii_case(name));
    if taken {
        return Err(Fault::conflict("CG_NAME_CONFLICT", format!("A group named '{name}' exists already")));
    }
    Ok(())
}

/// The datasets of `members`, which is a group that is being changed, must be volumes.
pub(super) fn check_volume(dataset: &Dataset) -> Result<(), Fault> {
    if dataset.kind != DatasetKind::Volume {
        return Err(Fault::conflict(
            "ILLEGAL_CG_DATASET_TYPE",
            format!("'{}' is a filesystem, which cannot be in a group", dataset.name),
        ));
    }
    Ok(())
}

/// Reads a body that may be missing, must be an object otherwise, and has these fields only.
pub(super) fn optional_body(call: &Call<'_>, names: &[&str]) -> Result<Body, Fault> {
    if call.request.body.is_empty() {
        return Ok(Body::default());
    }
    let body = call.body()?;
    body.only(names)?;
    Ok(body)
}

/// Whether a value of the body says something.
pub(super) fn says_something(body: &Body, name: &str) -> bool {
    body.json(name).is_some_and(|value| !matches!(value, Json::Null))
}
