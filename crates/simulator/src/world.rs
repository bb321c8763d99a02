//! A world: one system with its state, and how to put it back to its start.

use serde_json::Value as Json;

use crate::clock::Clock;
use crate::hyperstore::HyperStore;
use crate::ibm_backup::IbmBackup;
use crate::infinibox::InfiniBox;
use crate::ironic::Ironic;
use crate::message::{Request, Response};
use crate::vss_block::VssBlock;

/// One simulated system. Each kind implements it once.
pub trait System: Send {
    /// Answers one request, whose path is relative to the system's root.
    fn respond(&mut self, request: &Request) -> Response;

    /// Does something to the system that its API doesn't offer, for tests of faults: an object whose keys are the
    /// kind's own.
    ///
    /// # Errors
    ///
    /// A sentence that names the key that the kind doesn't know or whose value it refuses.
    fn control(&mut self, order: &Json) -> Result<(), String>;

    /// What else the list of systems says about the system, for whoever signs in: its `options`. `address` is where the system
    /// is, relative to that list.
    fn options(&self, address: &str) -> Json {
        let _ = address;
        Json::Null
    }

    /// How the system says that status in its own words, for a fault on order; `None` where only a proxy would.
    fn refusal(&self, status: u16) -> Option<Response>;
}

/// A kind of system that can be simulated.
pub struct Kind {
    /// The kind's id, as `systems.json` and `--kind` write it.
    pub id: &'static str,
    /// The name of the demo's system of this kind, which is part of its address.
    pub demo_name: &'static str,
    /// What a person calls the demo's system.
    pub demo_label: &'static str,
    /// Builds a system in its first state.
    pub build: fn(&Settings) -> Box<dyn System>,
}

/// Every kind that can be simulated. A new kind is one more entry.
pub const KINDS: &[Kind] = &[
    Kind {
        id: "infinibox",
        demo_name: "north",
        demo_label: "North",
        build: |settings| Box::new(InfiniBox::new(settings)),
    },
    Kind {
        id: "ironic",
        demo_name: "metal",
        demo_label: "Metal",
        build: |settings| Box::new(Ironic::new(settings)),
    },
    Kind {
        id: "vss-block",
        demo_name: "depot",
        demo_label: "Depot",
        build: |settings| Box::new(VssBlock::new(settings)),
    },
    Kind {
        id: "ibm-backup",
        demo_name: "vault",
        demo_label: "Vault",
        build: |settings| Box::new(IbmBackup::new(settings)),
    },
    Kind {
        id: "hyperstore",
        demo_name: "objects",
        demo_label: "Objects",
        build: |settings| Box::new(HyperStore::new(settings)),
    },
];

/// The kind of that id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// What every system of a simulator starts from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The administrator's name.
    pub user: String,
    /// The password of the administrator and of the users of the other roles.
    pub password: String,
    /// How many volumes an InfiniBox holds, 0..=1,000,000, and how many users a HyperStore has, up to 100,000.
    pub records: usize,
    /// What the time is.
    pub clock: Clock,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user: "admin".to_owned(),
            password: "boxdeck-demo".to_owned(),
            records: 10_000,
            clock: Clock::System,
        }
    }
}

/// One system with its state and the settings that it started from.
pub struct World {
    kind: &'static Kind,
    settings: Settings,
    system: Box<dyn System>,
}

impl World {
    /// A system of the kind in its first state.
    pub fn new(kind: &'static Kind, settings: &Settings) -> Self {
        Self { kind, settings: settings.clone(), system: (kind.build)(settings) }
    }

    /// What the system is.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Puts the system back to its first state; sessions end.
    pub fn reset(&mut self) {
        self.system = (self.kind.build)(&self.settings);
    }

    /// The system's own words for a status, see [`System::refusal`].
    pub fn refusal(&self, status: u16) -> Option<Response> {
        self.system.refusal(status)
    }

    /// The system's own options, see [`System::options`].
    pub fn options(&self, address: &str) -> Json {
        self.system.options(address)
    }

    /// Passes an order to [`System::control`].
    ///
    /// # Errors
    ///
    /// Those of [`System::control`].
    pub fn control(&mut self, order: &Json) -> Result<(), String> {
        self.system.control(order)
    }
}

/// Answers one request of a client of the world's system.
pub fn respond(world: &mut World, request: &Request) -> Response {
    world.system.respond(request)
}
