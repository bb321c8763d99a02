//! NFS exports of filesystems.

use serde_json::{Value as Json, json};

use super::array::Array;
use super::call::{Call, attribute, get, list};
use super::dataset::rules;
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::filesystems::Filesystem;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;

mod permissions;
#[cfg(test)]
mod tests;

/// The operations of exports.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("exports", list::<Export>),
    Route::post("exports", Roles::POOL, create),
    Route::get("exports/{id}", get::<Export>),
    Route::put("exports/{id}", Roles::POOL, update),
    Route::delete("exports/{id}", Roles::POOL, delete),
    Route::get("exports/{id}/{attribute}", attribute::<Export>),
];

/// How much one read or write carries, in bytes.
const TRANSFER: Holds = Holds::Integer(16_384, 16_777_216);
/// The user or the group of strangers.
const ANONYMOUS: Holds = Holds::Integer(0, 4_294_967_295);
/// What changes only while nobody can be using the export. The document says that some fields are so, not which.
const ONLY_DISABLED: &[&str] =
    &["inner_path", "nfs_version", "transport_protocols", "character_encoding", "32bit_file_id"];
/// How many exports one filesystem has at most. The document's number is a test setting; so is this.
const MAX_PER_FILESYSTEM: usize = 100;
/// How many characters a path has at most.
const MAX_PATH: usize = 1024;

/// An export.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) id: i64,
    pub(crate) filesystem_id: i64,
    pub(crate) export_path: String,
    pub(crate) inner_path: String,
    pub(crate) enabled: bool,
    pub(crate) nfs_version: &'static str,
    pub(crate) transport_protocols: &'static str,
    pub(crate) privileged_port: bool,
    pub(crate) permissions: Json,
    pub(crate) anonymous_uid: i64,
    pub(crate) anonymous_gid: i64,
    pub(crate) make_all_users_anonymous: bool,
    pub(crate) snapdir_visible: bool,
    pub(crate) short_file_id: bool,
    /// Bytes.
    pub(crate) pref_read: i64,
    /// Bytes.
    pub(crate) pref_write: i64,
    /// Bytes.
    pub(crate) pref_readdir: i64,
    /// Bytes.
    pub(crate) max_read: i64,
    /// Bytes.
    pub(crate) max_write: i64,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Export {
    /// An export with the settings that the box chooses.
    pub(crate) fn new(id: i64, filesystem_id: i64, export_path: &str, now: i64) -> Self {
        Self {
            id,
            filesystem_id,
            export_path: export_path.to_owned(),
            inner_path: "/".to_owned(),
            enabled: true,
            nfs_version: "NFSv3",
            transport_protocols: "TCP",
            privileged_port: true,
            permissions: json!([{"access": "RW", "no_root_squash": true, "client": "*"}]),
            anonymous_uid: 65_534,
            anonymous_gid: 65_534,
            make_all_users_anonymous: false,
            snapdir_visible: false,
            short_file_id: false,
            pref_read: 16_384,
            pref_write: 16_384,
            pref_readdir: 16_384,
            max_read: 32_768,
            max_write: 32_768,
            created_at: now,
            updated_at: now,
        }
    }
}

