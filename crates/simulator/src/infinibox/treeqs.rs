//! TreeQs: directories right below a filesystem's root with limits of their own.

use super::array::Array;
use super::body::{Body, check_name};
use super::call::Call;
use super::dataset::rules;
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::filesystems::Filesystem;
use super::list::list_records;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::value::Value;

/// The operations of treeqs.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("filesystems/{fsId}/treeqs", list),
    Route::post("filesystems/{fsId}/treeqs", Roles::POOL, create),
    Route::get("filesystems/{fsId}/treeqs/{id}", get),
    Route::put("filesystems/{fsId}/treeqs/{id}", Roles::POOL, update),
    Route::delete("filesystems/{fsId}/treeqs/{id}", Roles::POOL, delete),
];

const STATES: Holds = Holds::Word(&["BELOW_SOFT", "SOFT_EXCEEDED", "NONE"]);
/// How many characters a path has at most.
const MAX_PATH: usize = 255;

/// A treeq.
#[derive(Debug, Clone, Default)]
pub(crate) struct TreeQ {
    pub(crate) id: i64,
    pub(crate) filesystem_id: i64,
    pub(crate) name: String,
    pub(crate) path: String,
    /// Bytes.
    pub(crate) soft_capacity: Option<i64>,
    /// Bytes.
    pub(crate) hard_capacity: Option<i64>,
    pub(crate) soft_inodes: Option<i64>,
    pub(crate) hard_inodes: Option<i64>,
    /// Bytes.
    pub(crate) used_capacity: i64,
    /// 1 when it is empty: the directory itself.
    pub(crate) used_inodes: i64,
}

