//! The state of one InfiniBox.

use super::background::Background;
use super::certificates::Certificates;
use super::cgs::Group;
use super::clusters::Cluster;
use super::components::Components;
use super::dataset::Dataset;
use super::domain::Domain;
use super::entity::Table;
use super::events::EventLog;
use super::exports::Export;
use super::external_services::{self, Service};
use super::fc_switches::FcSwitch;
use super::filesystems::Filesystem;
use super::hosts::Host;
use super::identity_providers::IdentityProvider;
use super::initiators::Initiator;
use super::kms::Kms;
use super::mappings::Mappings;
use super::policies::SnapshotPolicy;
use super::policies::schedules::Schedule;
use super::pools::Pool;
use super::qos::Qos;
use super::repositories::Repository;
use super::seed;
use super::sessions::Sessions;
use super::system::Eula;
use super::treeqs::TreeQ;
use super::users::groups::UserGroup;
use super::users::{self, User};
use super::volumes::Volume;
use crate::clock::Clock;
use crate::world::Settings;

/// The first id that the box gives to a record.
const FIRST_ID: i64 = 1000;

/// The system's serial number.
pub(crate) const SERIAL_NUMBER: i64 = 18_042;

/// The state.
pub(crate) struct Array {
    pub(crate) clock: Clock,
    /// What the administrators call the system.
    pub(crate) name: String,
    pub(crate) serial_number: i64,
    /// `ACTIVE`, `STANDBY` and so on.
    pub(crate) state: &'static str,
    /// Until then the box answers 307; milliseconds since 1970.
    pub(crate) reconfiguring_until: i64,
    /// Until then somebody works on the power supply; milliseconds since 1970.
    pub(crate) maintenance_until: i64,
    /// Until then support may sign in over SSH; milliseconds since 1970.
    pub(crate) ssh_open_until: i64,
    pub(crate) eula: Eula,
    /// What everybody reads who signs in.
    pub(crate) motd: String,
    /// Bytes that the drives hold.
    pub(crate) total_physical_capacity: i64,
    /// Bytes that may be promised to pools.
    pub(crate) total_virtual_capacity: i64,
    pub(crate) users: Table<User>,
    pub(crate) user_groups: Table<UserGroup>,
    pub(crate) repositories: Table<Repository>,
    pub(crate) identity_providers: Table<IdentityProvider>,
    /// The Active Directory domain that the box has joined.
    pub(crate) domain: Option<Domain>,
    pub(crate) kms: Kms,
    pub(crate) services: [Service; 2],
    pub(crate) fc_switches: Table<FcSwitch>,
    pub(crate) certificates: Certificates,
    pub(crate) sessions: Sessions,
    pub(crate) components: Components,
    pub(crate) events: EventLog,
    pub(crate) background: Background,
    pub(crate) pools: Table<Pool>,
    pub(crate) volumes: Table<Volume>,
    pub(crate) filesystems: Table<Filesystem>,
    pub(crate) exports: Table<Export>,
    pub(crate) treeqs: Table<TreeQ>,
    pub(crate) cgs: Table<Group>,
    pub(crate) snapshot_policies: Table<SnapshotPolicy>,
    pub(crate) schedules: Table<Schedule>,
    pub(crate) qos: Qos,
    pub(crate) hosts: Table<Host>,
    pub(crate) clusters: Table<Cluster>,
    pub(crate) mappings: Mappings,
    /// The ports that the box sees on its networks.
    pub(crate) initiators: Vec<Initiator>,
    last_id: i64,
}

impl Array {
    /// A box in its first state.
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut array = Self {
            clock: settings.clock,
            name: "box-north".to_owned(),
            serial_number: SERIAL_NUMBER,
            state: "ACTIVE",
            reconfiguring_until: 0,
            maintenance_until: 0,
            ssh_open_until: 0,
            eula: Eula::default(),
            motd: "This system is simulated: nothing that you do here reaches a real one.".to_owned(),
            total_physical_capacity: 9_007_199_255_003_136,
            total_virtual_capacity: 22_517_998_137_507_840,
            users: users::first_users(settings),
            user_groups: Table::new(),
            repositories: Table::new(),
            identity_providers: Table::new(),
            domain: None,
            kms: Kms::default(),
            services: external_services::first(),
            fc_switches: Table::new(),
            certificates: Certificates::default(),
            sessions: Sessions::default(),
            components: Components::default(),
            events: EventLog::default(),
            background: Background::default(),
            pools: Table::new(),
            volumes: Table::new(),
            filesystems: Table::new(),
            exports: Table::new(),
            treeqs: Table::new(),
            cgs: Table::new(),
            snapshot_policies: Table::new(),
            schedules: Table::new(),
            qos: Qos::default(),
            hosts: Table::new(),
            clusters: Table::new(),
            mappings: Mappings::default(),
            initiators: Vec::new(),
            last_id: FIRST_ID - 1,
        };
        for seed in seed::SEEDS {
            seed(&mut array, settings);
        }
        array
    }

    /// The time in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// An id that no record has had.
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Every dataset, internal ones included.
    pub(crate) fn datasets(&self) -> impl Iterator<Item = &Dataset> {
        let filesystems = self.filesystems.values().map(|filesystem| &filesystem.dataset);
        self.volumes.values().map(|volume| &volume.dataset).chain(filesystems)
    }

    /// The dataset of that id.
    pub(crate) fn dataset(&self, id: i64) -> Option<&Dataset> {
        match self.volumes.get(&id) {
            Some(volume) => Some(&volume.dataset),
            None => self.filesystems.get(&id).map(|filesystem| &filesystem.dataset),
        }
    }

    /// The dataset of that id, to be changed.
    pub(crate) fn dataset_mut(&mut self, id: i64) -> Option<&mut Dataset> {
        match self.volumes.get_mut(&id) {
            Some(volume) => Some(&mut volume.dataset),
            None => self.filesystems.get_mut(&id).map(|filesystem| &mut filesystem.dataset),
        }
    }

    /// Takes the dataset of that id away.
    pub(crate) fn remove_dataset(&mut self, id: i64) -> Option<Dataset> {
        self.qos.assignments.retain(|_, assignment| assignment.entity_id != id);
        match self.volumes.remove(&id) {
            Some(volume) => Some(volume.dataset),
            None => self.filesystems.remove(&id).map(|filesystem| filesystem.dataset),
        }
    }
}