impl Record for Export {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |e, _| e.id.into()).listed(),
        Field::<Self>::new("export_path", Holds::Text(0, MAX_PATH), |e, _| e.export_path.as_str().into())
            .listed()
            .required(),
        Field::<Self>::new("filesystem_id", NATURAL, |e, _| e.filesystem_id.into()).filterable().required(),
        Field::<Self>::new("inner_path", Holds::Text(0, MAX_PATH), |e, _| e.inner_path.as_str().into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("enabled", Holds::Boolean, |e, _| e.enabled.into()).listed().create().update(),
        Field::<Self>::new("nfs_version", Holds::Word(&["NFSv3", "NFSv4"]), |e, _| e.nfs_version.into())
            .listed()
            .create()
            .update(),
        // Only exports of version 4 have schemes, and the document doesn't name any.
        Field::<Self>::new("nfsv4_auth", TEXT, |_, _| super::value::Value::Null)
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("transport_protocols", Holds::Word(&["TCP"]), |e, _| e.transport_protocols.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("privileged_port", Holds::Boolean, |e, _| e.privileged_port.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("permissions", Holds::Anything, |e, _| e.permissions.clone().into())
            .create()
            .update(),
        Field::<Self>::new("anonymous_uid", ANONYMOUS, |e, _| e.anonymous_uid.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("anonymous_gid", ANONYMOUS, |e, _| e.anonymous_gid.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("make_all_users_anonymous", Holds::Boolean, |e, _| {
            e.make_all_users_anonymous.into()
        })
        .listed()
        .create()
        .update(),
        Field::<Self>::new("snapdir_visible", Holds::Boolean, |e, _| e.snapdir_visible.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("32bit_file_id", Holds::Boolean, |e, _| e.short_file_id.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("pref_read", TRANSFER, |e, _| e.pref_read.into()).listed().create().update(),
        Field::<Self>::new("pref_write", TRANSFER, |e, _| e.pref_write.into()).listed().create().update(),
        Field::<Self>::new("pref_readdir", TRANSFER, |e, _| e.pref_readdir.into()).listed().create().update(),
        Field::<Self>::new("max_read", TRANSFER, |e, _| e.max_read.into()).listed().create().update(),
        Field::<Self>::new("max_write", TRANSFER, |e, _| e.max_write.into()).listed().create().update(),
        Field::<Self>::new("character_encoding", Holds::Word(&["UTF-8"]), |_, _| "UTF-8".into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |e, _| e.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |e, _| e.updated_at.into()).listed(),
    ];
}

impl Entity for Export {
    const NOUN: &'static str = "Export";
    const NOT_FOUND: &'static str = "EXPORT_NOT_FOUND";
    const ONE_FIELD_PER_UPDATE: bool = true;

    fn table(array: &Array) -> &Table<Self> {
        &array.exports
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.exports
    }
}

impl Array {
    /// Whether a filesystem has exports.
    pub(crate) fn is_exported(&self, filesystem_id: i64) -> bool {
        self.exports.values().any(|export| export.filesystem_id == filesystem_id)
    }
}

fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<Export>()?;
    let filesystem_id = body.need_integer("filesystem_id")?;
    let filesystem = Filesystem::find(call.array, filesystem_id)?;
    rules::pool_open(call, filesystem.dataset.pool_id)?;
    filesystem.check_running()?;
    let path = body.text("export_path").unwrap_or_default();
    check_path("export_path", path)?;
    if call.array.exports.values().any(|export| export.export_path == path) {
        return Err(Fault::conflict(
            "EXPORT_PATH_CONFLICT",
            format!("There is an export at '{path}' already ('export_path')"),
        ));
    }
    if call.array.exports.values().filter(|export| export.filesystem_id == filesystem_id).count()
        >= MAX_PER_FILESYSTEM
    {
        return Err(Fault::conflict(
            "EXPORT_FILESYSTEM_COUNT_LIMIT",
            format!("A filesystem has {MAX_PER_FILESYSTEM} exports at most"),
        ));
    }
    let mut export = Export::new(0, filesystem_id, path, call.now());
    for name in body.names() {
        apply(call, &mut export, name, body.json(name).unwrap_or(&Json::Null))?;
    }
    export.id = call.array.next_id();
    let id = export.id;
    let event = Event::info("EXPORT_CREATED", "Export {path} was created")
        .about(id)
        .text("path", &export.export_path);
    call.array.exports.insert(id, export);
    call.event(event);
    call.record::<Export>(id).map(Reply::created)
}

fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let mut export = Export::find(call.array, id)?.clone();
    let body = call.update::<Export>()?;
    let filesystem = Filesystem::find(call.array, export.filesystem_id)?;
    rules::pool_open(call, filesystem.dataset.pool_id)?;
    filesystem.check_running()?;
    if let Some(name) = body.names().find(|name| export.enabled && ONLY_DISABLED.contains(name)) {
        return Err(Fault::conflict(
            "EXPORT_IS_ENABLED",
            format!("Disable export '{}' to change this field ('{name}')", export.export_path),
        ));
    }
    for name in body.names() {
        apply(call, &mut export, name, body.json(name).unwrap_or(&Json::Null))?;
    }
    if body.boolean("enabled") == Some(false) && Export::find(call.array, id)?.enabled {
        call.approve(|| {
            format!("Disabling export '{}' cuts off the clients that have it mounted", export.export_path)
        })?;
    }
    export.updated_at = call.now();
    let fields = body.names().collect::<Vec<_>>().join(", ");
    let event = Event::info("EXPORT_UPDATED", "Export {path} was changed: {fields}")
        .about(id)
        .text("path", &export.export_path)
        .text("fields", &fields);
    *Export::find_mut(call.array, id)? = export;
    call.event(event);
    call.record::<Export>(id).map(Reply::result)
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let export = Export::find(call.array, id)?.clone();
    let filesystem = Filesystem::find(call.array, export.filesystem_id)?;
    rules::pool_open(call, filesystem.dataset.pool_id)?;
    filesystem.check_running()?;
    call.approve(|| {
        format!("Deleting export '{}' cuts off the clients that have it mounted", export.export_path)
    })?;
    let last_state = call.record::<Export>(id)?;
    call.array.exports.remove(&id);
    call.event(
        Event::info("EXPORT_DELETED", "Export {path} was deleted")
            .about(id)
            .text("path", &export.export_path),
    );
    Ok(Reply::result(last_state))
}

/// Puts one field of a checked body into an export.
fn apply(call: &Call<'_>, export: &mut Export, name: &str, value: &Json) -> Result<(), Fault> {
    let (number, truth) = (value.as_i64().unwrap_or_default(), value.as_bool().unwrap_or_default());
    match name {
        "inner_path" => {
            let path = value.as_str().unwrap_or_default();
            check_inner_path(call, export.filesystem_id, path)?;
            path.clone_into(&mut export.inner_path);
        }
        "nfs_version" if value.as_str() != Some("NFSv3") => {
            return Err(Fault::conflict(
                "NFS_PROTOCOL_VERSION_MISMATCH",
                "NFSv4 is switched off on this system ('nfs_version')",
            ));
        }
        "nfsv4_auth" if !value.is_null() => {
            return Err(Fault::conflict(
                "NFSV4_AUTH_SCHEME_NOT_SUPPORTED",
                "Only an export of version NFSv4 has schemes ('nfsv4_auth')",
            ));
        }
        "permissions" => export.permissions = permissions::read(value)?,
        "enabled" => export.enabled = truth,
        "privileged_port" => export.privileged_port = truth,
        "make_all_users_anonymous" => export.make_all_users_anonymous = truth,
        "snapdir_visible" => export.snapdir_visible = truth,
        "32bit_file_id" => export.short_file_id = truth,
        "anonymous_uid" => export.anonymous_uid = number,
        "anonymous_gid" => export.anonymous_gid = number,
        "pref_read" => export.pref_read = number,
        "pref_write" => export.pref_write = number,
        "pref_readdir" => export.pref_readdir = number,
        "max_read" => export.max_read = number,
        "max_write" => export.max_write = number,
        // The others are there already, or have one value only.
        _ => {}
    }
    Ok(())
}

fn check_path(field: &str, path: &str) -> Result<(), Fault> {
    if !path.starts_with('/') || path.chars().any(char::is_control) {
        return Err(Fault::bad(
            "ILLEGAL_PATH_VALUE",
            format!("A path begins with a slash; '{path}' does not ('{field}')"),
        ));
    }
    Ok(())
}

/// Checks that there is such a directory. The simulated filesystems have no files: their directories are the root and
/// the treeqs.
fn check_inner_path(call: &Call<'_>, filesystem_id: i64, path: &str) -> Result<(), Fault> {
    check_path("inner_path", path)?;
    let snapdir = call.array.filesystems.get(&filesystem_id).map(|filesystem| &filesystem.snapdir_name);
    if snapdir.is_some_and(|name| path.split('/').any(|segment| segment == name)) {
        return Err(Fault::conflict(
            "EXPORTING_SNAPSHOT_DIRECTORY_NOT_ALLOWED",
            format!("The snapshot directory cannot be exported ('{path}')"),
        ));
    }
    let treeq = |treeq: &super::treeqs::TreeQ| treeq.filesystem_id == filesystem_id && treeq.path == path;
    if path != "/" && !call.array.treeqs.values().any(treeq) {
        return Err(Fault::conflict(
            "INTERNAL_PATH_DOES_NOT_EXIST",
            format!("There is no directory '{path}' on the filesystem ('inner_path')"),
        ));
    }
    Ok(())
}