impl Record for TreeQ {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |t, _| t.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |t, _| t.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("path", TEXT, |t, _| t.path.as_str().into()).listed().required(),
        Field::<Self>::new("filesystem_id", NATURAL, |t, _| t.filesystem_id.into()).listed(),
        Field::<Self>::new("soft_capacity", NATURAL, |t, _| t.soft_capacity.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("hard_capacity", NATURAL, |t, _| t.hard_capacity.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("soft_inodes", NATURAL, |t, _| t.soft_inodes.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("hard_inodes", NATURAL, |t, _| t.hard_inodes.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("used_capacity", NATURAL, |t, _| t.used_capacity.into()).listed(),
        Field::<Self>::new("used_inodes", NATURAL, |t, _| t.used_inodes.into()).listed(),
        Field::<Self>::new("capacity_state", STATES, |t, _| {
            state(t.used_capacity, t.soft_capacity, t.hard_capacity)
        })
        .listed(),
        Field::<Self>::new("inodes_state", STATES, |t, _| state(t.used_inodes, t.soft_inodes, t.hard_inodes))
            .listed(),
        Field::<Self>::write_only("mode", Holds::Text(3, 4)).create(),
    ];
}

fn state<'a>(used: i64, soft: Option<i64>, hard: Option<i64>) -> Value<'a> {
    match (soft, hard) {
        (None, None) => "NONE",
        (Some(soft), _) if used > soft => "SOFT_EXCEEDED",
        _ => "BELOW_SOFT",
    }
    .into()
}

impl Entity for TreeQ {
    const NOUN: &'static str = "TreeQ";
    const NOT_FOUND: &'static str = "TREEQ_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.treeqs
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.treeqs
    }
}

/// The filesystem of the path, which must be running.
fn filesystem<'a>(call: &'a Call<'_>) -> Result<&'a Filesystem, Fault> {
    let filesystem = Filesystem::find(call.array, call.id("fsId")?)?;
    filesystem.check_running()?;
    Ok(filesystem)
}

/// The filesystem of the path, which must take changes.
fn writable<'a>(call: &'a Call<'_>) -> Result<&'a Filesystem, Fault> {
    let filesystem = filesystem(call)?;
    rules::pool_open(call, filesystem.dataset.pool_id)?;
    if filesystem.dataset.write_protected {
        return Err(Fault::conflict(
            "TREEQ_FILESYSTEM_READ_ONLY",
            format!("Filesystem '{}' is write protected", filesystem.dataset.name),
        ));
    }
    Ok(filesystem)
}

fn own<'a>(call: &'a Call<'_>) -> Result<&'a TreeQ, Fault> {
    let filesystem_id = filesystem(call)?.dataset.id;
    let id = call.id("id")?;
    TreeQ::find(call.array, id)
        .ok()
        .filter(|treeq| treeq.filesystem_id == filesystem_id)
        .ok_or_else(|| TreeQ::absent(id))
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = filesystem(call)?.dataset.id;
    list_records(call, call.array.treeqs.values().filter(|treeq| treeq.filesystem_id == id), &[])
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = own(call)?.id;
    call.record::<TreeQ>(id).map(Reply::result)
}

fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let filesystem = writable(call)?;
    let (filesystem_id, windows) = (filesystem.dataset.id, filesystem.windows);
    let body = call.creation::<TreeQ>()?;
    if body.has("mode") && windows {
        return Err(Fault::conflict(
            "INVALID_OPTION_FOR_TREEQ_CREATE",
            "Only a filesystem of style UNIX takes a mode ('mode')",
        ));
    }
    let mut treeq = TreeQ { filesystem_id, used_inodes: 1, ..TreeQ::default() };
    body.text("path").unwrap_or_default().clone_into(&mut treeq.path);
    check_path(&treeq.path)?;
    let siblings = || call.array.treeqs.values().filter(|other| other.filesystem_id == filesystem_id);
    if siblings().any(|other| other.path == treeq.path) {
        return Err(Fault::conflict(
            "TREEQ_PATH_NESTING",
            format!("There is a treeq at '{}' already ('path')", treeq.path),
        ));
    }
    // Numbers of the filesystem itself, so large that they tell apart who reads them as floating point.
    let number = siblings().map(|other| other.id & 0xffff).max().unwrap_or(0) + 1;
    treeq.id = identifier(filesystem_id, number);
    change(call, &mut treeq, &body)?;
    let (id, name) = (treeq.id, treeq.name.clone());
    call.array.treeqs.insert(id, treeq);
    call.event(
        Event::info("TREEQ_CREATED", "TreeQ {name} was created").about(filesystem_id).text("name", &name),
    );
    call.record::<TreeQ>(id).map(Reply::created)
}

/// The id of a filesystem's treeq.
pub(crate) fn identifier(filesystem_id: i64, number: i64) -> i64 {
    filesystem_id << 44 | number
}

fn check_path(path: &str) -> Result<(), Fault> {
    if path.chars().count() > MAX_PATH {
        return Err(Fault::conflict(
            "TREEQ_PATH_TOO_LONG",
            format!("A path has {MAX_PATH} characters at most ('path')"),
        ));
    }
    let name = path.strip_prefix('/').unwrap_or_default();
    if name.is_empty() || matches!(name, "." | "..") {
        return Err(Fault::conflict(
            "TREEQ_INVALID_PATH",
            format!("A path begins with a slash and has a name after it; '{path}' has not ('path')"),
        ));
    }
    if name.contains('/') {
        return Err(Fault::conflict(
            "TREEQ_PATH_NESTING",
            "A treeq is right below the root of its filesystem ('path')",
        ));
    }
    Ok(())
}

/// Puts the name and the limits of a body into a treeq, if no rule stands against them.
fn change(call: &Call<'_>, treeq: &mut TreeQ, body: &Body) -> Result<(), Fault> {
    if let Some(name) = body.text("name") {
        check_name(name)?;
        let taken = call.array.treeqs.values().any(|other| {
            other.filesystem_id == treeq.filesystem_id && other.id != treeq.id && other.name == name
        });
        if taken {
            return Err(Fault::conflict(
                "TREEQ_NAME_ALREADY_EXISTS",
                format!("A treeq named '{name}' exists already on this filesystem"),
            ));
        }
        name.clone_into(&mut treeq.name);
    }
    for (name, limit) in [
        ("soft_capacity", &mut treeq.soft_capacity),
        ("hard_capacity", &mut treeq.hard_capacity),
        ("soft_inodes", &mut treeq.soft_inodes),
        ("hard_inodes", &mut treeq.hard_inodes),
    ] {
        if body.has(name) {
            *limit = body.integer(name);
        }
    }
    check_limits(&CAPACITY, treeq.soft_capacity, treeq.hard_capacity)?;
    check_limits(&INODES, treeq.soft_inodes, treeq.hard_inodes)
}

/// What a pair of limits must keep.
struct Limits {
    soft: &'static str,
    hard: &'static str,
    min_soft: i64,
    min_hard: i64,
    interval: i64,
    soft_too_low: &'static str,
    hard_too_low: &'static str,
    hard_below_soft: &'static str,
    interval_too_small: &'static str,
}

const CAPACITY: Limits = Limits {
    soft: "soft_capacity",
    hard: "hard_capacity",
    min_soft: 500_000_000,
    min_hard: 1_000_000_000,
    interval: 100_000_000,
    soft_too_low: "TREEQ_INVALID_LIMITS_CAPACITY_SOFT_TOO_LOW",
    hard_too_low: "TREEQ_INVALID_LIMITS_CAPACITY_HARD_TOO_LOW",
    hard_below_soft: "TREEQ_INVALID_LIMITS_CAPACITY_HARD_BELOW_SOFT",
    interval_too_small: "TREEQ_INVALID_LIMITS_CAPACITY_INTERVAL_TOO_SMALL",
};

const INODES: Limits = Limits {
    soft: "soft_inodes",
    hard: "hard_inodes",
    min_soft: 2,
    min_hard: 3,
    interval: 1,
    soft_too_low: "TREEQ_INVALID_LIMITS_INODE_SOFT_TOO_LOW",
    hard_too_low: "TREEQ_INVALID_LIMITS_INODE_HARD_TOO_LOW",
    hard_below_soft: "TREEQ_INVALID_LIMITS_INODE_HARD_BELOW_SOFT",
    interval_too_small: "TREEQ_INVALID_LIMITS_INODE_INTERVAL_TOO_SMALL",
};

fn check_limits(limits: &Limits, soft: Option<i64>, hard: Option<i64>) -> Result<(), Fault> {
    if soft.is_some_and(|soft| soft < limits.min_soft) {
        return Err(Fault::conflict(
            limits.soft_too_low,
            format!("The soft limit is {} or more ('{}')", limits.min_soft, limits.soft),
        ));
    }
    if hard.is_some_and(|hard| hard < limits.min_hard) {
        return Err(Fault::conflict(
            limits.hard_too_low,
            format!("The hard limit is {} or more ('{}')", limits.min_hard, limits.hard),
        ));
    }
    match soft.zip(hard) {
        Some((soft, hard)) if hard < soft => Err(Fault::conflict(
            limits.hard_below_soft,
            format!("The hard limit cannot be below the soft one ('{}')", limits.hard),
        )),
        Some((soft, hard)) if hard - soft < limits.interval => Err(Fault::conflict(
            limits.interval_too_small,
            format!("The hard limit is {} or more above the soft one ('{}')", limits.interval, limits.hard),
        )),
        _ => Ok(()),
    }
}

fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    writable(call)?;
    let mut treeq = own(call)?.clone();
    let body = call.update::<TreeQ>()?;
    change(call, &mut treeq, &body)?;
    let (id, filesystem_id, name) = (treeq.id, treeq.filesystem_id, treeq.name.clone());
    call.array.treeqs.insert(id, treeq);
    call.event(
        Event::info("TREEQ_UPDATED", "TreeQ {name} was changed").about(filesystem_id).text("name", &name),
    );
    call.record::<TreeQ>(id).map(Reply::result)
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    writable(call)?;
    let treeq = own(call)?.clone();
    let exported = call
        .array
        .exports
        .values()
        .any(|export| export.filesystem_id == treeq.filesystem_id && export.inner_path == treeq.path);
    if exported {
        return Err(Fault::conflict(
            "TREEQ_FILESYSTEM_HAS_EXPORTS",
            format!("'{}' is exported; delete the export first", treeq.path),
        ));
    }
    let last_state = call.record::<TreeQ>(treeq.id)?;
    call.array.treeqs.remove(&treeq.id);
    call.event(
        Event::info("TREEQ_DELETED", "TreeQ {name} was deleted")
            .about(treeq.filesystem_id)
            .text("name", &treeq.name),
    );
    Ok(Reply::result(last_state))
}
