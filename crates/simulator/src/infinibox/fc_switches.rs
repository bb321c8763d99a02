//! Fibre Channel switches that the box has seen on its networks.

use serde_json::Value as Json;

use super::array::Array;
use super::call::{Call, get, list};
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;

/// The operations of FC switches.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("fc/switches", list::<FcSwitch>),
    Route::get("fc/switches/{id}", get::<FcSwitch>),
    Route::put("fc/switches/{id}", Roles::ADMIN, rename),
    Route::delete("fc/switches/{id}", Roles::ADMIN, delete),
];

/// A switch.
#[derive(Debug, Clone)]
pub(crate) struct FcSwitch {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) vendor: String,
    pub(crate) wwnn: String,
    /// Which of the three nodes reach it; none of them when it is disconnected.
    pub(crate) reached_by: [bool; 3],
}

impl FcSwitch {
    fn is_disconnected(&self) -> bool {
        !self.reached_by.contains(&true)
    }
}

impl Record for FcSwitch {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |s, _| s.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |s, _| s.name.as_str().into()).listed().update(),
        Field::<Self>::new("vendor", TEXT, |s, _| s.vendor.as_str().into()).listed(),
        Field::<Self>::new("wwnn", TEXT, |s, _| s.wwnn.as_str().into()).listed(),
        Field::<Self>::new("resiliency_state", TEXT, |s, _| {
            if s.is_disconnected() { "DISCONNECTED" } else { "OK" }.into()
        }),
        Field::<Self>::new("resiliency_bitmap", Holds::Anything, |s, _| {
            Json::from(s.reached_by.to_vec()).into()
        }),
    ];
}

impl Entity for FcSwitch {
    const NOUN: &'static str = "FC switch";
    const NOT_FOUND: &'static str = "FC_SWITCH_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.fc_switches
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.fc_switches
    }
}

fn rename(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    FcSwitch::find(call.array, id)?;
    let body = call.update::<FcSwitch>()?;
    let name = body.text("name").unwrap_or_default().to_owned();
    if call.array.fc_switches.values().any(|other| other.id != id && other.name == name) {
        return Err(Fault::conflict(
            "FC_SWITCH_NAME_CONFLICT",
            format!("A switch named '{name}' exists already ('name')"),
        ));
    }
    let switch = FcSwitch::find_mut(call.array, id)?;
    let old = std::mem::replace(&mut switch.name, name.clone());
    call.event(
        Event::info("FC_SWITCH_RENAMED", "FC switch {old} is now called {name}")
            .about(id)
            .text("old", &old)
            .text("name", &name),
    );
    call.record::<FcSwitch>(id).map(Reply::result)
}

/// Forgets a switch that no node reaches any longer.
fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let switch = FcSwitch::find(call.array, id)?.clone();
    if !switch.is_disconnected() {
        return Err(Fault::conflict(
            "FC_SWITCH_NOT_DISCONNECTED",
            format!("FC switch '{}' is still connected", switch.name),
        ));
    }
    call.approve(|| format!("FC switch '{}' with the name that it was given is forgotten", switch.name))?;
    let last_state = call.record::<FcSwitch>(id)?;
    call.array.fc_switches.remove(&id);
    call.event(
        Event::info("FC_SWITCH_DELETED", "FC switch {name} was deleted").about(id).text("name", &switch.name),
    );
    Ok(Reply::result(last_state))
}

/// Which switch a box knows at first.
pub(crate) fn first(id: i64, name: &str, vendor: &str, reached_by: [bool; 3]) -> FcSwitch {
    let wwnn = format!("100000051e{id:06x}");
    FcSwitch { id, name: name.to_owned(), vendor: vendor.to_owned(), wwnn, reached_by }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::infinibox::testing::Bench;

    fn switch(bench: &mut Bench, state: &str) -> Json {
        let rows = bench.get("fc/switches?sort=name").ok();
        rows.as_array()
            .and_then(|rows| rows.iter().find(|row| row["resiliency_state"] == state))
            .expect("a switch")
            .clone()
    }

    #[test]
    fn a_switch_is_renamed() {
        let mut bench = Bench::new();
        let row = switch(&mut bench, "OK");
        let other = switch(&mut bench, "DISCONNECTED");
        let target = format!("fc/switches/{}", row["id"]);
        assert_eq!(bench.put(&target, &json!({"name": "edge-7"})).ok()["name"], "edge-7");
        bench.put(&target, &json!({"name": other["name"]})).refused(409, "FC_SWITCH_NAME_CONFLICT");
        bench.put(&target, &json!({"vendor": "x"})).refused(400, "UNSUPPORTED_FIELD");
        assert_eq!(bench.get(&format!("fc/switches?name=eq:{}", "edge-7")).total(), 1);
        bench.get("fc/switches?resiliency_state=eq:OK").refused(400, "NOT_FILTERABLE_FIELD");
        bench.get("fc/switches/1").refused(404, "FC_SWITCH_NOT_FOUND");
    }

    #[test]
    fn only_a_disconnected_switch_is_forgotten() {
        let mut bench = Bench::new();
        let target = format!("fc/switches/{}", switch(&mut bench, "OK")["id"]);
        bench.delete(&format!("{target}?approved=yes")).refused(409, "FC_SWITCH_NOT_DISCONNECTED");
        let target = format!("fc/switches/{}", switch(&mut bench, "DISCONNECTED")["id"]);
        bench.delete(&target).refused(403, "APPROVAL_REQUIRED");
        bench.delete(&format!("{target}?approved=yes")).ok();
        bench.get(&target).refused(404, "FC_SWITCH_NOT_FOUND");
    }
}
