//! Enclosures and the drives in them.

use serde_json::{Value as Json, json};

use super::Phase;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Record;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL, TEXT};
use crate::infinibox::list::{list_records, list_values};
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::{Role, Roles};
use crate::infinibox::route::Route;

const SERVICE: Roles = Roles::of(&[Role::Infinidat, Role::Technician]);
/// The states in which drives are serviced.
const STATES: &[&str] = &["ACTIVE", "STANDBY"];
/// How many enclosures there are, and how many drives each has.
pub(crate) const SIZE: (i64, i64) = (8, 60);
/// How often the box looks at a drive, in milliseconds.
const PROBE: i64 = 86_400_000;

/// The operations of enclosures and drives.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("components/enclosures", list_enclosures),
    Route::get("components/enclosures/{enclosure}", get_enclosure),
    Route::get("components/enclosures/{enclosure}/drives", list),
    Route::get("components/enclosures/{enclosure}/drives/{drive}", get),
    Route::get("components/enclosures/{enclosure}/drives/{drive}/hw", hardware),
    Route::post("components/enclosures/{enclosure}/drives/{drive}/phase_in", SERVICE, phase_in)
        .states(STATES),
    Route::post("components/enclosures/{enclosure}/drives/{drive}/phase_out", SERVICE, phase_out)
        .states(STATES),
    Route::post("components/enclosures/{enclosure}/drives/{drive}/test", SERVICE, test).states(STATES),
];

/// A drive of an enclosure.
#[derive(Debug, Clone)]
pub(crate) struct Drive {
    /// From 1.
    pub(crate) enclosure: i64,
    /// From 1, within its enclosure.
    pub(crate) index: i64,
    pub(crate) phase: Phase,
    /// Why it failed; empty for a drive that didn't.
    pub(crate) failure: &'static str,
    /// Degrees Celsius.
    pub(crate) temperature: i64,
    pub(crate) power_on_hours: i64,
    pub(crate) reallocations: i64,
}

impl Drive {
    fn hardware(&self) -> Json {
        json!({
            "state": if self.failure.is_empty() { "OK" } else { "ERROR" },
            "temperature": self.temperature,
            "power_on_hours": self.power_on_hours,
            "reallocations": self.reallocations,
            "pending_reallocations": 0,
        })
    }

    fn serial_number(&self) -> String {
        format!("EXD{:02}{:03}{:04}", self.enclosure, self.index, self.power_on_hours % 10_000)
    }
}

impl Record for Drive {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |d, _| d.index.into()).listed(),
        Field::<Self>::new("drive_index", NATURAL, |d, _| d.index.into()).listed(),
        Field::<Self>::new("enclosure_index", NATURAL, |d, _| d.enclosure.into()).listed(),
        Field::<Self>::new("state", TEXT, |d, v| d.phase.at(v.array.now()).into()).listed(),
        Field::<Self>::new("state_description", TEXT, |_, _| "".into()),
        Field::<Self>::new("failure_reason", TEXT, |d, _| d.failure.into()),
        // The box pads what the drive says with spaces.
        Field::<Self>::new("vendor", TEXT, |_, _| "EXAMPLE ".into()),
        Field::<Self>::new("model", TEXT, |_, _| "EX8000NM0001 ".into()),
        Field::<Self>::new("serial_number", TEXT, |d, _| d.serial_number().into()),
        Field::<Self>::new("firmware", TEXT, |_, _| "E004".into()),
        Field::<Self>::new("product_id", TEXT, |_, _| "EX8000".into()),
        Field::<Self>::new("product_rev", TEXT, |_, _| "E004".into()),
        Field::<Self>::new("bytes_capacity", NATURAL, |_, _| 8_001_563_222_016_i64.into()),
        Field::<Self>::new("encryption_state", TEXT, |_, _| "UNLOCKED".into()),
        Field::<Self>::new("nodes_access", Holds::Anything, |_, _| json!([true, true, true]).into()),
        Field::<Self>::new("hw", Holds::Anything, |d, _| d.hardware().into()),
        Field::<Self>::new("probe_ttl", NATURAL, |_, _| PROBE.into()),
        Field::<Self>::new("last_probe_timestamp", NATURAL, |_, v| (v.array.now() / PROBE * PROBE).into()),
    ];
}

