//! Groups, users, their keys and their buckets.

use std::collections::BTreeMap;

use super::PASSWORD;
use crate::hyperstore::mfa::Device;
use crate::hyperstore::series::Change;
use crate::hyperstore::store::{Bucket, Credential, Group, Password, Role, State, Store, User, hex};
use crate::hyperstore::time::{DAY, HOUR, MINUTE};
use crate::random::Random;

/// The groups with how many of a hundred users are in them.
const GROUPS: &[(&str, &str, usize)] = &[
    ("Archive", "Archive and records", 6),
    ("Design", "Product design", 12),
    ("Engineering", "Engineering", 30),
    ("Finance", "Finance and controlling", 8),
    ("Interns", "Interns of the next season", 0),
    ("QA", "Quality assurance", 14),
    ("backup-jobs", "Machines that back up", 9),
    ("media_house", "Film and sound", 17),
    ("old-site", "The site that was closed", 4),
];
/// The group that has been switched off.
const INACTIVE: &str = "old-site";
/// The group that signs in elsewhere.
const LDAP: &str = "Finance";

const FIRST: &[&str] = &[
    "ada", "ben", "carla", "dmitri", "elif", "femi", "greta", "hugo", "ines", "jonas", "kim", "lena", "milo",
    "nora", "omar", "petra", "quinn", "rosa", "sven", "tara", "ugo", "vera", "wim", "yara", "zoe",
];
const LAST: &[&str] = &[
    "abbott", "berger", "costa", "duval", "ekman", "fischer", "garcia", "haas", "ivanov", "jansen", "keller",
    "lopez", "moreau", "novak", "olsen", "price", "rossi", "silva", "tanaka", "weber",
];
const CITIES: &[(&str, &str)] =
    &[("Bremen", "Germany"), ("Porto", "Portugal"), ("Bergen", "Norway"), ("Gdansk", "Poland")];
const THINGS: &[&str] =
    &["logs", "images", "builds", "reports", "backup", "scans", "exports", "raw", "models"];
const PROJECTS: &[&str] = &["lighthouse", "breakwater", "tide", "mooring"];

/// Adds the groups and that many users.
pub(super) fn fill(store: &mut Store, users: usize, now: i64) {
    // Draws of its own, so that other seeds don't shift when there are more users.
    let mut random = Random::new(0x0b0e_7001);
    let mut number = 0;
    let mut left = users;
    for (place, (id, name, share)) in GROUPS.iter().enumerate() {
        let mut group = Group::named(id, name);
        group.active = *id != INACTIVE;
        if *id == LDAP {
            group.ldap = true;
            for (field, value) in [
                ("ldapServerURL", "ldaps://directory.example:636"),
                ("ldapUserDNTemplate", "uid={userId},ou=people,dc=directory,dc=example"),
            ] {
                group.texts.insert(field, value.to_owned());
            }
        }
        store.groups.insert((*id).to_owned(), group);
        let is_last = place + 1 == GROUPS.len();
        let count = if is_last { left } else { (users * share / 100).min(left) };
        left -= count;
        let mut drift = (0, 0);
        for of_group in 0..count {
            let user = user(&mut random, id, number, of_group, now);
            drift = (drift.0 + user.drift.0, drift.1 + user.drift.1);
            possessions(store, &mut random, user, number, now);
            number += 1;
        }
        if let Some(group) = store.groups.get_mut(*id) {
            group.drift = drift;
        }
    }
}

/// One user; the first of every group is its administrator.
fn user(random: &mut Random, group: &str, number: usize, of_group: usize, now: i64) -> User {
    let (first, last) = (random.pick(FIRST, "ada"), random.pick(LAST, "abbott"));
    let id = format!("{first}.{last}{number:04}");
    let role = if of_group == 0 { Role::GroupAdmin } else { Role::User };
    let mut user = User::named(&id, group, hex(random, 32), role);
    let capital = |name: &str| {
        let (head, tail) = name.split_at(1);
        format!("{}{tail}", head.to_ascii_uppercase())
    };
    user.texts.insert("fullName", format!("{} {}", capital(first), capital(last)));
    user.texts.insert("emailAddr", format!("{id}@harbour.example"));
    if random.percent(20) {
        let (city, country) = random.pick(CITIES, ("Bremen", "Germany"));
        user.texts.insert("city", city.to_owned());
        user.texts.insert("country", country.to_owned());
    }
    user.ldap = group == LDAP;
    if role == Role::GroupAdmin || random.percent(30) {
        user.password = Some(Password { text: PASSWORD.to_owned(), expired: of_group % 40 == 7 });
    }
    if role == Role::User {
        match number % 100 {
            13 | 37 | 71 => user.state = State::Inactive,
            59 => user.state = State::Deleted,
            83 => user.locked_until = now + 25 * MINUTE,
            _ => {}
        }
    }
    if user.state != State::Deleted && number % 45 == 11 {
        user.drift = (random.between(-900_000, 4_000_000), random.between(-40, 90));
    }
    user
}

