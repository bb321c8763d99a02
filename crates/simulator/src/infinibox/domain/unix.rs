//! The services for UNIX of the domain.

use super::{Unix, joined, not_joined, shown};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

/// How many groups of a user are translated unless said otherwise.
const DEFAULT_GROUPS: i64 = 16;
/// The most groups that can be translated.
const MAX_GROUPS: i64 = 2048;

/// Switches the services on, changes them, or, with an approval, switches them off.
pub(super) fn set_services(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    if let Some(name) = body.names().find(|name| {
        !["unix_services_enabled", "uid_attribute_name", "gid_attribute_name", "max_translated_groups"]
            .contains(name)
    }) {
        return Err(Fault::malformed_content(format!("there is no such field ('{name}')")));
    }
    let enabled = body.optional_boolean("unix_services_enabled")?.ok_or_else(|| {
        Fault::malformed_content("it must say whether the services are on ('unix_services_enabled')")
    })?;
    let uid_attribute = attribute(&body, "uid_attribute_name")?;
    let gid_attribute = attribute(&body, "gid_attribute_name")?;
    let groups = groups(&body)?;
    let old = joined(call)?.unix.clone();
    if !enabled && (uid_attribute.is_some() || gid_attribute.is_some() || groups.is_some()) {
        return Err(Fault::bad(
            "PARAMETER_CONFLICT",
            "Services that are off have no attributes ('unix_services_enabled')",
        ));
    }
    if !enabled && old.is_some() {
        call.approve(|| {
            "UNIX users of the domain lose the numbers under which they own their files".to_owned()
        })?;
    }
    joined(call)?.unix = enabled.then(|| {
        let old = old.unwrap_or_else(|| Unix {
            uid_attribute: "uidNumber".to_owned(),
            gid_attribute: "gidNumber".to_owned(),
            max_translated_groups: DEFAULT_GROUPS,
        });
        Unix {
            uid_attribute: uid_attribute.unwrap_or(old.uid_attribute),
            gid_attribute: gid_attribute.unwrap_or(old.gid_attribute),
            max_translated_groups: groups.unwrap_or(old.max_translated_groups),
        }
    });
    call.event(
        Event::info("AD_UNIX_SERVICES_SET", "The domain's services for UNIX are now {state}")
            .text("state", if enabled { "on" } else { "off" }),
    );
    Ok(Reply::result(shown(call)))
}

/// Changes how many groups of a user are translated.
pub(super) fn set_groups(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["max_translated_groups"])?;
    let groups = groups(&body)?
        .ok_or_else(|| Fault::malformed_content("a number is missing ('max_translated_groups')"))?;
    let domain = call.array.domain.as_mut().ok_or_else(not_joined)?;
    let unix = domain.unix.as_mut().ok_or_else(|| {
        Fault::bad("PARAMETER_CONFLICT", "The services for UNIX are off ('max_translated_groups')")
    })?;
    unix.max_translated_groups = groups;
    call.event(
        Event::info("AD_MAX_GROUPS_SET", "Up to {groups} groups of a user are now translated")
            .number("groups", groups),
    );
    Ok(Reply::result(shown(call)))
}

fn attribute(body: &Body, name: &str) -> Result<Option<String>, Fault> {
    let Some(value) = body.json(name).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let text = value.as_str().ok_or_else(|| Fault::malformed_parameter(name, "text"))?;
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Fault::bad(
            "PARAMETER_CONFLICT",
            format!("The name of an attribute consists of printable ASCII characters ('{name}')"),
        ));
    }
    Ok(Some(text.to_owned()))
}

fn groups(body: &Body) -> Result<Option<i64>, Fault> {
    let name = "max_translated_groups";
    if body.is_null(name) || !body.has(name) {
        return Ok(None);
    }
    let groups = body.need_integer(name)?;
    if groups < 1 {
        return Err(Fault::wrong_parameter(name, groups, "int >= 1"));
    }
    if groups > MAX_GROUPS {
        return Err(Fault::wrong_parameter(name, groups, &format!("int <= {MAX_GROUPS}")));
    }
    Ok(Some(groups))
}
