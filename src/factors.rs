//! Second factors: the way from a new device to one whose codes count.
//!
//! The system makes a device, says its key once, and lists it only when two of its codes have proved that somebody holds it. In
//! between it is there and nobody sees it: this browser remembers it by name. The key is in the memory of the page alone.

mod enrol;
mod key;
mod list;
mod waiting;

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use serde_json::Value;

use crate::begun::{self, Begun};
use crate::operation::Subject;
use crate::place::browser::use_navigation;
use crate::place::{Place, Verb};
use crate::system::{System, use_system};

pub use enrol::FactorForm;
pub use list::FactorList;

/// Parameter that names the device.
const SERIAL: &str = "serialNumber";
/// Parameter with the first of two codes.
const FIRST_CODE: &str = "authenticationCode1";
/// Name of the device in the address of the page.
const DEVICE: &str = "device";

/// What can be done about the devices of a user.
#[derive(Clone)]
struct Factors {
    system: System,
    resource: Arc<Resource>,
    /// Key of the user.
    owner: String,
    create: Arc<Operation>,
    /// Takes two codes of a device that is not listed.
    enable: Arc<Operation>,
    /// Removes a device that is not listed.
    remove: Option<Arc<Operation>>,
}

impl Factors {
    /// What the page around is about, where its catalog has the operations.
    fn here() -> Option<Self> {
        let system = use_system();
        let place = use_navigation().place_untracked();
        let resource = Arc::new(system.resource(place.resource.as_deref()?)?);
        let unlisted = |operation: &&Operation| {
            operation.kind == OperationKind::Action
                && !operation.concerns_record()
                && operation.asks_for(SERIAL)
        };
        let (enable, remove): (Vec<&Operation>, Vec<&Operation>) =
            resource.operations.iter().filter(unlisted).partition(|operation| operation.asks_for(FIRST_CODE));
        let create = Arc::new(resource.first(OperationKind::Create)?.clone());
        let enable = Arc::new((*enable.first()?).clone());
        let remove = remove
            .into_iter()
            .find(|operation| operation.destroys.is_some())
            .map(|operation| Arc::new(operation.clone()));
        Some(Self { system, create, enable, remove, owner: place.parent?.1, resource })
    }

    fn subject(&self, operation: Arc<Operation>) -> Subject {
        Subject {
            system: self.system.clone(),
            resource: self.resource.clone(),
            operation,
            record: None,
            parent: Some(self.owner.clone()),
            key: None,
            names: Arc::default(),
        }
    }

    /// What an operation would be about that is asked for the name of a device, with this one.
    fn with_device(&self, operation: &Operation, serial: &str) -> Subject {
        self.subject(Arc::new(operation.given(SERIAL, Some(Value::String(serial.to_owned())))))
    }

    /// The list of devices.
    fn list(&self) -> Place {
        let parent = self.resource.parent.clone().map(|resource| (resource, self.owner.clone()));
        Place { parent, ..Place::system(&self.system.entry.name).resource(&self.resource.id) }
    }

    /// Where a device is made, or gone on with.
    fn form(&self, serial: Option<&str>) -> Place {
        let pair = serial.map(|serial| (DEVICE.to_owned(), serial.to_owned()));
        let query = boxdeck_dialect::http::encode_pairs(pair.as_slice());
        self.list().with_verb(Verb::New).with_query(query)
    }

    /// The devices of which this browser knows that they are not enabled.
    fn waiting(&self) -> Vec<Begun> {
        begun::of_owner(&self.system.entry.name, &self.resource.id, &self.owner)
    }

    fn remember(&self, serial: &str) {
        let begun = Begun {
            owner: self.owner.clone(),
            key: serial.to_owned(),
            stage: String::new(),
            at: js_sys::Date::now(),
        };
        begun::keep(&self.system.entry.name, &self.resource.id, begun);
    }

    fn forget(&self, serial: &str) {
        begun::forget(&self.system.entry.name, &self.resource.id, &self.owner, serial);
    }
}

/// The name that a person gave a device, from its whole name.
fn short_name(serial: &str) -> &str {
    serial.rsplit('/').next().unwrap_or(serial)
}
