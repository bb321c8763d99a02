//! Creating, changing and deleting identity providers.

use super::{IdentityProvider, signing};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::repositories::remove_groups_of;
use crate::infinibox::users::groups::Source;

/// How many providers there may be. The document's number belongs to a test system.
const MAX_PROVIDERS: usize = 10;
/// The longest name.
const MAX_NAME: usize = 255;
/// The longest address.
const MAX_URL: usize = 512;

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<IdentityProvider>()?;
    let mut provider = IdentityProvider {
        id: 0,
        name: String::new(),
        issuer: body.text("issuer").unwrap_or_default().to_owned(),
        sign_on_url: String::new(),
        enabled: true,
        signed_response: true,
        signed_assertion: true,
        signing_certificate: String::new(),
    };
    if provider.issuer.is_empty() || provider.issuer.len() > MAX_URL {
        return Err(invalid("issuer", &format!("1 to {MAX_URL} characters")));
    }
    apply(&mut provider, &body)?;
    check_free(call.array, &provider)?;
    if call.array.identity_providers.len() >= MAX_PROVIDERS {
        return Err(Fault::conflict(
            "SSO_IDENTITY_PROVIDER_COUNT_LIMIT",
            format!("There are {MAX_PROVIDERS} identity providers, and there cannot be more"),
        ));
    }
    if !(provider.signed_response && provider.signed_assertion) {
        call.approve(|| unsigned(&provider))?;
    }
    provider.id = call.array.next_id();
    let id = provider.id;
    call.event(
        Event::info("SSO_IDP_CREATED", "Identity provider {name} was created")
            .about(id)
            .text("name", &provider.name),
    );
    call.array.identity_providers.insert(id, provider);
    call.record::<IdentityProvider>(id).map(Reply::created)
}

/// Puts the fields of a body into a provider.
fn apply(provider: &mut IdentityProvider, body: &Body) -> Result<(), Fault> {
    if let Some(name) = body.text("name") {
        check_name(name)?;
        name.clone_into(&mut provider.name);
    }
    if let Some(url) = body.text("sign_on_url") {
        check_url(url)?;
        url.clone_into(&mut provider.sign_on_url);
    }
    provider.enabled = body.boolean("enabled").unwrap_or(provider.enabled);
    provider.signed_response = body.boolean("signed_response").unwrap_or(provider.signed_response);
    provider.signed_assertion = body.boolean("signed_assertion").unwrap_or(provider.signed_assertion);
    if body.has("signing_certificate") {
        let text = body.text("signing_certificate").unwrap_or_default();
        if !text.is_empty() && signing::read(text).is_none() {
            return Err(invalid("signing_certificate", "a certificate as PEM or base64"));
        }
        text.clone_into(&mut provider.signing_certificate);
    }
    if provider.signing_certificate.is_empty() && (provider.signed_response || provider.signed_assertion) {
        return Err(Fault::conflict(
            "SSO_IDENTITY_PROVIDER_MISSING_SIGNING_CERTIFICATE",
            "What is signed cannot be checked without a certificate ('signing_certificate')",
        ));
    }
    Ok(())
}

/// Names are longer here than elsewhere.
fn check_name(name: &str) -> Result<(), Fault> {
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME {
        return Err(Fault::bad(
            "INVALID_NAME_LENGTH",
            format!("A name ('name') has 1 to {MAX_NAME} characters; this one has {length}"),
        ));
    }
    if name.trim() != name || name.contains(|c: char| c.is_control() || "<>\"'\\,;".contains(c)) {
        return Err(Fault::name_characters(name));
    }
    Ok(())
}

fn check_url(url: &str) -> Result<(), Fault> {
    if url.len() > MAX_URL || url.contains(char::is_whitespace) {
        return Err(invalid("sign_on_url", &format!("an address of up to {MAX_URL} characters")));
    }
    match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") && !rest.is_empty() => Ok(()),
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") => Err(Fault::conflict(
            "SSO_IDENTITY_PROVIDER_UNSECURED_LINK_URL",
            "The address must begin with https ('sign_on_url')",
        )),
        _ => Err(invalid("sign_on_url", "an address that begins with https")),
    }
}

fn invalid(name: &str, expected: &str) -> Fault {
    Fault::conflict(
        "SSO_IDENTITY_PROVIDER_INVALID_VALUE",
        format!("The value cannot be read as {expected} ('{name}')"),
    )
}

fn check_free(array: &Array, wanted: &IdentityProvider) -> Result<(), Fault> {
    for other in array.identity_providers.values().filter(|other| other.id != wanted.id) {
        if other.name == wanted.name {
            return Err(Fault::conflict(
                "SSO_IDENTITY_PROVIDER_NAME_CONFLICT",
                format!("An identity provider named '{}' exists already ('name')", wanted.name),
            ));
        }
        if other.issuer == wanted.issuer {
            return Err(Fault::conflict(
                "SSO_IDENTITY_PROVIDER_ISSUER_CONFLICT",
                format!("Identity provider '{}' has the same issuer ('issuer')", other.name),
            ));
        }
    }
    Ok(())
}

fn unsigned(provider: &IdentityProvider) -> String {
    format!("Who can write to the network may forge what identity provider '{}' says", provider.name)
}

/// Changes a provider. Switching it off, or switching a signature off, needs an approval.
pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let old = IdentityProvider::find(call.array, id)?.clone();
    let body = call.update::<IdentityProvider>()?;
    let mut provider = old.clone();
    apply(&mut provider, &body)?;
    check_free(call.array, &provider)?;
    let less_signed = (old.signed_response && !provider.signed_response)
        || (old.signed_assertion && !provider.signed_assertion);
    if old.enabled && !provider.enabled {
        call.approve(|| {
            format!("Those who sign in through identity provider '{}' no longer can", provider.name)
        })?;
    } else if less_signed {
        call.approve(|| unsigned(&provider))?;
    }
    let fields = body.names().collect::<Vec<_>>().join(", ");
    call.event(
        Event::info("SSO_IDP_UPDATED", "Identity provider {name} was changed: {fields}")
            .about(id)
            .text("name", &provider.name)
            .text("fields", &fields),
    );
    *IdentityProvider::find_mut(call.array, id)? = provider;
    call.record::<IdentityProvider>(id).map(Reply::result)
}

/// Deletes a provider with its groups, unless one of them owns a pool.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let name = IdentityProvider::find(call.array, id)?.name.clone();
    let owns = |group_id: &i64| call.array.pools.values().any(|pool| pool.owners.contains(group_id));
    let mut groups = call
        .array
        .user_groups
        .values()
        .filter(|group| group.source == Source::Sso && group.directory_id == id);
    if let Some(group) = groups.find(|group| owns(&group.id)) {
        return Err(Fault::conflict(
            "CANNOT_REMOVE_SSO_IDENTITY_PROVIDER_WITH_MAPPED_GROUPS",
            format!("Group '{}' of identity provider '{name}' owns pools", group.name),
        ));
    }
    call.approve(|| {
        format!("Identity provider '{name}' goes with its groups, and their members can no longer sign in")
    })?;
    let last_state = call.record::<IdentityProvider>(id)?;
    remove_groups_of(call.array, Source::Sso, id);
    call.array.identity_providers.remove(&id);
    call.event(
        Event::info("SSO_IDP_DELETED", "Identity provider {name} was deleted").about(id).text("name", &name),
    );
    Ok(Reply::result(last_state))
}
