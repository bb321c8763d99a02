//! The licence agreement, and the way in for the vendor's support.

use serde_json::{Value as Json, json};

use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::Roles;
use crate::infinibox::route::Route;
use crate::infinibox::users::User;

/// The operations of the agreement and of SSH.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("system/eula", |call| Ok(Reply::result(call.array.eula.to_json()))),
    Route::post("system/eula/accepted", Roles::POOL, accept),
    Route::post("system/eula/snoozed", Roles::POOL, snooze),
    Route::get("system/ssh", |call| Ok(Reply::result(ssh(call)))),
    Route::post("system/ssh/open", Roles::ADMIN, open),
    Route::post("system/ssh/close", Roles::ADMIN, close),
];

/// The agreement's version.
const EULA: &str = "3.0";
/// How long the agreement may be put off, and how long the system works without, in minutes.
const EULA_TIMES: (i64, i64) = (2_880, 43_200);
/// How long SSH stays open, in milliseconds.
const SSH_OPEN: i64 = 4 * 60 * 60 * 1000;

/// Whether somebody agreed.
#[derive(Debug, Default)]
pub(crate) struct Eula {
    /// Who, his address, and when in milliseconds since 1970.
    accepted: Option<(String, String, i64)>,
    /// Milliseconds since 1970.
    snoozed_on: Option<i64>,
}

impl Eula {
    fn to_json(&self) -> Json {
        let accepted = self.accepted.as_ref();
        let status = match (accepted, self.snoozed_on) {
            (Some(_), _) => "ACCEPTED",
            (None, Some(_)) => "SNOOZED",
            (None, None) => "NOT_ACCEPTED",
        };
        json!({
            "status": status,
            "eula_version": EULA,
            "eula_version_accepted": accepted.map(|_| EULA),
            "accepted_by": accepted.map(|(name, ..)| name),
            "user_accepted_email": accepted.map(|(_, email, _)| email),
            "accepted_from": accepted.map(|_| "192.0.2.50"),
            "accepted_on": accepted.map(|(.., time)| time),
            "last_snoozed_on": self.snoozed_on,
            "eula_first_snoozed_on": self.snoozed_on,
            "eula_snooze_time": EULA_TIMES.0,
            "eula_time_left": EULA_TIMES.1,
        })
    }
}

fn accept(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let email = User::find(call.array, call.actor.user_id)?.email.clone();
    call.array.eula.accepted = Some((call.actor.name.clone(), email, call.now()));
    call.event(
        Event::info("EULA_ACCEPTED", "The licence agreement {version} was accepted").text("version", EULA),
    );
    Ok(Reply::result(call.array.eula.to_json()))
}

fn snooze(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if call.array.eula.accepted.is_some() || call.array.eula.snoozed_on.is_some() {
        return Err(Fault::conflict(
            "EULA_CANNOT_BE_SNOOZED",
            "The licence agreement was accepted or put off already",
        ));
    }
    call.array.eula.snoozed_on = Some(call.now());
    call.event(
        Event::info("EULA_SNOOZED", "The licence agreement {version} was put off").text("version", EULA),
    );
    Ok(Reply::result(call.array.eula.to_json()))
}

fn ssh(call: &Call<'_>) -> Json {
    let until = call.array.ssh_open_until;
    let status = if until > call.now() { "OPEN" } else { "CLOSED" };
    json!({
        "overall_ssh_port_status": status,
        "node1_ssh_port_status": status,
        "node2_ssh_port_status": status,
        "node3_ssh_port_status": status,
        "sa_ssh_port_status": status,
        "ssh_open_expiration_time": until,
    })
}

fn open(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.array.ssh_open_until = call.now().saturating_add(SSH_OPEN);
    call.event(Event::info("SSH_PORT_OPENED", "SSH was opened for support").level("WARNING"));
    Ok(Reply::result(ssh(call)))
}

fn close(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.array.ssh_open_until = call.now();
    call.event(Event::info("SSH_PORT_CLOSED", "SSH was closed"));
    Ok(Reply::result(ssh(call)))
}