/// Every enclosure with its drives.
pub(super) fn enclosures(call: &Call<'_>) -> Vec<Json> {
    let view = call.view();
    (1..=SIZE.0)
        .map(|id| {
            let drives: Vec<&Drive> = of(call, id).collect();
            let failed = drives.iter().any(|drive| drive.phase.at(call.now()) == "FAILED");
            let rendered: Vec<Json> = drives.iter().map(|drive| drive.render(&view, None)).collect();
            json!({
                "id": id,
                "state": if failed { "WARNING" } else { "OK" },
                "state_description": if failed { "A drive failed" } else { "" },
                "vendor": "EXAMPLE",
                "model": "EX-60",
                "firmware": "0511",
                "drives_number": rendered.len(),
                "drives": rendered,
                "power_supplies": [{"id": 1, "state": "OK"}, {"id": 2, "state": "OK"}],
                "probe_ttl": super::PROBE,
                "last_probe_timestamp": call.now() / super::PROBE * super::PROBE,
            })
        })
        .collect()
}

fn of<'a>(call: &'a Call<'_>, enclosure: i64) -> impl Iterator<Item = &'a Drive> {
    call.array.components.drives.iter().filter(move |drive| drive.enclosure == enclosure)
}

fn enclosure(call: &Call<'_>) -> Result<i64, Fault> {
    let id = call.id("enclosure")?;
    if (1..=SIZE.0).contains(&id) {
        Ok(id)
    } else {
        Err(Fault::missing("NOT_FOUND", format!("Enclosure {id} does not exist")))
    }
}

fn list_enclosures(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_values(call, enclosures(call))
}

fn get_enclosure(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = enclosure(call)?;
    super::one(enclosures(call), id, "NOT_FOUND", "Enclosure")
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = enclosure(call)?;
    list_records(call, of(call, id), &[])
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Drive, Fault> {
    let (enclosure, index) = (enclosure(call)?, call.id("drive")?);
    of(call, enclosure).find(|drive| drive.index == index).ok_or_else(|| {
        Fault::missing("DRIVE_NOT_FOUND", format!("Enclosure {enclosure} has no drive {index}"))
    })
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let drive = find(call)?;
    Ok(Reply::result(drive.render(&call.view(), None)))
}

fn hardware(call: &mut Call<'_>) -> Result<Reply, Fault> {
    find(call).map(|drive| Reply::result(drive.hardware()))
}

fn phase_in(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let drive = find(call)?.clone();
    need_state(call, &drive, "READY", "join")?;
    set(
        call,
        &drive,
        Phase::steady("ACTIVE"),
        "DRIVE_PHASED_IN",
        "Drive {drive} of enclosure {enclosure} joined",
    )
}

fn phase_out(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let drive = find(call)?.clone();
    let now = call.now();
    let drives = &call.array.components.drives;
    if drives.iter().any(|other| other.phase.at(now) == "PHASING_OUT") {
        return Err(Fault::conflict(
            "RETRY_DATA_REDISTRIBUTION",
            "The data of another drive is being moved; try again when that is done",
        ));
    }
    need_state(call, &drive, "ACTIVE", "be taken out")?;
    let phase = Phase::passing("PHASING_OUT", "READY", now);
    set(
        call,
        &drive,
        phase,
        "DRIVE_PHASE_OUT_STARTED",
        "Drive {drive} of enclosure {enclosure} is being taken out",
    )
}

fn test(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let drive = find(call)?.clone();
    let state = drive.phase.at(call.now());
    if !["READY", "FAILED"].contains(&state) {
        return Err(refused(&drive, state, "be tested"));
    }
    let then = if drive.failure.is_empty() { "READY" } else { "FAILED" };
    let phase = Phase::passing("TESTING", then, call.now());
    set(call, &drive, phase, "DRIVE_TEST_STARTED", "Drive {drive} of enclosure {enclosure} is being tested")
}

fn need_state(call: &Call<'_>, drive: &Drive, wanted: &str, what: &str) -> Result<(), Fault> {
    let state = drive.phase.at(call.now());
    if state == wanted { Ok(()) } else { Err(refused(drive, state, what)) }
}

fn refused(drive: &Drive, state: &str, what: &str) -> Fault {
    Fault::conflict(
        "OPERATION_NOT_SUPPORTED",
        format!("Drive {} of enclosure {} is {state} and cannot {what}", drive.index, drive.enclosure),
    )
}

fn set(call: &mut Call<'_>, drive: &Drive, phase: Phase, code: &str, sentence: &str) -> Result<Reply, Fault> {
    for other in &mut call.array.components.drives {
        if (other.enclosure, other.index) == (drive.enclosure, drive.index) {
            other.phase = phase;
        }
    }
    call.event(Event::info(code, sentence).number("drive", drive.index).number("enclosure", drive.enclosure));
    get(call)
}
