//! Trying out users repositories.
//!
//! The document shows neither bodies nor answers of these operations, so both are what the rest of the interface
//! suggests. No directory is asked: what answers is told by [`hostname::answers`].

use serde_json::json;

use super::{Repository, write};
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::fault::Fault;
use crate::infinibox::hostname;
use crate::infinibox::reply::Reply;

/// Tries a repository before it is saved.
pub(super) fn unsaved(call: &mut Call<'_>) -> Result<Reply, Fault> {
    try_out(&write::planned(call)?)
}

/// Tries a saved repository.
pub(super) fn saved(call: &mut Call<'_>) -> Result<Reply, Fault> {
    try_out(Repository::find(call.array, call.id("id")?)?)
}

fn try_out(repository: &Repository) -> Result<Reply, Fault> {
    reach(repository)?;
    Ok(Reply::result(true))
}

/// Refuses a repository none of whose servers answers.
fn reach(repository: &Repository) -> Result<(), Fault> {
    let hosts = match &repository.servers {
        Some(servers) if !servers.is_empty() => servers.clone(),
        _ => repository.domain_name.clone().into_iter().collect(),
    };
    if hosts.iter().any(|host| hostname::answers(host)) {
        return Ok(());
    }
    Err(Fault::conflict(
        "LDAP_CONNECTION_FAILED",
        format!("Users repository '{}' does not answer: {}", repository.name, hosts.join(", ")),
    ))
}

/// Tells the full name of a group in the directory.
pub(super) fn group(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let repository = Repository::find(call.array, call.id("id")?)?;
    let body = call.body()?;
    body.only(&["name"])?;
    let name = match body.json("name") {
        None => return Err(Fault::missing_field("name")),
        Some(name) => name.as_str().ok_or_else(|| Fault::malformed_parameter("name", "text"))?,
    };
    if name.is_empty() {
        return Err(Fault::unsupported_value("name", ""));
    }
    reach(repository)?;
    let base = match (repository.part("groups_basedn"), repository.domain_name.as_deref()) {
        ("", Some(domain)) => format!("cn=users,{}", components(domain)),
        (base, _) => base.to_owned(),
    };
    let attribute = repository.part("group_name_attribute");
    Ok(Reply::result(format!("{attribute}={name},{base}").trim_end_matches(',')))
}

/// `dc=corp,dc=example` of `corp.example`.
fn components(domain: &str) -> String {
    domain.split('.').map(|label| format!("dc={label}")).collect::<Vec<_>>().join(",")
}

/// Tells the servers of a domain.
pub(super) fn resolve_domain(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["domain_name"])?;
    let domain = match body.json("domain_name") {
        None => return Err(Fault::missing_field("domain_name")),
        Some(name) => name.as_str().ok_or_else(|| Fault::malformed_parameter("domain_name", "text"))?,
    };
    if !hostname::is_name(domain) {
        return Err(Fault::bad(
            "INVALID_CHARACTERS_IN_DOMAIN_NAME",
            format!("'{domain}' is no domain name ('domain_name')"),
        ));
    }
    let servers: Vec<String> = if hostname::answers(domain) {
        ["dc-1", "dc-2"].iter().map(|host| format!("{host}.{domain}")).collect()
    } else {
        Vec::new()
    };
    Ok(Reply::result(json!({"domain_name": domain, "servers": servers})))
}
