//! Filesystems: masters, their snapshots, and clones, which are snapshots that can be written.

use super::array::Array;
use super::call::{Call, attribute, get};
use super::dataset::{Dataset, dataset_fields};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::list::{list_records, list_values};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::value::Value;

mod actions;
mod create;
mod delete;
#[cfg(test)]
mod tests;
mod update;

/// The operations of filesystems.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("filesystems", list),
    Route::post("filesystems", Roles::POOL, create::create),
    Route::post("filesystems/delete_simulation", Roles::POOL, delete::simulation),
    Route::get("filesystems/{id}", get::<Filesystem>),
    Route::put("filesystems/{id}", Roles::POOL, update::update),
    Route::delete("filesystems/{id}", Roles::POOL, delete::delete),
    Route::post("filesystems/{id}/move", Roles::POOL, actions::move_to_pool),
    Route::post("filesystems/{id}/refresh", Roles::POOL, actions::refresh),
    Route::post("filesystems/{id}/restore", Roles::POOL, actions::restore),
    Route::get("filesystems/{id}/replication_pairs", replication_pairs),
    Route::get("filesystems/{id}/{attribute}", attribute::<Filesystem>),
];

/// The shortest time that access times may be behind, in seconds, unless they are exact (0).
const MIN_GRANULARITY: i64 = 3600;
/// How many characters the name of the directory with the snapshots has.
const SNAPDIR_NAME: Holds = Holds::Text(1, 255);
/// A threshold in percent of the size; 100 is none.
const THRESHOLD: Holds = Holds::Integer(i64::MIN, i64::MAX);

/// A filesystem.
#[derive(Debug, Clone)]
pub(crate) struct Filesystem {
    pub(crate) dataset: Dataset,
    pub(crate) windows: bool,
    /// Seconds.
    pub(crate) atime_granularity: i64,
    pub(crate) snapdir_name: String,
    pub(crate) snapdir_accessible: bool,
    pub(crate) visible_in_snapdir: bool,
    pub(crate) suspended: bool,
    /// Percent of the size.
    pub(crate) used_capacity_warning: i64,
    /// Percent of the size.
    pub(crate) used_capacity_critical: i64,
    /// Only those with the security style of Windows have it.
    pub(crate) posix_file_ownership: Option<bool>,
    /// The number by which NFS clients know it.
    pub(crate) nfs_filesystem_id: i64,
}

impl Record for Filesystem {
    const FIELDS: &'static [Field<Self>] = dataset_fields!(Filesystem, filesystem => &filesystem.dataset, [
        Field::<Filesystem>::new("security_style", Holds::Word(&["UNIX", "WINDOWS"]), |f, _| if f.windows { "WINDOWS" } else { "UNIX" }.into()).listed().create(),
        // The document shows no other word.
        Field::<Filesystem>::new("atime_mode", Holds::Word(&["NOATIME"]), |_, _| "NOATIME".into()).listed().create(),
        Field::<Filesystem>::new("atime_granularity", INTEGER, |f, _| f.atime_granularity.into()).listed().create().update(),
        Field::<Filesystem>::new("snapdir_name", SNAPDIR_NAME, |f, _| f.snapdir_name.as_str().into()).listed().create().update(),
        Field::<Filesystem>::new("snapdir_accessible", Holds::Boolean, |f, _| f.snapdir_accessible.into()).listed().create().update(),
        Field::<Filesystem>::new("visible_in_snapdir", Holds::Boolean, |f, _| f.visible_in_snapdir.into()).update(),
        Field::<Filesystem>::new("suspend_state", Holds::Word(&["NONE", "DROP"]), |f, _| if f.suspended { "DROP" } else { "NONE" }.into()).listed().update(),
        Field::<Filesystem>::new("used_capacity_warning", THRESHOLD, |f, _| f.used_capacity_warning.into()).listed().create().update(),
        Field::<Filesystem>::new("used_capacity_critical", THRESHOLD, |f, _| f.used_capacity_critical.into()).listed().create().update(),
        Field::<Filesystem>::new("posix_file_ownership", Holds::Boolean, |f, _| f.posix_file_ownership.into()).listed().create().nullable(),
        Field::<Filesystem>::new("nfs_filesystem_id", NATURAL, |f, _| f.nfs_filesystem_id.into()).listed(),
        Field::<Filesystem>::new("is_consistent", Holds::Boolean, |_, _| true.into()).listed(),
        Field::<Filesystem>::new("_is_established", Holds::Boolean, |_, _| true.into()).listed(),
        Field::<Filesystem>::new("modified", Holds::Boolean, |f, _| (!f.dataset.write_protected).into()),
        Field::<Filesystem>::new("data", NATURAL, |f, _| f.dataset.id.into()),
        // WORM needs a licence of its own, which this box doesn't have.
        Field::<Filesystem>::new("worm_level", Holds::Word(&["NONE"]), |_, _| "NONE".into()).listed().create(),
        Field::<Filesystem>::new("worm_default_retention", NATURAL, |_, _| Value::Null).listed().create().update().nullable(),
        Field::<Filesystem>::new("worm_max_retention", NATURAL, |_, _| Value::Null),
        Field::<Filesystem>::new("worm_legal_hold", Holds::Boolean, |_, _| Value::Null).listed().update(),
        Field::<Filesystem>::write_only("root_mode", Holds::Text(1, 5)).create(),
    ]);
}

