//! Schedules: when a snapshot policy takes snapshots and how long they stay. They can't be changed, only switched.

use super::SnapshotPolicy;
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::entity::{Entity, Record, Table};
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL};
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;

/// How far apart snapshots are, in seconds.
const INTERVAL: std::ops::RangeInclusive<i64> = 3600..=2_592_000;
/// How long snapshots stay, in seconds.
const RETENTION: std::ops::RangeInclusive<i64> = 3600..=31_536_000;
/// How many schedules a policy has at most. The document's number is a test setting; so is this.
const MAX_SCHEDULES: usize = 20;
const DAYS: &[&str] = &["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

/// A schedule.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) id: i64,
    pub(crate) snapshot_policy_id: i64,
    pub(crate) name: String,
    /// By the clock, or else at intervals.
    pub(crate) clock: bool,
    /// Seconds.
    pub(crate) interval: i64,
    pub(crate) day_of_week: Option<String>,
    /// Seconds since midnight.
    pub(crate) time_of_day: Option<i64>,
    /// Seconds.
    pub(crate) retention: i64,
    pub(crate) enabled: bool,
    pub(crate) lock_snapshots: bool,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Record for Schedule {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |s, _| s.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |s, _| s.name.as_str().into()).listed().required(),
        Field::<Self>::new("snapshot_policy_id", NATURAL, |s, _| s.snapshot_policy_id.into()).listed(),
        Field::<Self>::new("type", Holds::Word(&["PERIODIC", "CLOCK"]), |s, _| {
            if s.clock { "CLOCK" } else { "PERIODIC" }.into()
        })
        .listed()
        .required(),
        Field::<Self>::new("interval", NATURAL, |s, _| s.interval.into()).listed().create(),
        Field::<Self>::new("day_of_week", Holds::Word(DAYS), |s, _| s.day_of_week.as_deref().into())
            .listed()
            .create()
            .nullable(),
        Field::<Self>::new("time_of_day", Holds::Integer(0, 86_399), |s, _| s.time_of_day.into())
            .listed()
            .create()
            .nullable(),
        Field::<Self>::new("retention", NATURAL, |s, _| s.retention.into()).listed().required(),
        Field::<Self>::new("enabled", Holds::Boolean, |s, _| s.enabled.into()).listed().create(),
        Field::<Self>::new("lock_snapshots", Holds::Boolean, |s, _| s.lock_snapshots.into())
            .listed()
            .create(),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |s, _| s.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |s, _| s.updated_at.into()).listed(),
    ];
}

impl Entity for Schedule {
    const NOUN: &'static str = "Schedule";
    const NOT_FOUND: &'static str = "SNAPSHOT_SCHEDULE_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.schedules
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.schedules
    }
}

/// The schedule of the path, which must be the policy's.
fn own(call: &Call<'_>) -> Result<Schedule, Fault> {
    let policy = SnapshotPolicy::find(call.array, call.id("id")?)?;
    let schedule = Schedule::find(call.array, call.id("schedule_id")?)?;
    if schedule.snapshot_policy_id != policy.id {
        return Err(Fault::missing(
            "SCHEDULE_NOT_RELATED_TO_SNAPSHOT_POLICY",
            format!("Schedule '{}' is not one of snapshot policy '{}'", schedule.name, policy.name),
        ));
    }
    Ok(schedule.clone())
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = SnapshotPolicy::find(call.array, call.id("id")?)?.id;
    let schedules = call.array.schedules.values().filter(|schedule| schedule.snapshot_policy_id == id);
    list_records(call, schedules, &[])
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.record::<Schedule>(own(call)?.id).map(Reply::result)
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy_id = SnapshotPolicy::find(call.array, call.id("id")?)?.id;
    let body = call.creation::<Schedule>()?;
    let name = body.text("name").unwrap_or_default();
    let clock = body.text("type") == Some("CLOCK");
    let required = if clock { "time_of_day" } else { "interval" };
    let value = body.integer(required).ok_or_else(|| Fault::missing_field(required))?;
    let interval = match (clock, body.has("day_of_week")) {
        (false, _) => value,
        (true, true) => 7 * 86_400,
        (true, false) => 86_400,
    };
    if !INTERVAL.contains(&interval) {
        return Err(Fault::conflict(
            "SCHEDULE_INTERVAL_INVALID",
            format!("The interval is {} to {} seconds ('interval')", INTERVAL.start(), INTERVAL.end()),
        ));
    }
    let retention = body.integer("retention").unwrap_or_default();
    if !RETENTION.contains(&retention) {
        return Err(Fault::conflict(
            "SCHEDULE_RETENTION_INVALID",
            format!("The retention is {} to {} seconds ('retention')", RETENTION.start(), RETENTION.end()),
        ));
    }
    let siblings = || call.array.schedules.values().filter(|other| other.snapshot_policy_id == policy_id);
    if siblings().any(|other| other.name.eq_ignore_ascii_case(name)) {
        return Err(Fault::conflict(
            "SNAPSHOT_SCHEDULE_NAME_CONFLICT",
            format!("The policy has a schedule named '{name}' already"),
        ));
    }
    if siblings().count() >= MAX_SCHEDULES {
        return Err(Fault::conflict(
            "SCHEDULES_IN_SNAPSHOT_POLICY_COUNT_LIMIT",
            format!("A snapshot policy has {MAX_SCHEDULES} schedules at most"),
        ));
    }
    let now = call.now();
    let mut schedule = Schedule {
        id: 0,
        snapshot_policy_id: policy_id,
        name: name.to_owned(),
        clock,
        interval,
        day_of_week: body.text("day_of_week").filter(|_| clock).map(str::to_owned),
        time_of_day: body.integer("time_of_day").filter(|_| clock),
        retention,
        enabled: body.boolean("enabled").unwrap_or(true),
        lock_snapshots: body.boolean("lock_snapshots").unwrap_or(false),
        created_at: now,
        updated_at: now,
    };
    schedule.id = call.array.next_id();
    let id = schedule.id;
    let event = event("SNAPSHOT_SCHEDULE_CREATED", "Schedule {name} was created", &schedule);
    call.array.schedules.insert(id, schedule);
    call.event(event);
    call.record::<Schedule>(id).map(Reply::created)
}

fn event(code: &'static str, text: &'static str, schedule: &Schedule) -> Event {
    Event::info(code, text).about(schedule.snapshot_policy_id).text("name", &schedule.name)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let schedule = own(call)?;
    call.approve(|| format!("Deleting schedule '{}' ends its automatic snapshots", schedule.name))?;
    let last_state = call.record::<Schedule>(schedule.id)?;
    call.array.schedules.remove(&schedule.id);
    call.event(event("SNAPSHOT_SCHEDULE_DELETED", "Schedule {name} was deleted", &schedule));
    Ok(Reply::result(last_state))
}

pub(super) fn enable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    switch(call, true)
}

pub(super) fn disable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    switch(call, false)
}

fn switch(call: &mut Call<'_>, enabled: bool) -> Result<Reply, Fault> {
    let schedule = own(call)?;
    let now = call.now();
    let stored = Schedule::find_mut(call.array, schedule.id)?;
    stored.enabled = enabled;
    stored.updated_at = now;
    call.event(if enabled {
        event("SNAPSHOT_SCHEDULE_ENABLED", "Schedule {name} was enabled", &schedule)
    } else {
        event("SNAPSHOT_SCHEDULE_DISABLED", "Schedule {name} was disabled", &schedule)
    });
    call.record::<Schedule>(schedule.id).map(Reply::result)
}
