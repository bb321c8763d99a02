//! The Active Directory domain that the box's filesystems trust: at most one.

use serde_json::{Value as Json, json};

use super::call::Call;
use super::events::Event;
use super::fault::Fault;
use super::hostname;
use super::list::{list_values, plucked};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;

mod join;
#[cfg(test)]
mod tests;
mod unix;

/// The operations of the domain.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("activedirectory/domains", get),
    Route::post("activedirectory/domains", Roles::ADMIN, join::join),
    Route::get("activedirectory/domains/user_query", user_query),
    Route::post("activedirectory/domains/leave", Roles::ADMIN, join::leave),
    Route::post("activedirectory/domains/set_preferred_ips", Roles::ADMIN, set_preferred_ips),
    Route::post("activedirectory/domains/set_unix_services", Roles::ADMIN, unix::set_services),
    Route::post("activedirectory/domains/set_max_translated_groups", Roles::ADMIN, unix::set_groups),
];

/// How many controllers may be preferred.
const MAX_PREFERRED: usize = 10;

/// The domain that the box has joined.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    pub(crate) name: String,
    /// Controllers that are asked first.
    pub(crate) preferred: Vec<String>,
    /// Where the box's account lives, as an LDAP path.
    pub(crate) org_unit: String,
    /// Where the numbers of UNIX users come from; `None` while that is off.
    pub(crate) unix: Option<Unix>,
}

/// The services for UNIX.
#[derive(Debug, Clone)]
pub(crate) struct Unix {
    pub(crate) uid_attribute: String,
    pub(crate) gid_attribute: String,
    pub(crate) max_translated_groups: i64,
}

impl Domain {
    /// A domain with the usual settings.
    pub(crate) fn new(name: &str, preferred: Vec<String>, org_unit: &str) -> Self {
        Self { name: name.to_owned(), preferred, org_unit: join::path(org_unit, name), unix: None }
    }

    fn to_json(&self) -> Json {
        let unix = self.unix.as_ref();
        json!({
            "domain": self.name,
            "org_unit": self.org_unit,
            "preferred_ips": self.preferred,
            "unix_services_enabled": unix.is_some(),
            "uid_attribute_name": unix.map_or("", |unix| unix.uid_attribute.as_str()),
            "gid_attribute_name": unix.map_or("", |unix| unix.gid_attribute.as_str()),
            "max_translated_groups": unix.map(|unix| unix.max_translated_groups),
            "tenant_id": 1,
        })
    }
}

/// The domain; null while the box is in none, on which the document is silent.
fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(shown(call)))
}

fn shown(call: &Call<'_>) -> Json {
    let mut json = call.array.domain.as_ref().map_or(Json::Null, Domain::to_json);
    if let (Some(names), Some(object)) = (plucked(call), json.as_object_mut()) {
        object.retain(|name, _| names.contains(name));
    }
    json
}

fn not_joined() -> Fault {
    Fault::conflict("ACTIVE_DIRECTORY_NOT_JOINED", "The system has joined no domain")
}

fn joined<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Domain, Fault> {
    call.array.domain.as_mut().ok_or_else(not_joined)
}

/// Reads controllers from a list of names and addresses.
fn controllers(json: &Json) -> Result<Vec<String>, Fault> {
    let malformed = || Fault::malformed_parameter("preferred_ips", "a list of texts");
    let mut hosts = Vec::new();
    for value in json.as_array().ok_or_else(malformed)? {
        let host = value.as_str().ok_or_else(malformed)?;
        if !hostname::is_host(host) {
            return Err(Fault::bad(
                "INVALID_IP_ADDRESS",
                format!("'{host}' is neither an address nor a name ('preferred_ips')"),
            ));
        }
        hosts.push(host.to_owned());
    }
    if hosts.len() > MAX_PREFERRED {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_PREFERRED_IPS_COUNT_LIMIT",
            format!("Up to {MAX_PREFERRED} controllers can be preferred ('preferred_ips')"),
        ));
    }
    Ok(hosts)
}

fn set_preferred_ips(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let json = call.json()?;
    if !json.is_array() {
        return Err(Fault::malformed_content("a list of addresses is expected"));
    }
    let preferred = controllers(&json)?;
    let domain = joined(call)?;
    if !preferred.is_empty() && !preferred.iter().any(|host| hostname::answers(host)) {
        return Err(Fault::conflict(
            "ACTIVE_DIRECTORY_SET_PREFERRED_IPS_FAILED",
            format!("None of the controllers of '{}' answers ('preferred_ips')", domain.name),
        ));
    }
    domain.preferred = preferred;
    let list = domain.preferred.join(", ");
    call.event(
        Event::info("AD_PREFERRED_SERVERS_SET", "The preferred domain controllers are now: {list}")
            .text("list", &list),
    );
    Ok(Reply::result(shown(call)))
}

/// Users of the domain: name, full name, and the number that ends the identifier.
const PEOPLE: &[(&str, &str, i64)] =
    &[("mkeller", "Martina Keller", 5101), ("tokafor", "Tobi Okafor", 5102), ("svc-backup", "Backup", 5103)];
/// What begins every identifier of the domain.
const DOMAIN_SID: &str = "S-1-5-21-1846204918-2203178811-913775604";

/// Finds users of the domain by name, identifier or number; all of them if none of these is given.
fn user_query(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let uid = match call.request.parameter("uid") {
        None => None,
        Some(text) => {
            let uid: i64 =
                text.parse().map_err(|_malformed| Fault::malformed_parameter("uid", "a whole number"))?;
            if uid < 1 {
                return Err(Fault::wrong_parameter("uid", uid, "int >= 1"));
            }
            Some(uid)
        }
    };
    let sid = call.request.parameter("sid");
    if let Some(sid) = sid.filter(|sid| !is_sid(sid)) {
        return Err(Fault::conflict(
            "INVALID_SID_VALUE",
            format!("'{sid}' is no security identifier ('sid')"),
        ));
    }
    let wanted = call.request.parameter("username");
    let Some(domain) = &call.array.domain else {
        return list_values(call, Vec::new());
    };
    let mut rows = Vec::new();
    for (name, full_name, number) in PEOPLE {
        let username = format!("{name}@{}", domain.name);
        let own_sid = format!("{DOMAIN_SID}-{number}");
        let named = wanted
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(name) || wanted.eq_ignore_ascii_case(&username));
        if named && sid.is_none_or(|sid| sid == own_sid) && uid.is_none_or(|uid| uid == *number) {
            rows.push(json!({
                "username": username,
                "name": full_name,
                "uid": number,
                "gid": 5000,
                "sid": own_sid,
                "gsid": format!("{DOMAIN_SID}-513"),
                "tenant_id": 1,
            }));
        }
    }
    list_values(call, rows)
}

/// Whether the text is `S-1-` and at least two numbers.
fn is_sid(text: &str) -> bool {
    text.strip_prefix("S-1-").is_some_and(|rest| {
        rest.split('-').count() >= 2 && rest.split('-').all(|part| part.parse::<u64>().is_ok())
    })
}
