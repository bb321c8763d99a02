//! Second factors: the way from a new device to one whose codes count.
//!
//! The system makes a device, says its key once, and lists it only when two of its codes have proved that somebody holds it. In
//! between it is there and nobody sees it: this browser remembers it by name. The key is in the memory of the page alone.

mod enrol;
mod key;
mod list;
mod waiting;

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind};
use serde_json::Value;

use crate::begun::Desk;
use crate::operation::Subject;
use crate::place::{Place, Verb};

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
    /// The devices of the user.
    desk: Desk,
    create: Arc<Operation>,
    /// Takes two codes of a device that is not listed.
    enable: Arc<Operation>,
    /// Removes a device that is not listed.
    remove: Option<Arc<Operation>>,
}

impl Factors {
    /// What the page around is about, where its catalog has the operations.
    fn here() -> Option<Self> {
        let (desk, _) = Desk::here()?;
        let unlisted = |operation: &&Operation| {
            operation.kind == OperationKind::Action
                && !operation.concerns_record()
                && operation.input(SERIAL).is_some()
        };
        let unlisted = desk.resource.operations.iter().filter(unlisted);
        let (enable, remove): (Vec<&Operation>, Vec<&Operation>) =
            unlisted.partition(|operation| operation.input(FIRST_CODE).is_some());
        let create = Arc::new(desk.resource.first(OperationKind::Create)?.clone());
        let enable = Arc::new((*enable.first()?).clone());
        let remove = remove
            .into_iter()
            .find(|operation| operation.destroys.is_some())
            .map(|operation| Arc::new(operation.clone()));
        Some(Self { desk, create, enable, remove })
    }

    /// What an operation would be about that is asked for the name of a device, with this one.
    fn with_device(&self, operation: &Operation, serial: &str) -> Subject {
        self.desk.subject(Arc::new(operation.given(SERIAL, Some(Value::String(serial.to_owned())))))
    }

    /// Where a device is made, or gone on with.
    fn form(&self, serial: Option<&str>) -> Place {
        let pair = serial.map(|serial| (DEVICE.to_owned(), serial.to_owned()));
        let query = boxdeck_dialect::http::encode_pairs(pair.as_slice());
        self.desk.list().with_verb(Verb::New).with_query(query)
    }
}

/// The name that a person gave a device, from its whole name.
fn short_name(serial: &str) -> &str {
    serial.rsplit('/').next().unwrap_or(serial)
}
