//! Services that run beside the storage on every node: the search index and the database of the interface.

use serde_json::{Value as Json, json};

use super::call::Call;
use super::events::Event;
use super::fault::Fault;
use super::list::list_values;
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;

/// Who stops services. The document names nobody who starts them; they are the same here.
const ROLES: Roles = Roles::of(&[Role::Infinidat, Role::Technician]);

/// The operations of external services.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("external_services", list),
    Route::get("external_services/{service}", get),
    Route::post("external_services/{service}/start", ROLES, start),
    Route::post("external_services/{service}/stop", ROLES, stop).states(&["ACTIVE"]),
];

/// A service and on which nodes it runs.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    name: &'static str,
    /// Whether it tells the state of its nodes, or its health.
    tells_nodes: bool,
    running: [bool; 3],
}

/// The services of a new box, all of them running.
pub(crate) fn first() -> [Service; 2] {
    [("elastic", false), ("postgresql", true)].map(|(name, tells_nodes)| Service {
        name,
        tells_nodes,
        running: [true; 3],
    })
}

impl Service {
    fn to_json(&self) -> Json {
        let color = match self.running.iter().filter(|running| **running).count() {
            0 => "RED",
            3 => "GREEN",
            _ => "YELLOW",
        };
        if !self.tells_nodes {
            return json!({"name": self.name, "cluster_state": color, "health": null, "node_states": null});
        }
        let leader = self.running.iter().position(|running| *running);
        let nodes: Vec<Json> = self
            .running
            .iter()
            .enumerate()
            .map(|(index, running)| {
                let (state, role) = match (running, leader == Some(index)) {
                    (false, _) => ("failed", "UNAVAILABLE"),
                    (true, true) => ("running", "PRIMARY"),
                    (true, false) => ("running", "STANDBY"),
                };
                json!({"node_id": index + 1, "state": state, "role": role, "part_of_cluster": running})
            })
            .collect();
        json!({"name": self.name, "cluster_state": color, "node_states": nodes})
    }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let rows = call.array.services.iter().map(Service::to_json).collect();
    list_values(call, rows)
}

fn find<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Service, Fault> {
    let name = call.argument("service").to_owned();
    call.array
        .services
        .iter_mut()
        .find(|service| service.name == name)
        .ok_or_else(|| Fault::missing("NO_SUCH_SERVICE", format!("There is no service '{name}'")))
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(find(call)?.to_json()))
}

/// Starts a service on every node.
fn start(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let service = find(call)?;
    service.running = [true; 3];
    let row = service.to_json();
    let name = service.name;
    call.event(Event::info("EXTERNAL_SERVICE_STARTED", "Service {name} was started").text("name", name));
    Ok(Reply::result(row))
}

/// Stops a service, on one node or on all. The `kind` that a body may hold makes no difference here.
fn stop(call: &mut Call<'_>) -> Result<Reply, Fault> {
    find(call)?;
    let node = match call.request.body.iter().all(u8::is_ascii_whitespace) {
        true => None,
        false => {
            let body = call.body()?;
            body.only(&["kind", "node_id"])?;
            if !body.has("node_id") || body.is_null("node_id") {
                None
            } else {
                Some(body.need_integer("node_id")?)
            }
        }
    };
    let service = find(call)?;
    match node {
        None => service.running = [false; 3],
        Some(node) => {
            let index = usize::try_from(node).ok().and_then(|number| number.checked_sub(1));
            let running = index.and_then(|index| service.running.get_mut(index)).ok_or_else(|| {
                Fault::missing("ILLEGAL_NODE_ID", format!("There is no node {node} ('node_id')"))
            })?;
            *running = false;
        }
    }
    let row = service.to_json();
    let name = service.name;
    call.event(
        Event::info("EXTERNAL_SERVICE_STOPPED", "Service {name} was stopped")
            .level("WARNING")
            .text("name", name),
    );
    Ok(Reply::result(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infinibox::testing::Bench;

    #[test]
    fn services_are_stopped_and_started() {
        let mut bench = Bench::new();
        assert_eq!(bench.get("external_services").total(), 2);
        bench.post("external_services/elastic/stop", &json!({})).refused(403, "UNAUTHORIZED");
        bench.as_user("technician");
        let row = bench.post("external_services/postgresql/stop", &json!({"kind": null, "node_id": 1})).ok();
        assert_eq!(
            (row["cluster_state"].as_str(), &row["node_states"][0]["role"]),
            (Some("YELLOW"), &json!("UNAVAILABLE"))
        );
        assert_eq!(row["node_states"][1]["role"], "PRIMARY");
        assert_eq!(bench.post("external_services/elastic/stop", &json!({})).ok()["cluster_state"], "RED");
        let row = bench.post("external_services/elastic/start", &json!({})).ok();
        assert_eq!((row["cluster_state"].as_str(), row["health"].is_null()), (Some("GREEN"), true));
        bench.post("external_services/elastic/stop", &json!({"node_id": 5})).refused(404, "ILLEGAL_NODE_ID");
        bench.get("external_services/kafka").refused(404, "NO_SUCH_SERVICE");
    }
}
