//! The state of one system.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::allowlist::Allowlist;
use super::audit::Audit;
use super::bucketops::Job;
use super::fault::{Fault, Format};
use super::license::License;
use super::mfa::Device;
use super::monitor::{Event, Region, Rule};
use super::policies::Policy;
use super::public_urls::PublicUrl;
use super::qos::Limits;
use super::rating::Plan;
use super::series::Change;
use super::tiering::Tiering;
use super::time::Granularity;
use super::upkeep::Erased;
use crate::clock::Clock;
use crate::random::Random;

/// The group of the system's administrators.
pub(super) const SYSTEM_GROUP: &str = "0";

/// What an installation has to switch on before it counts anything. The documents have all of it off by default; the
/// simulated system has it on, so that there is something to see, and `control` switches it off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Features {
    /// Requests and transfers of users and groups: HG, HP and HD.
    pub(super) requests: bool,
    /// The statistics of single buckets.
    pub(super) bucket_statistics: bool,
    /// The counts of single buckets.
    pub(super) bucket_counts: bool,
}

/// The state.
pub(super) struct Store {
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// When the system was put into its first state; the usage before it is made up by rule.
    pub(super) started: i64,
    pub(super) format: Format,
    pub(super) features: Features,
    /// The first is the default one.
    pub(super) regions: Vec<Region>,
    /// The region of the service that answers.
    pub(super) local_region: &'static str,
    pub(super) groups: BTreeMap<String, Group>,
    /// By canonical id.
    pub(super) users: BTreeMap<String, User>,
    /// The canonical ids by group and user, of everybody who isn't deleted.
    pub(super) names: BTreeMap<(String, String), String>,
    /// By access key.
    pub(super) credentials: BTreeMap<String, Credential>,
    /// By name.
    pub(super) buckets: BTreeMap<String, Bucket>,
    /// The canonical ids of the users who are on the way to be deleted.
    pub(super) deleting: Vec<String>,
    /// How long that takes, in milliseconds.
    pub(super) deleting_millis: i64,
    /// How many users the quick store believes in.
    pub(super) counted_users: i64,
    pub(super) qos: BTreeMap<(String, String, &'static str), Limits>,
    pub(super) plans: BTreeMap<String, Plan>,
    /// The plans of groups and users by group, user (`*` for the group itself) and region.
    pub(super) assigned: BTreeMap<(String, String, &'static str), String>,
    /// The bills that were made, by whom they are for and the month's beginning.
    pub(super) bills: BTreeMap<(String, i64), Json>,
    pub(super) allowlist: Allowlist,
    pub(super) policies: Vec<Policy>,
    pub(super) tiering: Tiering,
    pub(super) public_urls: BTreeMap<(String, String), PublicUrl>,
    pub(super) events: Vec<Event>,
    /// By region, in the order in which they were made.
    pub(super) rules: Vec<Rule>,
    pub(super) devices: Vec<Device>,
    /// By bucket.
    pub(super) jobs: BTreeMap<String, Job>,
    pub(super) license: License,
    pub(super) audit: Audit,
    /// The usage data that was deleted.
    pub(super) erased: Vec<Erased>,
    /// When somebody asked for a snapshot of what is stored.
    pub(super) snapshots: BTreeSet<i64>,
}

/// A group of users.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) ldap: bool,
    /// The text fields that aren't empty.
    pub(super) texts: BTreeMap<&'static str, String>,
    /// The endpoints of the three sorts.
    pub(super) endpoints: [Vec<String>; 3],
    /// How far the group's counters are from the truth, in bytes and objects.
    pub(super) drift: (i64, i64),
}

/// What a user may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    User,
    GroupAdmin,
    SystemAdmin,
}

impl Role {
    pub(super) const NAMES: &'static [&'static str] = &["User", "GroupAdmin", "SystemAdmin"];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::GroupAdmin => "GroupAdmin",
            Self::SystemAdmin => "SystemAdmin",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::User, Self::GroupAdmin, Self::SystemAdmin].into_iter().find(|role| role.name() == name)
    }
}

/// Where a user is between creation and the end of their profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Active,
    Inactive,
    /// Until this time, in milliseconds since 1970.
    Deleting(i64),
    Deleted,
}

/// An account.
#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) canonical: String,
    pub(super) role: Role,
    pub(super) state: State,
    pub(super) ldap: bool,
    /// The text fields that aren't empty.
    pub(super) texts: BTreeMap<&'static str, String>,
    pub(super) password: Option<Password>,
    /// Wrong passwords since the last right one.
    pub(super) failures: u32,
    /// Signing in is locked until this time, in milliseconds since 1970.
    pub(super) locked_until: i64,
    /// The users that the account made for itself by another API.
    pub(super) iam_users: Vec<String>,
    pub(super) buckets: Vec<String>,
    /// How far the user's counters are from the truth, in bytes and objects.
    pub(super) drift: (i64, i64),
}

/// The password of the console of the vendor.
#[derive(Debug, Clone)]
pub(super) struct Password {
    pub(super) text: String,
    pub(super) expired: bool,
}

/// A pair of keys for S3.
#[derive(Debug, Clone)]
pub(super) struct Credential {
    pub(super) secret: String,
    pub(super) active: bool,
    pub(super) created: i64,
    /// The canonical id of the account.
    pub(super) owner: String,
    pub(super) iam_user: Option<String>,
}

