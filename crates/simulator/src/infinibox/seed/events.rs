//! What happened before anybody looked: some events of more than a year ago, and many of the last weeks.

use super::DAY;
use crate::infinibox::array::Array;
use crate::infinibox::events::Event;
use crate::random::Random;
use crate::world::Settings;

/// How many events the last weeks had, and how many are left of longer ago.
const COUNT: (i64, i64) = (5_200, 300);
const PEOPLE: &[&str] = &["admin", "admin", "omar.haddad", "lucia.rossi", "pool-admin"];

pub(super) fn seed(array: &mut Array, _settings: &Settings) {
    let mut random = Random::new(0x000e_7e47);
    let now = array.now();
    let pools: Vec<(i64, String)> = array.pools.values().map(|pool| (pool.id, pool.name.clone())).collect();
    let hosts: Vec<(i64, String)> = array.hosts.values().map(|host| (host.id, host.name.clone())).collect();
    let (recent, old) = COUNT;
    for index in 0..old {
        let time = now - 420 * DAY + index * (60 * DAY / old);
        write(array, time, &pools, &hosts, &mut random);
    }
    for index in 0..recent {
        let time = now - 56 * DAY + index * (56 * DAY / recent) + random.between(0, 60_000);
        write(array, time, &pools, &hosts, &mut random);
    }
}

fn write(
    array: &mut Array,
    time: i64,
    pools: &[(i64, String)],
    hosts: &[(i64, String)],
    random: &mut Random,
) {
    let nowhere = (0, String::new());
    let some = |list: &[(i64, String)], random: &mut Random| {
        let index = usize::try_from(random.below(list.len() as u64)).unwrap_or(0);
        list.get(index).cloned().unwrap_or_else(|| nowhere.clone())
    };
    let person = random.pick(PEOPLE, "admin");
    let (event, username) = match random.below(100) {
        0..40 => {
            let event =
                Event::info("USER_LOGIN_SUCCESS", "User {username} signed in").text("username", person);
            (event, person)
        }
        40..45 => {
            let event = Event::info("USER_LOGIN_FAILURE", "Somebody failed to sign in as {username}");
            (event.level("WARNING").text("username", person), "")
        }
        45..65 => {
            let (id, name) = some(hosts, random);
            let event = Event::info("HOST_UPDATED", "Host {host_name} was changed: {fields}");
            (event.about(id).text("host_name", &name).text("fields", "min_expected_paths"), person)
        }
        65..75 => {
            let (id, name) = some(hosts, random);
            let event = Event::info("HOST_LOST_PATHS", "Host {host_name} lost {count} of its paths");
            let count = random.between(1, 6);
            (event.level("WARNING").about(id).text("host_name", &name).number("count", count), "")
        }
        75..85 => {
            let (id, name) = some(pools, random);
            let event =
                Event::info("POOL_PHYSICAL_CAPACITY_WARNING", "Pool {pool_name} is {percent} percent full");
            let percent = random.between(80, 89);
            (event.level("WARNING").about(id).text("pool_name", &name).number("percent", percent), "")
        }
        85..88 => {
            let (id, name) = some(pools, random);
            let event =
                Event::info("POOL_PHYSICAL_CAPACITY_CRITICAL", "Pool {pool_name} is {percent} percent full");
            let percent = random.between(90, 98);
            (event.level("CRITICAL").about(id).text("pool_name", &name).number("percent", percent), "")
        }
        88..92 => {
            let event = Event::info("DRIVE_FAILED", "Drive {drive} of enclosure {enclosure} failed");
            let (drive, enclosure) = (random.between(1, 60), random.between(1, 8));
            (event.level("ERROR").number("drive", drive).number("enclosure", enclosure), "")
        }
        _ => {
            let mut event = Event::info("ECOSYSTEM_TOOLS_HEARTBEAT", "{event_desc}");
            event.visibility = "INFINIDAT";
            event.reporter = "EXTERNAL";
            (event.text("event_desc", "The host tools are alive"), "")
        }
    };
    array.events.record(event, username, time);
}
