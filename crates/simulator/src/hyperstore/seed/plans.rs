//! Rating plans, limits, and keys of other systems.

use std::collections::BTreeMap;

use crate::hyperstore::rating::{Plan, Tier};
use crate::hyperstore::store::Store;

/// The tiers of the six things that can be charged for.
type Prices = [&'static [(&'static str, &'static str)]; 6];

const FREE: &[(&str, &str)] = &[("0", "0")];
/// In, out, reads, writes, deletions, storage.
const PLANS: &[(&str, &str, &str, Prices)] = &[
    (
        "Default-RP",
        "Default Rating Plan",
        "USD",
        [
            &[("1", "0.20"), ("0", "0.10")],
            &[("1", "0.20"), ("0", "0.10")],
            &[("10", "0.02"), ("0", "0.01")],
            &[("0", "0.02")],
            &[("0", "0")],
            &[("1", "0.14"), ("5", "0.12"), ("0", "0.10")],
        ],
    ),
    ("Whitelist-RP", "Whitelist Rating Plan", "USD", [FREE, FREE, FREE, FREE, FREE, FREE]),
    (
        "Cold storage",
        "Cold storage, dear to read",
        "EUR",
        [FREE, &[("0", "0.35")], &[("0", "0.06")], &[("0", "0.05")], FREE, &[("100", "0.03"), ("0", "0.02")]],
    ),
    ("Flat", "Storage only", "EUR", [FREE, FREE, FREE, FREE, FREE, &[("0", "0.09")]]),
];

pub(super) fn plans() -> BTreeMap<String, Plan> {
    PLANS
        .iter()
        .map(|(id, name, currency, prices)| {
            let rules = prices.map(|tiers| {
                let tier = |(size, price): &(&str, &str)| Tier {
                    size: (*size).to_owned(),
                    price: (*price).to_owned(),
                };
                tiers.iter().map(tier).collect()
            });
            let plan = Plan {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
                currency: (*currency).to_owned(),
                rules: Some(rules),
            };
            ((*id).to_owned(), plan)
        })
        .collect()
}

/// Gives some groups and users plans and limits, and some buckets keys of other systems.
pub(super) fn assign(store: &mut Store) {
    let region = store.default_region();
    for (group, plan) in [("Archive", "Cold storage"), ("Design", "Flat"), ("Engineering", "Default-RP")] {
        store.assigned.insert((group.to_owned(), "*".to_owned(), region), plan.to_owned());
    }
    let tib = 1 << 30;
    for (user, group, quota, rate) in [
        ("ALL", "*", 20 * tib, 6000),
        ("*", "ALL", 800 * tib, -1),
        ("*", "media_house", 2000 * tib, 90_000),
        ("ALL", "Interns", tib, 600),
    ] {
        let limits = [quota / 10 * 9, quota, -1, -1, -1, rate, -1, -1, -1, -1];
        store.qos.insert((user.to_owned(), group.to_owned(), region), limits);
    }
    let first: Vec<String> = store.members("Engineering", "").take(3).map(|user| user.id.clone()).collect();
    for user in &first {
        let key = ("Engineering".to_owned(), user.clone(), region);
        store.assigned.insert(key, "Flat".to_owned());
        let limits = [40 * tib, 50 * tib, 900_000, 1_000_000, -1, 12_000, -1, -1, -1, 4 << 20];
        store.qos.insert((user.clone(), "Engineering".to_owned(), region), limits);
    }
    let mut pair = |name: &str| (name.to_owned(), super::hex(&mut store.random, 40));
    store.tiering.system = Some(pair("tiering-default"));
    let buckets: Vec<String> = store.buckets.keys().take(3).cloned().collect();
    for (place, bucket) in buckets.into_iter().enumerate() {
        match place {
            0 => store.tiering.s3.insert(bucket, pair("tiering-archive")),
            1 => store.tiering.azure.insert(bucket, pair("harbourarchive")),
            _ => store.tiering.spectra.insert(bucket, pair("tape-library")),
        };
    }
}
