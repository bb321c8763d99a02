//! Joining and leaving the domain.

use serde_json::Value as Json;

use super::{Domain, controllers, joined, shown};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::hostname;
use crate::infinibox::reply::Reply;

/// The longest user name and the longest password; the document prints no lengths.
const MAX_CREDENTIAL: usize = 256;
/// The longest domain name.
const MAX_DOMAIN: usize = 253;

pub(super) fn join(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["domain", "username", "password", "preferred_ips", "org_unit"])?;
    let name = need_text(&body, "domain")?.to_owned();
    check_credentials(&body)?;
    let preferred = match body.json("preferred_ips") {
        None | Some(Json::Null) => Vec::new(),
        Some(list) => controllers(list)?,
    };
    let org_unit = match body.json("org_unit") {
        None | Some(Json::Null) => "",
        Some(text) => text.as_str().ok_or_else(|| Fault::malformed_parameter("org_unit", "text"))?,
    };
    if name.len() > MAX_DOMAIN {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_DOMAIN_NAME_TOO_LONG",
            format!("The name of a domain has up to {MAX_DOMAIN} characters ('domain')"),
        ));
    }
    if !hostname::is_name(&name) || !name.contains('.') {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_DOMAIN_NAME_INVALID",
            format!("'{name}' is no domain name ('domain')"),
        ));
    }
    if let Some(domain) = &call.array.domain {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_ALREADY_JOINED",
            format!("The system has joined domain '{}' already", domain.name),
        ));
    }
    if !hostname::answers(&name) {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_JOIN_DOMAIN_FAILED",
            format!("No controller of domain '{name}' answers ('domain')"),
        ));
    }
    call.array.domain = Some(Domain::new(&name, preferred, org_unit));
    call.event(Event::info("AD_JOINED", "The system has joined domain {domain}").text("domain", &name));
    Ok(Reply::created(shown(call)))
}

pub(super) fn leave(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let force = call.flag("force")?;
    let body = call.body()?;
    body.only(&["username", "password"])?;
    check_credentials(&body)?;
    let domain = joined(call)?.clone();
    if !force && !domain.preferred.is_empty() && !domain.preferred.iter().any(|host| hostname::answers(host))
    {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_LEAVE_DOMAIN_FAILED",
            format!("No controller of domain '{}' answers", domain.name),
        ));
    }
    call.approve(|| {
        format!("Users of domain '{}' can no longer use the filesystems of this system", domain.name)
    })?;
    call.array.domain = None;
    call.event(Event::info("AD_LEFT", "The system has left domain {domain}").text("domain", &domain.name));
    Ok(Reply::result("OK"))
}

fn need_text<'a>(body: &'a Body, name: &str) -> Result<&'a str, Fault> {
    let value = body.json(name).ok_or_else(|| Fault::missing_field(name))?;
    value.as_str().ok_or_else(|| Fault::malformed_parameter(name, "text"))
}

/// Takes every user and password that are there: there is no domain that could know better.
fn check_credentials(body: &Body) -> Result<(), Fault> {
    let username = need_text(body, "username")?;
    let password = need_text(body, "password")?;
    if username.len() > MAX_CREDENTIAL {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_ADMIN_USERNAME_TOO_LONG",
            format!("The user name has up to {MAX_CREDENTIAL} characters ('username')"),
        ));
    }
    if password.len() > MAX_CREDENTIAL {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_ADMIN_PASSWORD_TOO_LONG",
            format!("The password has up to {MAX_CREDENTIAL} characters ('password')"),
        ));
    }
    if username.is_empty() || password.is_empty() {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_ADMIN_CREDENTIALS_INVALID",
            "The domain does not accept this user ('username') with this password",
        ));
    }
    Ok(())
}

/// The path of an organizational unit: `OU=` for each part of `Storage/Boxes`, innermost first, then the domain.
pub(super) fn path(org_unit: &str, domain: &str) -> String {
    let mut parts: Vec<String> = match org_unit {
        "" => vec!["CN=Computers".to_owned()],
        unit if unit.contains('=') => vec![unit.to_owned()],
        unit => unit.rsplit('/').filter(|part| !part.is_empty()).map(|part| format!("OU={part}")).collect(),
    };
    if !org_unit.to_ascii_uppercase().contains("DC=") {
        parts.extend(domain.split('.').map(|label| format!("DC={label}")));
    }
    parts.join(",")
}
