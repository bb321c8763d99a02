//! The API's versions: which one a request asks for, and the headers that say which one answered.

use super::fault::Fault;
use crate::message::{Request, Response};

/// The oldest version, which answers whoever asks for none.
const OLDEST: Version = Version(1);
/// The newest version.
const NEWEST: Version = Version(115);

/// The minor number of a version; the major one is always 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(u32);

impl Version {
    /// Whether there are volume connectors and targets.
    pub(super) fn has_volumes(self) -> bool {
        self >= Self(32)
    }

    /// Whether nodes have a field.
    pub(super) fn has_field(self, name: &str) -> bool {
        let since = match name {
            "name" => 5,
            "resource_class" => 21,
            "storage_interface" => 33,
            _ => 1,
        };
        self >= Self(since)
    }
}

/// The version that the request asks for, in the header of all OpenStack services or in the older one of this service.
pub(super) fn asked(request: &Request) -> Result<Version, Fault> {
    let common = request.header_value("openstack-api-version").and_then(|value| {
        value.split(',').find_map(|service| service.trim().strip_prefix("baremetal").map(str::trim))
    });
    let Some(text) = common.or_else(|| request.header_value("x-openstack-ironic-api-version")) else {
        return Ok(OLDEST);
    };
    if text.eq_ignore_ascii_case("latest") {
        return Ok(NEWEST);
    }
    let numbers = text
        .split_once('.')
        .and_then(|(major, minor)| Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?)));
    match numbers {
        None => {
            Err(Fault::not_acceptable("Invalid value for X-OpenStack-Ironic-API-Version header".to_owned()))
        }
        Some((1, minor)) if (OLDEST.0..=NEWEST.0).contains(&minor) => Ok(Version(minor)),
        Some(_) => Err(Fault::not_acceptable(format!(
            "Version {text} is not supported by the API. The versions from 1.{} to 1.{} are",
            OLDEST.0, NEWEST.0
        ))),
    }
}

/// The answer with the range of versions, and with the one that answered.
pub(super) fn stamp(response: Response, answered: Option<Version>) -> Response {
    let response = response
        .header("x-openstack-ironic-api-minimum-version", &format!("1.{}", OLDEST.0))
        .header("x-openstack-ironic-api-maximum-version", &format!("1.{}", NEWEST.0));
    match answered {
        Some(version) => response.header("x-openstack-ironic-api-version", &format!("1.{}", version.0)),
        None => response,
    }
}

/// The oldest and the newest version as text.
pub(super) fn range() -> (String, String) {
    (format!("1.{}", OLDEST.0), format!("1.{}", NEWEST.0))
}