/// A bucket. This API makes none; it counts, tags, tiers and empties them.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    pub(super) owner: String,
    pub(super) region: &'static str,
    /// The id of its storage policy.
    pub(super) policy: String,
    pub(super) created: i64,
    pub(super) canonical: Option<String>,
    pub(super) versioned: bool,
    pub(super) locked: bool,
    pub(super) tags: BTreeMap<String, String>,
    /// What came in and went, in the order of time.
    pub(super) changes: Vec<Change>,
    /// The bytes that live in another system.
    pub(super) tiered: i64,
    /// When its contents were counted: time, bytes and objects.
    pub(super) counts: Vec<(i64, i64, i64)>,
    /// How often it was emptied.
    pub(super) purges: u32,
}

impl Bucket {
    /// The bytes and objects in it.
    pub(super) fn held(&self) -> (i64, i64) {
        self.changes
            .iter()
            .fold((0, 0), |(bytes, objects), change| (bytes + change.bytes, objects + change.objects))
    }

    /// Takes everything out.
    pub(super) fn empty(&mut self, now: i64) {
        let (bytes, objects) = self.held();
        self.changes.push(Change { at: now, bytes: -bytes, objects: -objects });
        self.tiered = 0;
    }
}

impl Store {
    /// The region of that name; the default one without a name.
    ///
    /// # Errors
    ///
    /// 400 if there is none.
    pub(super) fn region_named(&self, name: Option<&str>) -> Result<&'static str, Fault> {
        match name {
            None => Ok(self.default_region()),
            Some(name) => self
                .regions
                .iter()
                .find(|region| region.name == name)
                .map(|region| region.name)
                .ok_or_else(|| Fault::region(name)),
        }
    }

    /// The region whose service answers to everything.
    pub(super) fn default_region(&self) -> &'static str {
        self.regions.first().map_or("", |region| region.name)
    }

    /// The canonical id of a user who isn't deleted.
    pub(super) fn canonical(&self, group: &str, user: &str) -> Option<&str> {
        self.names.get(&(group.to_owned(), user.to_owned())).map(String::as_str)
    }

    /// The users of a group who aren't deleted, from this id on, in the order of the bytes of their ids.
    pub(super) fn members<'s>(&'s self, group: &'s str, from: &str) -> impl Iterator<Item = &'s User> {
        self.names
            .range((group.to_owned(), from.to_owned())..)
            .take_while(move |((of, _), _)| of == group)
            .filter_map(|(_, canonical)| self.users.get(canonical))
    }

    /// The bucket of that name if it exists, with its name.
    pub(super) fn buckets_of<'s>(&'s self, user: &'s User) -> impl Iterator<Item = (&'s str, &'s Bucket)> {
        user.buckets.iter().filter_map(|name| self.buckets.get(name).map(|bucket| (name.as_str(), bucket)))
    }

    /// Whether the user can sign in and use S3.
    pub(super) fn is_active(&self, user: &User) -> bool {
        user.state == State::Active && self.groups.get(&user.group).is_some_and(|group| group.active)
    }

    /// A hexadecimal number of so many digits that nothing has yet.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        hex(&mut self.random, digits)
    }

    /// A UUID that nothing has yet.
    pub(super) fn uuid(&mut self) -> String {
        let mut text = self.hex(32);
        for place in [20, 16, 12, 8] {
            text.insert(place, '-');
        }
        text
    }

    /// Carries out what was only waiting for its time.
    pub(super) fn settle(&mut self) {
        let now = self.clock.now();
        let (gone, going) = std::mem::take(&mut self.deleting).into_iter().partition(|canonical| {
            let state = self.users.get(canonical).map(|user| user.state);
            !matches!(state, Some(State::Deleting(until)) if until > now)
        });
        self.deleting = going;
        let gone: Vec<String> = gone;
        for canonical in gone {
            self.finish_deletion(&canonical, now);
        }
        self.events
            .retain(|event| event.acknowledged.is_none_or(|at| now < at + super::monitor::events::KEPT));
        self.jobs.retain(|_, job| now < job.ends());
        if Granularity::Hour.floor(now) > self.audit.timestamp {
            self.audit = Audit::take(self);
        }
    }

    /// The last step of a deletion: the account's keys, buckets and name are free, its profile stays.
    fn finish_deletion(&mut self, canonical: &str, now: i64) {
        let Some(user) = self.users.get_mut(canonical) else { return };
        user.state = State::Deleted;
        user.password = None;
        let key = (user.group.clone(), user.id.clone());
        let buckets = user.buckets.clone();
        self.names.remove(&key);
        self.credentials.retain(|_, credential| credential.owner != canonical);
        self.devices.retain(|device| device.owner != canonical);
        for name in buckets {
            if let Some(bucket) = self.buckets.get_mut(&name) {
                bucket.empty(now);
            }
        }
    }
}

/// A hexadecimal number of so many digits.
pub(super) fn hex(random: &mut Random, digits: usize) -> String {
    let mut text = String::with_capacity(digits + 16);
    while text.len() < digits {
        text.push_str(&format!("{:016x}", random.next()));
    }
    text.truncate(digits);
    text
}
