//! IBM Cloud Backup and Recovery: a tenant's policies, protection groups, runs, recoveries, sources and connections.
//!
//! A request goes through the sign-in (a token that IAM gave for an API key, which ends), the tenant's header, the check
//! against the documented operations and models, the role, and then the operation's handler. IAM itself answers at
//! `/identity/token` of the same address. Time moves the world: runs and recoveries go on by themselves.

use serde_json::{Value as Json, json};

use crate::message::{Request, Response};
use crate::world::{Settings, System};

mod agents;
mod call;
mod connections;
mod fault;
mod files;
mod groups;
mod iam;
mod objects;
mod policies;
mod recoveries;
mod runs;
mod schema;
mod search;
mod seed;
mod service;
mod snapshots;
mod sources;

#[cfg(test)]
mod tests;

use call::Call;
use fault::Fault;
use iam::{Iam, Role};
use schema::{Operation, Schema};
use service::Service;

/// The service as one tenant sees it, and the IAM that lets in.
pub struct IbmBackup {
    schema: Schema,
    service: Service,
    iam: Iam,
}

/// What a handler answers.
type Answer = Result<Response, Fault>;

/// Performs an operation.
type Handler = fn(&mut Call<'_>) -> Answer;

/// Handlers of the documented operations, with the least role that may perform each.
const HANDLERS: &[(&str, Role, Handler)] = &[
    ("download_agent", Role::Reader, agents::download),
    ("get_upgrade_tasks", Role::Reader, agents::list),
    ("create_upgrade_task", Role::Writer, agents::create),
    ("get_object_snapshots", Role::Reader, snapshots::list),
    ("get_protection_policies", Role::Reader, policies::list),
    ("create_protection_policy", Role::Writer, policies::create),
    ("get_protection_policy_by_id", Role::Reader, policies::get),
    ("update_protection_policy", Role::Writer, policies::update),
    ("delete_protection_policy", Role::Manager, policies::delete),
    ("get_protection_groups", Role::Reader, groups::list),
    ("create_protection_group", Role::Writer, groups::create),
    ("get_protection_group_by_id", Role::Reader, groups::get),
    ("update_protection_group", Role::Writer, groups::update),
    ("delete_protection_group", Role::Manager, groups::delete),
    ("get_protection_group_runs", Role::Reader, runs::list),
    ("update_protection_group_run", Role::Writer, runs::update),
    ("create_protection_group_run", Role::Writer, runs::create),
    ("perform_action_on_protection_group_run", Role::Writer, runs::act),
    ("get_recoveries", Role::Reader, recoveries::list),
    ("create_recovery", Role::Writer, recoveries::create),
    ("create_download_files_and_folders_recovery", Role::Writer, recoveries::prepare_download),
    ("get_recovery_by_id", Role::Reader, recoveries::get),
    ("download_files_from_recovery", Role::Reader, recoveries::download),
    ("get_restore_points_in_time_range", Role::Reader, snapshots::restore_points),
    ("download_indexed_file", Role::Reader, snapshots::download_file),
    ("search_indexed_objects", Role::Reader, search::indexed),
    ("search_objects", Role::Reader, search::objects),
    ("search_protected_objects", Role::Reader, search::protected),
    ("get_source_registrations", Role::Reader, sources::list),
    ("register_protection_source", Role::Writer, sources::register),
    ("get_protection_source_registration", Role::Reader, sources::get),
    ("update_protection_source_registration", Role::Writer, sources::update),
    ("patch_protection_source_registration", Role::Writer, sources::patch),
    ("delete_protection_source_registration", Role::Manager, sources::delete),
    ("refresh_protection_source_by_id", Role::Writer, sources::refresh),
    ("get_data_source_connections", Role::Reader, connections::list),
    ("create_data_source_connection", Role::Writer, connections::create),
    ("delete_data_source_connection", Role::Manager, connections::delete),
    ("patch_data_source_connection", Role::Writer, connections::rename),
    ("generate_data_source_connection_registration_token", Role::Writer, connections::token),
    ("get_data_source_connectors", Role::Reader, connections::connectors),
    ("get_connector_metadata", Role::Reader, connections::images),
    ("delete_data_source_connector", Role::Manager, connections::delete_connector),
    ("patch_data_source_connector", Role::Writer, connections::rename_connector),
];

impl IbmBackup {
    /// A service in its first state.
    pub fn new(settings: &Settings) -> Self {
        Self { schema: Schema::documented(), service: seed::service(settings), iam: Iam::new(settings) }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        if request.path == "/identity/token" {
            return Ok(self.iam.token(request, self.service.clock.now()));
        }
        let account = self.iam.account(request, self.service.clock.now())?;
        let (operation, path) = self.schema.find(request)?;
        self.tenant(request, operation)?;
        let body = self.schema.check(operation, request)?;
        let Some((_, role, handler)) = HANDLERS.iter().find(|(id, _, _)| *id == operation.id) else {
            return Err(Fault::broken(format!("{} has no handler", operation.id)));
        };
        if account.role < *role {
            return Err(Fault::forbidden(*role));
        }
        handler(&mut Call { service: &mut self.service, request, path, body, account })
    }

    /// Every call names the tenant; only making a connection does without.
    fn tenant(&self, request: &Request, operation: &Operation) -> Result<(), Fault> {
        match request.header_value("x-ibm-tenant-id") {
            Some(tenant) if tenant == self.service.tenant => Ok(()),
            None if operation.id == "create_data_source_connection" => Ok(()),
            None => Err(Fault::invalid("X-IBM-Tenant-Id in header is required")),
            Some(other) => Err(Fault::other_tenant(other)),
        }
    }
}

impl System for IbmBackup {
    fn respond(&mut self, request: &Request) -> Response {
        self.service.settle();
        self.answer(request).unwrap_or_else(|fault| fault.into_response(self.service.task_log()))
    }

    /// Knows `advance_seconds` (of a fixed clock), `token_seconds` (how long a token lasts), `end_tokens`,
    /// `work_seconds` (how long what begins from now on takes), and `register_connector` (the name of one that registers with the latest registration token).
    fn control(&mut self, order: &Json) -> Result<(), String> {
        let order = order.as_object().ok_or("an order is an object")?;
        for (key, value) in order {
            match (key.as_str(), value) {
                ("advance_seconds", Json::Number(seconds)) => {
                    let seconds = seconds.as_i64().ok_or("advance_seconds is a whole number")?;
                    self.service.clock.advance(seconds.saturating_mul(1000));
                }
                ("token_seconds", Json::Number(seconds)) => {
                    self.iam.lifetime = seconds.as_i64().ok_or("token_seconds is a whole number")?;
                }
                ("work_seconds", Json::Number(seconds)) => {
                    let seconds = seconds.as_i64().ok_or("work_seconds is a whole number")?;
                    self.service.work = seconds.saturating_mul(1000);
                }
                ("end_tokens", Json::Bool(true)) => self.iam.end_tokens(),
                ("register_connector", Json::String(name)) => {
                    connections::register_connector(&mut self.service, name)?;
                }
                _ => {
                    return Err(format!("an IBM Backup and Recovery takes no order '{key}' with that value"));
                }
            }
        }
        Ok(())
    }

    fn options(&self, address: &str) -> Json {
        json!({"iam": address, "tenant": self.service.tenant})
    }

    fn refusal(&self, status: u16) -> Option<Response> {
        let fault = match status {
            401 => Fault::unauthenticated(),
            403 => Fault::forbidden(Role::Manager),
            500 => Fault::broken("The service met an error of its own".to_owned()),
            503 => Fault::busy(),
            _ => return None,
        };
        Some(fault.into_response(0))
    }
}
