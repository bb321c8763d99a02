//! The key management server that may keep the keys of the drives.

use serde_json::{Value as Json, json};

use super::body::Body;
use super::call::Call;
use super::certificates::read;
use super::events::Event;
use super::fault::Fault;
use super::hostname;
use super::list::plucked;
use super::multipart;
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;

#[cfg(test)]
mod tests;

/// Who sets the server up: those who service the box.
const ROLES: Roles = Roles::of(&[Role::Infinidat, Role::Technician]);

/// The operations of the key management server.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("system/kms", get),
    Route::put("system/kms/set_configuration", ROLES, configure),
    Route::post("system/kms/upload_kms_ca_certificate", ROLES, upload_authority),
    Route::post("system/kms/upload_infinibox_certificate_and_key", ROLES, upload_own),
];

/// The part of both uploads.
const PART: &str = "file";
/// The port of KMIP, unless said otherwise.
const PORT: i64 = 5696;

/// The server, and what the box needs to trust it and to be trusted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kms {
    /// Whether the keys are kept there.
    pub(crate) enabled: bool,
    /// Its address and port.
    server: Option<(String, i64)>,
    username: Option<String>,
    /// Whether the server's certificate is not looked at.
    trusting: bool,
    /// The certificate of the server's authority, in DER.
    authority: Option<Vec<u8>>,
    /// The certificate with which the box signs in, in DER. Its key is checked and forgotten.
    own: Option<Vec<u8>>,
}

impl Kms {
    /// Whether everything is there that the server needs.
    pub(crate) fn is_complete(&self) -> bool {
        self.server.is_some() && self.own.is_some() && (self.authority.is_some() || self.trusting)
    }

    fn to_json(&self) -> Json {
        let pem = |der: &Option<Vec<u8>>| der.as_ref().map(|der| read::pem("CERTIFICATE", der));
        json!({
            "kms_servers": self.server.as_ref().map(|(address, port)| json!([{"address": address, "port": port}])),
            "kms_username": self.username,
            "kms_ca_certificate": pem(&self.authority),
            "infinibox_kmip_certificate": pem(&self.own),
            "ignore_kms_certificate": self.trusting,
        })
    }
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let mut json = call.array.kms.to_json();
    if let (Some(names), Some(object)) = (plucked(call), json.as_object_mut()) {
        object.retain(|name, _| names.contains(name));
    }
    Ok(Reply::result(json))
}

/// Sets server and credentials. Certificates are uploaded instead: the document lists the refusal of that field.
fn configure(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["kms_servers", "kms_username", "kms_password", "ignore_kms_certificate"])?;
    if body.names().next().is_none() {
        return Err(Fault::missing_content());
    }
    let mut kms = call.array.kms.clone();
    if let Some(servers) = body.json("kms_servers") {
        kms.server = server(servers)?;
    }
    if let Some(username) = credentials(&body)? {
        kms.username = username;
    }
    kms.trusting = body.optional_boolean("ignore_kms_certificate")?.unwrap_or(kms.trusting);
    if let Some((address, _)) = kms.server.as_ref().filter(|_| body.has("kms_servers"))
        && (!hostname::is_host(address) || !address.contains(['.', ':']))
    {
        call.approve(|| format!("'{address}' does not look like the address of a server"))?;
    }
    call.array.kms = kms;
    call.event(Event::info("KMS_CONFIGURED", "The key management server was set up"));
    get(call)
}

/// Reads a list of at most one server; null and an empty list take it away.
fn server(json: &Json) -> Result<Option<(String, i64)>, Fault> {
    let malformed = || Fault::malformed_parameter("kms_servers", "a list of an address and a port");
    let list = match json {
        Json::Null => return Ok(None),
        list => list.as_array().ok_or_else(malformed)?,
    };
    let one = match list.as_slice() {
        [] => return Ok(None),
        [one] => one.as_object().ok_or_else(malformed)?,
        _ => {
            return Err(Fault::conflict(
                "KMS_MAX_KMS_SERVER_NODES_REACHED",
                "There can be one key management server ('kms_servers')",
            ));
        }
    };
    let address = one.get("address").and_then(Json::as_str).filter(|text| !text.is_empty());
    let address = address.ok_or_else(malformed)?;
    let port = match one.get("port") {
        None | Some(Json::Null) => PORT,
        Some(port) => port.as_i64().ok_or_else(malformed)?,
    };
    if !(1..=65_535).contains(&port) {
        return Err(Fault::conflict("KMS_INVALID_PORT", format!("There is no port {port} ('kms_servers')")));
    }
    Ok(Some((address.to_owned(), port)))
}

/// The new user name: `None` to keep it, `Some(None)` to have none. Name and password go together.
fn credentials(body: &Body) -> Result<Option<Option<String>>, Fault> {
    let part = |name: &str| match body.json(name) {
        None => Ok(None),
        Some(Json::Null) => Ok(Some(None)),
        Some(value) => value
            .as_str()
            .map(|text| Some(Some(text.to_owned())))
            .ok_or_else(|| Fault::malformed_parameter(name, "text")),
    };
    match (part("kms_username")?, part("kms_password")?) {
        (None, None) => Ok(None),
        (Some(Some(name)), _) | (_, Some(Some(name))) if name.is_empty() => Err(Fault::conflict(
            "KMS_EMPTY_CREDENTIALS",
            "Neither of ('kms_username') and password may be empty",
        )),
        (Some(Some(_)), Some(None)) | (Some(None), Some(Some(_))) => Err(Fault::conflict(
            "KMS_ILLEGAL_EMPTY_CREDENTIALS",
            "Either both or none of ('kms_username') and the password are null",
        )),
        (None, Some(_)) | (Some(_), None) => Err(Fault::conflict(
            "KMS_INCOMPLETE_CREDENTIALS",
            "Both ('kms_username') and the password are needed",
        )),
        (Some(name), Some(_)) => Ok(Some(name)),
    }
}

fn upload_authority(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let certificate = read::certificate(multipart::part(call.request, &[PART])?)?;
    let row = read::to_json(&certificate, "kms", call.now())?;
    call.array.kms.authority = Some(certificate);
    call.event(Event::info(
        "KMS_CA_CERTIFICATE_INSTALLED",
        "The certificate of the key management server's authority was installed",
    ));
    Ok(Reply::result(row))
}

fn upload_own(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let file = multipart::part(call.request, &[PART])?;
    let certificate = read::certificate(file)?;
    let key = read::private_key(file)?;
    read::check_key(&certificate, &key)?;
    read::check_validity(&certificate, call.now())?;
    let row = read::to_json(&certificate, "kms", call.now())?;
    call.array.kms.own = Some(certificate);
    call.event(Event::info(
        "KMS_CLIENT_CERTIFICATE_INSTALLED",
        "The certificate for signing in to the key management server was installed",
    ));
    Ok(Reply::result(row))
}