impl Entity for Filesystem {
    const NOUN: &'static str = "Filesystem";
    const NOT_FOUND: &'static str = "FILESYSTEM_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.filesystems
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.filesystems
    }
}

impl Filesystem {
    /// Refuses what a suspended filesystem doesn't take.
    pub(crate) fn check_running(&self) -> Result<(), Fault> {
        if self.suspended {
            return Err(Fault::conflict(
                "FILESYSTEM_IS_SUSPENDED",
                format!("Filesystem '{}' is suspended", self.dataset.name),
            ));
        }
        Ok(())
    }
}

/// Checks the thresholds of a filesystem: percentages, the critical one above the warning, or both off.
fn check_thresholds(warning: i64, critical: i64) -> Result<(), Fault> {
    for (name, value) in [("used_capacity_warning", warning), ("used_capacity_critical", critical)] {
        if !(1..=100).contains(&value) {
            return Err(Fault::bad(
                "ILLEGAL_THRESHOLD_VALUE",
                format!("A threshold is a percentage from 1 to 100; {value} is not ('{name}')"),
            ));
        }
    }
    if critical <= warning && (warning, critical) != (100, 100) {
        return Err(Fault::conflict(
            "ILLEGAL_WARNING_OR_CRITICAL_VALUE",
            format!(
                "The critical threshold ({critical}) must be above the warning ({warning}) ('used_capacity_critical')"
            ),
        ));
    }
    Ok(())
}

fn check_granularity(seconds: i64) -> Result<(), Fault> {
    if seconds != 0 && seconds < MIN_GRANULARITY {
        return Err(Fault::conflict(
            "ATIME_GRANULARITY_BELOW_MIN_LIMIT",
            format!("The granularity is 0 or {MIN_GRANULARITY} seconds and more ('atime_granularity')"),
        ));
    }
    Ok(())
}

fn check_snapdir(name: &str, snapdir_name: &str) -> Result<(), Fault> {
    if name == snapdir_name {
        return Err(Fault::conflict(
            "FILESYSTEM_NAME_EQUALS_TO_SNAPDIR",
            format!("A filesystem cannot have the name of its snapshot directory ('{name}')"),
        ));
    }
    Ok(())
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.flag("show_worm_max_retention")?;
    let filesystems = call.array.filesystems.values().filter(|filesystem| !filesystem.dataset.internal);
    list_records(call, filesystems, &["show_worm_max_retention"])
}

/// No filesystem is replicated yet, so there are no pairs.
fn replication_pairs(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Filesystem::find(call.array, call.id("id")?)?;
    list_values(call, Vec::new())
}
