//! Identity providers for single sign-on.

use serde_json::json;

use super::array::Array;
use super::call::{Call, get, list};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::list::list_values;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use crate::message::Method;

mod signing;
#[cfg(test)]
mod tests;
mod write;

/// The states in which nobody signs in through a provider are those that are not named here.
const SIGN_IN_STATES: &[&str] = &["ACTIVE", "STANDBY"];

/// The operations of identity providers. The sign-in page needs the links before anybody has signed in.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("config/sso/idps", list::<IdentityProvider>),
    Route::post("config/sso/idps", Roles::ADMIN, write::create),
    Route::open(Method::Get, "config/sso/idps/links", links).states(SIGN_IN_STATES),
    Route::get("config/sso/idps/{id}", get::<IdentityProvider>),
    Route::put("config/sso/idps/{id}", Roles::ADMIN, write::update),
    Route::delete("config/sso/idps/{id}", Roles::ADMIN, write::delete),
    Route::open(Method::Get, "config/sso/idps/{id}/authenticate", authenticate).states(SIGN_IN_STATES),
];

/// An identity provider.
#[derive(Debug, Clone)]
pub(crate) struct IdentityProvider {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) sign_on_url: String,
    pub(crate) enabled: bool,
    /// Whether its answers must be signed.
    pub(crate) signed_response: bool,
    /// Whether what it says of a person must be signed.
    pub(crate) signed_assertion: bool,
    /// As it was sent: PEM or bare base64; empty for none.
    pub(crate) signing_certificate: String,
}

impl Record for IdentityProvider {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |p, _| p.id.into()),
        Field::<Self>::new("name", TEXT, |p, _| p.name.as_str().into()).required().update(),
        Field::<Self>::new("issuer", TEXT, |p, _| p.issuer.as_str().into()).required(),
        Field::<Self>::new("sign_on_url", TEXT, |p, _| p.sign_on_url.as_str().into()).required().update(),
        Field::<Self>::new("enabled", Holds::Boolean, |p, _| p.enabled.into()).create().update(),
        Field::<Self>::new("signed_response", Holds::Boolean, |p, _| p.signed_response.into())
            .create()
            .update(),
        Field::<Self>::new("signed_assertion", Holds::Boolean, |p, _| p.signed_assertion.into())
            .create()
            .update(),
        Field::<Self>::new("signing_certificate", TEXT, |p, _| p.signing_certificate.as_str().into())
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("signing_certificate_serial", TEXT, |p, _| {
            signing::read(&p.signing_certificate).map(|certificate| certificate.serial).into()
        }),
        Field::<Self>::new("signing_certificate_expiry", NATURAL, |p, _| {
            signing::read(&p.signing_certificate).map(|certificate| certificate.expires_at).into()
        }),
    ];
}

impl Entity for IdentityProvider {
    const NOUN: &'static str = "Identity provider";
    const NOT_FOUND: &'static str = "SSO_IDENTITY_PROVIDER_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.identity_providers
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.identity_providers
    }
}

/// Where the sign-in page leads to: the providers that may be used.
fn links(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let links = call
        .array
        .identity_providers
        .values()
        .filter(|provider| provider.enabled)
        .map(|provider| {
            let url = format!("/api/rest/config/sso/idps/{}/authenticate", provider.id);
            json!({"id": provider.id, "name": provider.name, "sign_on_url": url})
        })
        .collect();
    list_values(call, links)
}

/// Sends a browser on to the provider, which the document says in words only.
fn authenticate(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let provider = IdentityProvider::find(call.array, id)?;
    if !provider.enabled {
        return Err(IdentityProvider::absent(id));
    }
    Ok(Reply::redirect(&provider.sign_on_url))
}