/// A user's keys, buckets and second factor.
fn possessions(store: &mut Store, random: &mut Random, mut user: User, number: usize, now: i64) {
    if user.state == State::Deleted {
        store.insert_user(user);
        return;
    }
    let born = now - random.between(100, 900) * DAY;
    let count = match random.below(100) {
        0..40 => 0,
        40..76 => 1,
        76..94 => 2,
        _ => 4,
    };
    for place in 0..count {
        let thing = random.pick(THINGS, "logs");
        let name = format!(
            "{}.{thing}-{number}{}",
            user.group.to_ascii_lowercase().replace('_', "-"),
            ["", "b", "c", "d"].get(place).copied().unwrap_or_default()
        );
        let bucket = bucket(store, random, &user, number * 4 + place, born, now);
        user.buckets.push(name.clone());
        store.buckets.insert(name, bucket);
    }
    if count > 1 && number.is_multiple_of(9) {
        user.iam_users = vec!["build-robot".to_owned(), "reader".to_owned()];
    }
    let keys = if random.percent(70) { 1 + usize::from(number.is_multiple_of(6)) } else { 0 };
    for place in 0..keys {
        let pair = Credential {
            secret: hex(random, 40),
            active: place == 0 || !number.is_multiple_of(12),
            created: born + random.between(0, 80) * DAY,
            owner: user.canonical.clone(),
            iam_user: None,
        };
        store.credentials.insert(hex(random, 20), pair);
    }
    if let Some(name) = user.iam_users.first() {
        let pair = Credential {
            secret: hex(random, 40),
            active: true,
            created: born + 90 * DAY,
            owner: user.canonical.clone(),
            iam_user: Some(name.clone()),
        };
        store.credentials.insert(hex(random, 20), pair);
    }
    if user.role == Role::GroupAdmin && user.group != LDAP {
        store.devices.push(Device {
            serial: format!("arn:aws:iam::{}:mfa/telephone", user.canonical),
            owner: user.canonical.clone(),
            secret: (0..20).map(|_| (random.next() & 0xff) as u8).collect(),
            enabled: Some(now - 40 * DAY),
            skew: 0,
        });
    }
    store.insert_user(user);
}

/// A bucket that was made after its owner, and filled in steps.
fn bucket(store: &Store, random: &mut Random, user: &User, number: usize, born: i64, now: i64) -> Bucket {
    let inland = random.percent(15);
    let region = store.regions.get(usize::from(inland)).map_or("", |region| region.name);
    let policies: Vec<_> =
        store.policies.iter().filter(|policy| policy.region == region && policy.state == "active").collect();
    let pick = usize::try_from(random.below(policies.len() as u64)).unwrap_or(0);
    let policy = policies.get(pick).map(|policy| policy.id.clone()).unwrap_or_default();
    let created = born + random.between(1, 90 * 24) * HOUR;
    let steps = random.between(1, 4);
    let changes = (0..steps)
        .map(|step| {
            let objects = random.between(40, 60_000);
            let at = created + (now - created) / steps * step;
            Change { at, objects, bytes: objects * random.between(30_000, 900_000) }
        })
        .collect();
    let tags = if number.is_multiple_of(5) {
        BTreeMap::from([
            ("project".to_owned(), random.pick(PROJECTS, "tide").to_owned()),
            ("contact".to_owned(), user.id.clone()),
        ])
    } else {
        BTreeMap::new()
    };
    let canonical = hex(random, 32);
    Bucket {
        owner: user.canonical.clone(),
        region,
        policy,
        created,
        canonical: (!number.is_multiple_of(6)).then_some(canonical),
        versioned: number.is_multiple_of(3),
        locked: number % 48 == 16,
        tags,
        changes,
        tiered: if user.group == "Archive" { random.between(1, 400) << 30 } else { 0 },
        counts: Vec::new(),
        purges: 0,
    }
}
