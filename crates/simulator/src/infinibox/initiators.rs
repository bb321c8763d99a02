//! Initiators: the ports that the box sees on its networks, whether a host claims them or not.

use serde_json::{Value as Json, json};

use super::array::Array;
use super::call::Call;
use super::entity::Record;
use super::fault::Fault;
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::hosts::ports::{PortKind, owner, subsystem_nqn};
use super::list::list_records;
use super::reply::Reply;
use super::route::Route;

/// The operations of initiators.
pub(crate) const ROUTES: &[Route] =
    &[Route::get("initiators", list), Route::get("initiators/{address}", get)];

/// A port that the box sees.
#[derive(Debug, Clone)]
pub(crate) struct Initiator {
    pub(crate) kind: PortKind,
    pub(crate) address: String,
    /// How many paths lead to it.
    pub(crate) paths: i64,
    /// A number of up to 64 bits; -1 for none.
    pub(crate) port_key: i64,
    /// Where it is on the network; empty on Fibre Channel.
    pub(crate) ip: String,
}

impl Initiator {
    fn host_id(&self, array: &Array) -> i64 {
        owner(array, &self.address).map_or(0, |host| host.id)
    }

    /// One target on each node.
    fn targets(&self, array: &Array) -> Json {
        let host_id = self.host_id(array);
        (1..=3)
            .map(|node| match self.kind {
                PortKind::Fc => json!({
                    "address": format!("5742b0f00047{:02x}{node:x}1", array.serial_number % 256),
                    "node_id": node,
                }),
                PortKind::Iscsi => json!({
                    "address": format!("iqn.2024-03.com.example:storage:box-{}", array.serial_number),
                    "initiator_ip": self.ip,
                    "target_ip": format!("198.51.100.{}", 10 + node),
                    "netspace_name": "iscsi-a",
                    "node_id": node,
                    "session_id": node,
                }),
                PortKind::Nvme => json!({
                    "address": subsystem_nqn(array, host_id),
                    "initiator_ip": self.ip,
                    "target_ip": format!("198.51.100.{}", 20 + node),
                    "netspace_name": "nvme-a",
                    "node_id": node,
                }),
            })
            .collect()
    }
}

impl Record for Initiator {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("address", TEXT, |i, _| i.address.as_str().into()),
        Field::<Self>::new("type", Holds::Word(&["FC", "ISCSI", "NVME"]), |i, _| i.kind.into()),
        Field::<Self>::new("host_id", NATURAL, |i, v| i.host_id(v.array).into()).filterable(),
        Field::<Self>::new("paths", NATURAL, |i, _| i.paths.into()),
        Field::<Self>::new("connectivity_status", TEXT, |_, _| "FULLY_CONNECTED".into()),
        Field::<Self>::new("port_key", INTEGER, |i, _| i.port_key.into()),
        Field::<Self>::new("targets", Holds::Anything, |i, v| i.targets(v.array).into()),
    ];
}

/// The box works the host out and can't turn the question around, so only equality and lists are answered.
fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if let Some(text) = call.request.parameter("host_id")
        && let Some((operator, _)) = text.split_once(':')
        && !["eq", "in"].contains(&operator)
    {
        let name = match operator {
            "neq" => "NE".to_owned(),
            other => other.to_ascii_uppercase(),
        };
        return Err(Fault::unsupported_relation("host_id", &name));
    }
    list_records(call, call.array.initiators.iter(), &[])
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let address = call.argument("address").to_ascii_lowercase();
    let initiator =
        call.array.initiators.iter().find(|initiator| initiator.address == address).ok_or_else(|| {
            Fault::missing("INITIATOR_NOT_FOUND", format!("The box sees no initiator '{address}'"))
        })?;
    Ok(Reply::result(initiator.render(&call.view(), None)))
}
