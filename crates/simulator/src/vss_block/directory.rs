//! The directory: how it is set up, a directory that answers, and those who come in through it.

use serde_json::{Map, Value as Json, json};

use super::access::Actor;
use super::block::Block;
use super::fault::Fault;
use super::shape::{Holds, Member, body, merge, printable};
use super::{Call, certificates};
use crate::message::Response;

const TEXT: Holds = Holds::Text { least: 0, most: 1024, legal: printable };

const MEMBERS: &[Member] = &[
    Member::new("isEnabled", Holds::Flag),
    Member::new("authProtocol", Holds::Choice(&["LDAP"])),
    Member::new(
        "ldapSetting",
        Holds::Object(&[
            Member::new("mappingMode", Holds::Choice(&["User", "Group"])),
            Member::new("primaryLdapServerUrl", TEXT),
            Member::new("secondaryLdapServerUrl", TEXT),
            Member::new("isStartTlsEnabled", Holds::Flag),
            Member::new("baseDn", TEXT),
            Member::new("bindDn", TEXT),
            Member::new("bindDnPassword", TEXT),
            Member::new("userIdAttribute", TEXT),
            Member::new("userTreeDn", TEXT),
            Member::new("userObjectClass", TEXT),
            Member::new("externalGroupNameAttribute", TEXT),
            // The documents' sample of a change calls it so, and means the one before.
            Member::new("userGroupIdAttribute", TEXT),
            Member::new("userGroupTreeDn", TEXT),
            Member::new("userGroupObjectClass", TEXT),
            Member::new("timeoutSeconds", Holds::Integer(-1, 86_400)),
            Member::new("retryIntervalMilliseconds", Holds::Integer(0, 3_600_000)),
            Member::new("maxRetries", Holds::Integer(0, 1000)),
        ]),
    ),
];

/// Servers of the directory that answer.
const SERVERS: [&str; 2] = ["ldap-1.storage.example", "ldap-2.storage.example"];
/// The end of every name in the directory.
const SUFFIX: &str = "dc=storage,dc=example";
/// The entry that may search the directory.
pub(super) const READER: &str = "cn=reader,ou=services,dc=storage,dc=example";
/// Users of the directory with their groups there.
pub(super) const PEOPLE: &[(&str, &[&str])] = &[
    ("a.lindqvist", &["storage-admins", "staff"]),
    ("m.okafor", &["storage-watch", "staff"]),
    ("r.silva", &["staff"]),
];
/// How many groups the directory has.
const GROUPS: usize = 3;

/// The set-up of the directory, and what only the directory knows.
pub(super) struct Directory {
    /// As the API shows it: without the password.
    pub(super) setting: Map<String, Json>,
    pub(super) bind_password: String,
    /// The password of every entry.
    pub(super) password: String,
}

impl Directory {
    fn ldap(&self, name: &str) -> Option<&Json> {
        self.setting.get("ldapSetting").and_then(|setting| setting.get(name))
    }

    fn text(&self, name: &str) -> &str {
        self.ldap(name).and_then(Json::as_str).unwrap_or_default()
    }

    fn is_enabled(&self) -> bool {
        self.setting.get("isEnabled") == Some(&Json::Bool(true))
    }

    /// Whether groups of the directory stand for its users.
    pub(super) fn maps_groups(&self) -> bool {
        self.text("mappingMode") == "Group"
    }
}

/// The set-up of a new cluster.
pub(super) fn defaults() -> Map<String, Json> {
    let setting = json!({
        "isEnabled": false,
        "authProtocol": "LDAP",
        "ldapSetting": {
            "mappingMode": "User",
            "primaryLdapServerUrl": "",
            "secondaryLdapServerUrl": "",
            "isStartTlsEnabled": false,
            "baseDn": "",
            "bindDn": "",
            "userIdAttribute": "cn",
            "userTreeDn": "",
            "userObjectClass": "person",
            "externalGroupNameAttribute": "cn",
            "userGroupTreeDn": "",
            "userGroupObjectClass": "group",
            "timeoutSeconds": -1,
            "retryIntervalMilliseconds": 100,
            "maxRetries": 3,
        },
    });
    setting.as_object().cloned().unwrap_or_default()
}

/// `GET external-auth-server-setting`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    Ok(Response::json(200, &Json::Object(call.block.directory.setting.clone())))
}

