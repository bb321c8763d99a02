//! How a host and the box prove to each other who they are over iSCSI.

use crate::infinibox::body::Body;
use crate::infinibox::fault::Fault;

/// The ways of proof: none, the host to the box, and both to each other.
pub(crate) const METHODS: &[&str] = &["NONE", "CHAP", "MUTUAL_CHAP"];

/// The fields that may travel together in one update.
pub(crate) const FIELDS: &[&str] = &[
    "security_method",
    "security_chap_inbound_username",
    "security_chap_inbound_secret",
    "security_chap_outbound_username",
    "security_chap_outbound_secret",
];

/// The longest user name, in characters.
const MAX_USERNAME: usize = 20;

/// One direction of proof.
#[derive(Debug, Clone, Default)]
pub(crate) struct Side {
    username: Option<String>,
    secret: Option<String>,
}

impl Side {
    pub(crate) fn username(&self) -> Option<&str> {
        self.username.as_deref()
    }

    pub(crate) fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    fn complete(&self) -> bool {
        self.username.is_some() && self.secret.is_some()
    }
}

/// What is set up for one host.
#[derive(Debug, Clone)]
pub(crate) struct Chap {
    /// One of [`METHODS`].
    pub(crate) method: &'static str,
    /// The host to the box.
    pub(crate) inbound: Side,
    /// The box to the host.
    pub(crate) outbound: Side,
}

impl Default for Chap {
    fn default() -> Self {
        Self { method: "NONE", inbound: Side::default(), outbound: Side::default() }
    }
}

impl Chap {
    /// CHAP in one direction, for seeds.
    pub(crate) fn one_way(username: &str, secret: &str) -> Self {
        let inbound = Side { username: Some(username.to_owned()), secret: Some(secret.to_owned()) };
        Self { method: "CHAP", inbound, outbound: Side::default() }
    }

    /// What a body makes of it.
    ///
    /// # Errors
    ///
    /// 409 `INVALID_CHAP_USERNAME` and `INVALID_CHAP_SECRET`.
    pub(crate) fn changed(&self, body: &Body) -> Result<Self, Fault> {
        let mut chap = self.clone();
        if let Some(method) = body.text("security_method") {
            chap.method = METHODS.iter().find(|known| **known == method).copied().unwrap_or("NONE");
        }
        side(&mut chap.inbound, body, "security_chap_inbound_username", "security_chap_inbound_secret")?;
        side(&mut chap.outbound, body, "security_chap_outbound_username", "security_chap_outbound_secret")?;
        if chap.method == "NONE" {
            chap.inbound = Side::default();
            chap.outbound = Side::default();
        }
        Ok(chap)
    }

    /// Refuses a method that lacks its names or secrets; asked of hosts with iSCSI ports only.
    ///
    /// # Errors
    ///
    /// 409 `CHAP_SECURITY_CONDITION_NOT_MET`.
    pub(crate) fn check_complete(&self) -> Result<(), Fault> {
        let complete = match self.method {
            "CHAP" => self.inbound.complete(),
            "MUTUAL_CHAP" => self.inbound.complete() && self.outbound.complete(),
            _ => true,
        };
        if complete {
            return Ok(());
        }
        Err(Fault::conflict(
            "CHAP_SECURITY_CONDITION_NOT_MET",
            format!("A host with iSCSI ports needs the user names and secrets of {}", self.method),
        ))
    }
}

fn side(side: &mut Side, body: &Body, username: &str, secret: &str) -> Result<(), Fault> {
    if body.has(username) {
        side.username = body.text(username).filter(|text| !text.is_empty()).map(str::to_owned);
        let length = side.username.as_deref().map_or(0, |text| text.chars().count());
        if length > MAX_USERNAME {
            return Err(Fault::conflict(
                "INVALID_CHAP_USERNAME",
                format!(
                    "A CHAP user name ('{username}') has 0 to {MAX_USERNAME} characters; this one has {length}"
                ),
            ));
        }
    }
    if body.has(secret) {
        side.secret = body.text(secret).filter(|text| !text.is_empty()).map(str::to_owned);
        if side.secret.as_deref().is_some_and(|text| !text.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(Fault::conflict(
                "INVALID_CHAP_SECRET",
                format!("A CHAP secret ('{secret}') holds printable ASCII characters only"),
            ));
        }
    }
    Ok(())
}
