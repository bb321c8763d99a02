//! The addresses whose traffic is free.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;

use super::body::{Field, Holds, field};
use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use super::time::Granularity;
use crate::message::Response;

/// The only list that there is.
pub(super) const ID: &str = "Default-WL";

const FIELDS: &[Field] = &[
    field("id", Holds::Text),
    field("list", Holds::Texts),
    field("name", Holds::Text),
    field("ratingPlanId", Holds::Text),
];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/allowlist", &["allowlistId"], read),
    Route::post("/allowlist", &[], update).takes(FIELDS),
    Route::post("/allowlist/list", &["allowlistId", "list"], replace),
];

/// The list.
#[derive(Debug, Clone)]
pub(super) struct Allowlist {
    pub(super) list: Vec<String>,
    pub(super) name: String,
    pub(super) plan: String,
    /// From which hours on the list had addresses, and from which it had none.
    pub(super) since: Vec<(i64, bool)>,
}

impl Allowlist {
    /// Whether some of the traffic of the hour that begins at this time was free.
    pub(super) fn applies(&self, hour: i64) -> bool {
        self.since.iter().rev().find(|(from, _)| *from <= hour).is_some_and(|(_, applies)| *applies)
    }

    /// Takes over addresses, which count from the next hour on.
    fn set(&mut self, list: Vec<String>, now: i64) {
        let next = Granularity::Hour.next(Granularity::Hour.floor(now));
        self.since.push((next, !list.is_empty()));
        self.list = list;
    }
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    if call.need("allowlistId")? != ID {
        return Err(Fault::absent());
    }
    let Allowlist { list, name, plan, .. } = &call.store.allowlist;
    Ok(Response::json(200, &json!({"id": ID, "list": list, "name": name, "ratingPlanId": plan})))
}

fn update(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.body.require(&["id", "list", "name", "ratingPlanId"])?;
    known(call.body.need("id")?)?;
    let (name, plan) = (call.body.need("name")?.to_owned(), call.body.need("ratingPlanId")?.to_owned());
    let list = checked(call.body.texts("list").unwrap_or_default())?;
    if !call.store.plans.contains_key(&plan) {
        return Err(Fault::bad("Rating plan does not exist : {ratingPlanId}"));
    }
    let now = call.store.clock.now();
    call.store.allowlist.set(list, now);
    (call.store.allowlist.name, call.store.allowlist.plan) = (name, plan);
    Ok(done())
}

/// Puts these addresses in the place of all that there were.
fn replace(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["allowlistId", "list"])?;
    known(call.need("allowlistId")?)?;
    let list = checked(call.need("list")?.split(',').map(|one| one.trim().to_owned()).collect())?;
    let now = call.store.clock.now();
    call.store.allowlist.set(list, now);
    Ok(done())
}

fn known(id: &str) -> Result<(), Fault> {
    if id == ID { Ok(()) } else { Err(Fault::bad("Allowlist does not exist : {allowlistId}")) }
}

/// Refuses what is neither an address nor a network of IPv4.
fn checked(list: Vec<String>) -> Result<Vec<String>, Fault> {
    let fits = |entry: &String| match entry.split_once('/') {
        None => entry.parse::<IpAddr>().is_ok(),
        Some((address, bits)) => {
            address.parse::<Ipv4Addr>().is_ok() && bits.parse::<u8>().is_ok_and(|bits| bits <= 32)
        }
    };
    match list.iter().find(|entry| !fits(entry)) {
        Some(entry) => Err(Fault::bad(format!("Invalid IP address or CIDR : {entry}"))),
        None => Ok(list),
    }
}