/// `PATCH external-auth-server-setting`.
pub(super) fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let mut change = body(call.request, MEMBERS)?;
    let mut password = None;
    if let Some(Json::Object(ldap)) = change.get_mut("ldapSetting") {
        password = ldap.remove("bindDnPassword");
        if let Some(name) = ldap.remove("userGroupIdAttribute") {
            ldap.insert("externalGroupNameAttribute".to_owned(), name);
        }
        for name in ["primaryLdapServerUrl", "secondaryLdapServerUrl"] {
            let url = ldap.get(name).and_then(Json::as_str).unwrap_or_default();
            if !url.is_empty() && host(url).is_none() {
                return Err(Fault::bad(format!(
                    "The parameter 'ldapSetting.{name}' is not valid: it is a URL of the form ldap://host:port."
                )));
            }
        }
    }
    let directory = &mut call.block.directory;
    merge(&mut directory.setting, change);
    if let Some(Json::String(password)) = password {
        directory.bind_password = password;
    }
    show(call)
}

/// The host of an LDAP address.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("ldap://").or_else(|| url.strip_prefix("ldaps://"))?;
    let (host, port) = rest.trim_end_matches('/').split_once(':').unwrap_or((rest, "389"));
    (!host.is_empty() && port.parse::<u16>().is_ok()).then_some(host)
}

/// `POST external-auth-server-setting/actions/verify-connectivity/invoke`: tests what is saved.
pub(super) fn verify(call: &mut Call<'_>) -> Result<Response, Fault> {
    let mut result = json!({"primaryServer": null, "secondaryServer": null});
    let mut error = result.clone();
    for (server, slot) in ["primaryServer", "secondaryServer"].into_iter().zip(certificates::SLOTS) {
        match ask(call.block, slot) {
            None => {}
            Some(Ok(())) => {
                result[server] =
                    json!({"numberOfExternalUsers": PEOPLE.len(), "numberOfExternalUserGroups": GROUPS});
            }
            Some(Err((code, message))) => error[server] = json!({"code": code, "message": message}),
        }
    }
    let answer = json!({"authProtocol": "LDAP", "ldap": {"result": result, "error": error}});
    Ok(Response::json(200, &answer))
}

/// Asks the server of that slot; `None` if none is set up. The numbers of what is wrong are the simulator's own.
fn ask(block: &Block, slot: &str) -> Option<Result<(), (i32, &'static str)>> {
    let directory = &block.directory;
    let url =
        directory.text(if slot == "primary1" { "primaryLdapServerUrl" } else { "secondaryLdapServerUrl" });
    if url.is_empty() {
        return None;
    }
    let encrypts = directory.ldap("isStartTlsEnabled") == Some(&Json::Bool(true));
    Some(if !host(url).is_some_and(|host| SERVERS.contains(&host)) {
        Err((81, "The server cannot be reached."))
    } else if encrypts && !block.certificates.contains_key(slot) {
        Err((91, "The root certificate was not found (KARS15553-E)."))
    } else if directory.text("bindDn") != READER || directory.bind_password != directory.password {
        Err((49, "The server does not accept the bind DN or its password."))
    } else if !directory.text("baseDn").ends_with(SUFFIX) {
        Err((32, "The server does not know the base DN."))
    } else {
        Ok(())
    })
}

/// Whether the directory is asked and lets somebody in.
fn lets_in(block: &Block, name: &str, password: &str) -> Option<&'static [&'static str]> {
    let directory = &block.directory;
    let answers = certificates::SLOTS.into_iter().any(|slot| ask(block, slot) == Some(Ok(())));
    if !directory.is_enabled() || !answers || password != directory.password {
        return None;
    }
    PEOPLE.iter().find(|(person, _)| *person == name).map(|(_, groups)| *groups)
}

/// Somebody from the directory. `known` are the groups of the user of that name here, which count while users are mapped;
/// while groups are, those count that stand for groups of the directory.
pub(super) fn actor(block: &Block, name: &str, password: &str, known: Option<Vec<String>>) -> Option<Actor> {
    let theirs = lets_in(block, name, password)?;
    if !block.directory.maps_groups() {
        return known.map(|groups| Actor::new(block, name, groups));
    }
    let ours: Vec<String> = block
        .accounts
        .groups
        .iter()
        .filter(|(_, group)| group.external_name.as_deref().is_some_and(|name| theirs.contains(&name)))
        .map(|(id, _)| id.clone())
        .collect();
    (!ours.is_empty()).then(|| Actor::new(block, name, ours))
}
