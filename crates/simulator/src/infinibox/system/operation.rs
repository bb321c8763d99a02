//! The states of the system: starting, stopping, servicing, and what goes with them.

use serde_json::json;

use super::SERVICE;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::Roles;
use crate::infinibox::route::Route;

/// The states from which the power may be switched off.
const RUNNING: &[&str] = &["ACTIVE", "STANDBY", "LOCAL"];

/// The operations that change the system's state.
pub(crate) const ROUTES: &[Route] = &[
    Route::post("system/operational_state/activate", Roles::ADMIN, activate),
    Route::post("system/operational_state/shutdown", Roles::ADMIN, shutdown),
    Route::post("system/operational_state/shutdown_and_poweroff", Roles::ADMIN, power_off).states(RUNNING),
    Route::get("system/power_maintenance_mode", maintenance).roles(SERVICE),
    Route::put("system/power_maintenance_mode", SERVICE, set_maintenance).states(&["ACTIVE"]),
    Route::post("system/kms_enable", SERVICE, enable_kms),
    Route::post("system/kms_disable", SERVICE, disable_kms),
    Route::post("system/upgrade", Roles::ADMIN, upgrade),
];

/// What the box answers when it has begun to change its state.
const STARTED: &str = "The process was started";

fn activate(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if call.array.state != "STANDBY" {
        return Err(Fault::conflict(
            "SYSTEM_ACTIVATION_REQUIRES_STANDBY_STATE",
            format!("Only a system in state STANDBY is activated; this one is {}", call.array.state),
        ));
    }
    enter(call, "ACTIVE")
}

fn shutdown(call: &mut Call<'_>) -> Result<Reply, Fault> {
    enter(call, "STANDBY")
}

fn power_off(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.approve(|| {
        "All hosts lose their data until somebody switches the system on again, on site".to_owned()
    })?;
    enter(call, "SHUTDOWN")
}

fn enter(call: &mut Call<'_>, state: &'static str) -> Result<Reply, Fault> {
    call.array.state = state;
    call.event(
        Event::info("SYSTEM_STATE_CHANGED", "The system is now in state {state}")
            .level("WARNING")
            .text("state", state),
    );
    Ok(Reply::result(STARTED))
}

/// Whether somebody works on the power supply, and for how many seconds more.
fn maintenance(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let left = (call.array.maintenance_until - call.now()).max(0);
    Ok(Reply::result(json!({"in_maintenance": left > 0, "duration_seconds": left / 1000})))
}

fn set_maintenance(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["in_maintenance", "duration_seconds", "force"])?;
    let on =
        body.optional_boolean("in_maintenance")?.ok_or_else(|| Fault::missing_field("in_maintenance"))?;
    let force = body.optional_boolean("force")?.unwrap_or(false);
    let seconds = if on { body.need_integer("duration_seconds")? } else { 0 };
    if on && seconds < 1 {
        return Err(Fault::wrong_parameter("duration_seconds", seconds, "int >= 1"));
    }
    if !on && !force && call.array.maintenance_until > call.now() {
        return Err(Fault::forbidden(
            "CANNOT_DISABLE_POWER_MAINTENANCE_MODE_WITHOUT_FORCE",
            "The maintenance is not over; end it with ('force')",
        ));
    }
    call.approve(|| {
        if on {
            format!("For {seconds} seconds the system does not protect itself against the loss of power")
        } else {
            "The system shuts itself down if the power supply is not complete".to_owned()
        }
    })?;
    call.array.maintenance_until = call.now().saturating_add(seconds.saturating_mul(1000));
    let event = if on {
        Event::info("POWER_MAINTENANCE_STARTED", "Power maintenance was started for {seconds} seconds")
            .level("WARNING")
            .number("seconds", seconds)
    } else {
        Event::info("POWER_MAINTENANCE_ENDED", "Power maintenance was ended")
    };
    call.event(event);
    Ok(Reply::result(json!({"in_maintenance": on, "duration_seconds": seconds})))
}

/// Answers whether a key server is in use afterwards, which is true.
fn enable_kms(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if !call.array.kms.is_complete() {
        return Err(Fault::conflict(
            "KMS_ENABLE_MANDATORY_FIELDS_MISSING",
            "A key server cannot be used before these are set: kms_servers, kms_ca_certificate, \
             infinibox_kmip_private_key, infinibox_kmip_certificate",
        ));
    }
    call.approve(|| "The system cannot read its drives any longer without the key server".to_owned())?;
    call.array.kms.enabled = true;
    Ok(Reply::result(true))
}

/// Answers whether a key server is in use afterwards, which is false.
fn disable_kms(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.approve(|| "The keys of the drives are then kept on the system itself".to_owned())?;
    call.array.kms.enabled = false;
    Ok(Reply::result(false))
}

/// The simulator has no other version to change to, so no file is a good one.
fn upgrade(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if call.request.body.is_empty() {
        return Err(Fault::malformed_content("a file is expected"));
    }
    call.approve(|| {
        "The system is upgraded while hosts use it; its nodes restart one after the other".to_owned()
    })?;
    Err(Fault::conflict("UPGRADE_FILE_INVALID", "The file is no upgrade package for this system"))
}
