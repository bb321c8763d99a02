//! The certificate with which the box shows who it is: what is installed, requests for a new one, and uploads.

use std::net::IpAddr;

use rcgen::KeyPair;
use serde_json::Value as Json;

use super::array::Array;
use super::body::Body;
use super::call::Call;
use super::events::Event;
use super::fault::Fault;
use super::list::list_values;
use super::multipart;
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;

mod issue;
pub(crate) mod read;
#[cfg(test)]
mod tests;

const ROLES: Roles = Roles::of(&[Role::Admin, Role::Infinidat, Role::Technician]);

/// The operations of certificates.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("system/certificates", list).roles(ROLES),
    Route::post("system/certificates", ROLES, upload),
    Route::post("system/certificates/generate_csr", ROLES, generate_csr),
    Route::post("system/certificates/generate_self_signed", ROLES, generate_self_signed),
    Route::post("system/certificates/upload_csr", ROLES, upload_csr),
];

/// The service whose certificate this is.
const SERVICE: &str = "httpd";

/// What is installed, and the key of a request that nobody has signed yet.
#[derive(Default)]
pub(crate) struct Certificates {
    /// DER; empty until the box is set up.
    installed: Vec<u8>,
    requested: Option<KeyPair>,
}

/// Gives a new box its first certificate.
///
/// # Errors
///
/// 500 if no key can be made.
pub(crate) fn install_first(array: &mut Array) -> Result<(), Fault> {
    array.certificates.installed = issue::self_signed(&array.name, array.now())?;
    Ok(())
}

/// The one certificate, as a page.
fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let row = shown(call)?;
    list_values(call, vec![row])
}

fn shown(call: &Call<'_>) -> Result<Json, Fault> {
    read::to_json(&call.array.certificates.installed, SERVICE, call.now())
}

/// Takes a certificate with its key, in one PEM file. The document doesn't name the part; the vendor's client calls it
/// `upload_file`, and the twin operation `upload`.
fn upload(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let file = multipart::part(call.request, &["upload_file", "upload", "file"])?;
    let certificate = read::certificate(file)?;
    let key = read::private_key(file)?;
    read::check_key(&certificate, &key)?;
    install(call, certificate)
}

/// Takes what an authority made of the last request.
fn upload_csr(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let certificate = read::certificate(multipart::part(call.request, &["upload"])?)?;
    let requested = call.array.certificates.requested.as_ref();
    if !requested.is_some_and(|key| read::belongs(&certificate, key)) {
        return Err(Fault::conflict(
            "CSR_MISMATCH",
            "The certificate was not made for the last request that this system issued",
        ));
    }
    install(call, certificate)
}

fn install(call: &mut Call<'_>, certificate: Vec<u8>) -> Result<Reply, Fault> {
    read::check_validity(&certificate, call.now())?;
    call.array.certificates.installed = certificate;
    call.array.certificates.requested = None;
    let row = shown(call)?;
    let name = row["certificate"]["issued_to"]["CN"].as_str().unwrap_or_default().to_owned();
    call.event(
        Event::info("SSL_CERTIFICATE_INSTALLED", "The certificate of {name} was installed")
            .text("name", &name),
    );
    Ok(Reply::result(row))
}

fn generate_csr(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    let subject = ["C", "ST", "L", "OU"];
    if let Some(name) =
        body.names().find(|name| !subject.contains(name) && !["SANDNS", "SANIP"].contains(name))
    {
        return Err(Fault::unknown_parameter(name));
    }
    let subject: Vec<(&str, &str)> =
        subject.into_iter().filter_map(|name| body.text(name).map(|value| (name, value))).collect();
    let names = texts(&body, "SANDNS")?;
    if let Some(name) = names.iter().find(|name| !issue::is_domain_name(name)) {
        return Err(Fault::bad(
            "INVALID_CHARACTERS_IN_DOMAIN_NAME",
            format!("'{name}' is no domain name ('SANDNS')"),
        ));
    }
    let addresses: Vec<IpAddr> = texts(&body, "SANIP")?
        .iter()
        .map(|text| {
            text.parse().map_err(|_malformed| {
                Fault::bad("INVALID_IP_ADDRESS", format!("'{text}' is no IP address ('SANIP')"))
            })
        })
        .collect::<Result<_, _>>()?;
    let (request, key) = issue::request(&call.array.name, &subject, names, addresses)?;
    call.array.certificates.requested = Some(key);
    call.event(Event::info("SSL_CSR_GENERATED", "A certificate signing request was generated"));
    Ok(Reply::result(request))
}

/// Texts of a field that may be one text or a list; empty ones count for nothing.
fn texts(body: &Body, name: &str) -> Result<Vec<String>, Fault> {
    let texts = match body.json(name) {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::String(text)) => vec![text.clone()],
        Some(Json::Array(list)) => list
            .iter()
            .map(|text| text.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(|| Fault::malformed_parameter(name, "a list of texts"))?,
        Some(_) => return Err(Fault::malformed_parameter(name, "a list of texts")),
    };
    Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
}

fn generate_self_signed(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if let Some(component) = call.request.parameter("component")
        && !component.eq_ignore_ascii_case(SERVICE)
    {
        return Err(Fault::malformed_parameter(component, "a component with a certificate"));
    }
    call.approve(|| {
        "The installed certificate is replaced by one that no client trusts yet, and open connections end"
            .to_owned()
    })?;
    let certificate = issue::self_signed(&call.array.name, call.now())?;
    install(call, certificate)
}
