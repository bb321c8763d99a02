//! The state that a system starts with: two regions, ten groups, so many users, and what they have stored.

use std::collections::{BTreeMap, BTreeSet};

use super::allowlist::Allowlist;
use super::audit::Audit;
use super::fault::Format;
use super::license::License;
use super::series::DAYS;
use super::store::{Features, Group, Password, Role, SYSTEM_GROUP, State, Store, User, hex};
use super::tiering::Tiering;
use super::time::DAY;
use crate::random::Random;
use crate::world::Settings;

mod accounts;
mod cluster;
mod plans;

/// The password of those who have one.
pub(super) const PASSWORD: &str = "Harbour-light-7";

/// The most users. A million of them, with their keys and buckets, would take gigabytes, and whoever asks for so many
/// records means the volumes of another kind.
const MAX_USERS: usize = 100_000;

/// A system with as many users as the settings say, up to [`MAX_USERS`].
pub(super) fn store(settings: &Settings) -> Store {
    let now = settings.clock.now();
    let mut random = Random::new(0x4c10_0d1a);
    let regions = cluster::regions();
    let region = regions.first().map_or("", |region| region.name);
    let mut store = Store {
        clock: settings.clock,
        started: now,
        format: Format::Html,
        features: Features { requests: true, bucket_statistics: true, bucket_counts: true },
        local_region: region,
        policies: cluster::policies(&mut random),
        regions,
        groups: BTreeMap::new(),
        users: BTreeMap::new(),
        names: BTreeMap::new(),
        credentials: BTreeMap::new(),
        buckets: BTreeMap::new(),
        deleting: Vec::new(),
        deleting_millis: 20_000,
        counted_users: 0,
        qos: BTreeMap::new(),
        plans: plans::plans(),
        assigned: BTreeMap::new(),
        bills: BTreeMap::new(),
        allowlist: Allowlist {
            list: vec!["192.0.2.17".to_owned(), "198.51.100.0/24".to_owned(), "2001:db8::5".to_owned()],
            name: "Default Allowlist".to_owned(),
            plan: "Whitelist-RP".to_owned(),
            since: vec![(now - DAYS * DAY, true)],
        },
        tiering: Tiering::default(),
        public_urls: BTreeMap::new(),
        events: cluster::events(now, &mut random),
        rules: Vec::new(),
        devices: Vec::new(),
        jobs: BTreeMap::new(),
        license: License {
            issued: now - 400 * DAY,
            expiration: now + 330 * DAY,
            max_net: 4096,
            max_tiered: -1,
            object_lock: "COMPATIBLE",
            environment: None,
        },
        audit: Audit::default(),
        erased: Vec::new(),
        snapshots: BTreeSet::new(),
        random,
    };
    store.rules = cluster::rules(&store.regions);
    administrators(&mut store);
    accounts::fill(&mut store, settings.records.min(MAX_USERS), now);
    plans::assign(&mut store);
    // The quick count of users is a little wrong, until somebody has it repaired.
    store.counted_users = i64::try_from(store.names.len()).unwrap_or(0) - 2;
    store.audit = Audit::take(&store);
    store
}

/// The group of administrators with the account that can't be deleted, and one that can.
fn administrators(store: &mut Store) {
    store.groups.insert(SYSTEM_GROUP.to_owned(), Group::named(SYSTEM_GROUP, "System Admin"));
    for (id, name) in [("admin", "System Administrator"), ("night_shift", "Night Shift")] {
        let canonical = hex(&mut store.random, 32);
        let mut user = User::named(id, SYSTEM_GROUP, canonical, Role::SystemAdmin);
        user.texts.insert("fullName", name.to_owned());
        user.password = Some(Password { text: PASSWORD.to_owned(), expired: false });
        store.insert_user(user);
    }
}

impl Store {
    /// Adds a user who has no namesake.
    pub(super) fn insert_user(&mut self, user: User) {
        if user.state != State::Deleted {
            self.names.insert((user.group.clone(), user.id.clone()), user.canonical.clone());
        }
        self.users.insert(user.canonical.clone(), user);
    }
}
