//! Network troubleshooting: pinging another machine.

use serde_json::Value as Json;

use super::call::Call;
use super::fault::Fault;
use super::hostname;
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;

/// The operation.
pub(crate) const ROUTES: &[Route] =
    &[Route::post("ping", Roles::of(&[Role::Infinidat, Role::Admin, Role::Technician]), ping)];

/// The nodes that can ping.
const NODES: &[&str] = &["node-1", "node-2", "node-3"];
/// The networks over which they can.
const SERVICES: &[&str] = &["MGMT", "NAS", "ISCSI", "REPLICATION"];

/// Pings nobody: what answers is told by [`hostname::answers`]. The answer of success is null.
fn ping(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["hostname", "node", "service"])?;
    for (name, known) in [("node", NODES), ("service", SERVICES)] {
        let Some(value) = body.json(name).filter(|value| !value.is_null()) else { continue };
        let word = value.as_str().ok_or_else(|| Fault::malformed_parameter(name, "text"))?;
        if !known.contains(&word) {
            return Err(Fault::malformed_parameter(word, &format!("a value of {name}")));
        }
    }
    let host = body.json("hostname").ok_or_else(|| Fault::missing_field("hostname"))?;
    let host = host.as_str().ok_or_else(|| Fault::malformed_parameter("hostname", "text"))?;
    if !hostname::is_host(host) {
        return Err(Fault::wrong_parameter("hostname", host, "a name or an address"));
    }
    if !hostname::answers(host) {
        return Err(Fault::wrong_parameter("hostname", host, "a machine that answers"));
    }
    Ok(Reply::result(Json::Null))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::infinibox::testing::Bench;

    #[test]
    fn a_host_answers_or_not() {
        let mut bench = Bench::new();
        let body = json!({"hostname": "192.0.2.20", "node": "node-1", "service": "MGMT"});
        assert_eq!(bench.post("ping", &body).ok(), Json::Null);
        let mut refused = |body: Json, code| bench.post("ping", &body).refused(400, code);
        refused(json!({"node": "node-1", "service": "MGMT"}), "MISSING_FIELD");
        refused(json!({"hostname": "a b"}), "WRONG_PARAMETER");
        refused(json!({"hostname": "host.invalid"}), "WRONG_PARAMETER");
        refused(json!({"hostname": "192.0.2.20", "node": "node-9"}), "MALFORMED_PARAMETER");
        bench.as_user("viewer").post("ping", &body).refused(403, "UNAUTHORIZED");
    }
}
