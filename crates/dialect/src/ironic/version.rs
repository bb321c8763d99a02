//! Microversions: which one to speak.

use std::fmt;

use serde_json::Value;

use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response};

/// Header that asks for a version, and by which the service says which one it spoke.
pub(super) const HEADER: &str = "X-OpenStack-Ironic-API-Version";

/// The newest version whose answers this dialect is known to understand.
pub(super) const NEWEST: Version = Version(1, 115);

/// The oldest version that knows volumes.
pub(super) const OLDEST: Version = Version(1, 32);

/// A microversion: `1.32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(pub(super) u32, pub(super) u32);

impl Version {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.trim().split_once('.')?;
        Some(Self(major.parse().ok()?, minor.parse().ok()?))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0, self.1)
    }
}

/// Asks for a version. Without the header the service speaks its oldest, in which there are no volumes.
pub(super) fn ask(request: &mut Request, version: Option<&str>) {
    match version {
        Some(version) => request.set_header(HEADER, version),
        None => request.set_header(HEADER, &OLDEST.to_string()),
    }
}

/// Chooses the version from the answer to `GET /v1`.
///
/// # Errors
/// The service has no version that knows volumes, or only ones that are newer than all that this dialect knows.
pub(super) fn choose(response: &Response) -> Result<Version, Failure> {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let of_body = |name: &str| {
        let holder = ["version", "default_version"].iter().find_map(|holder| body.get(holder))?;
        holder.get(name).and_then(Value::as_str).and_then(Version::parse)
    };
    let of_header = |name: &str| response.header(name).and_then(Version::parse);
    let greatest = of_header("x-openstack-ironic-api-maximum-version").or_else(|| of_body("version"));
    let least = of_header("x-openstack-ironic-api-minimum-version").or_else(|| of_body("min_version"));
    let unsupported = |message: String| Failure {
        status: Some(response.status),
        ..Failure::new(FailureKind::Unsupported, message)
    };
    let Some(greatest) = greatest else {
        return Err(Failure {
            status: Some(response.status),
            ..Failure::new(FailureKind::Malformed, words::answer::no_versions())
        });
    };
    if greatest < OLDEST {
        return Err(unsupported(words::answer::too_old(greatest, OLDEST)));
    }
    let least = least.unwrap_or(OLDEST);
    if least > NEWEST {
        return Err(unsupported(words::answer::too_new(least, NEWEST)));
    }
    Ok(greatest.min(NEWEST))
}
