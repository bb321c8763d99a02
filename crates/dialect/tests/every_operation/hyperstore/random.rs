//! A random walk through the kind.

use boxdeck_dialect::Failure;

use super::open;
use crate::random::Walk;

/// What the service says of requests that no form should have let through. What it has, and what its rules decide, a form
/// cannot know.
fn is_malformed(failure: &Failure) -> bool {
    let of_rules = [
        "does not exist",
        "is not valid",
        "is in another region",
        "belongs to another user",
        "the month is not over",
        "is the same as the old one",
        "is not correct",
        "not in deleted state",
        "is being deleted",
        "default administrator",
        "for buckets with object lock only",
        "need each other",
        "at most 24 hours",
        "is after endTime",
        "has no versions",
        // It has the form, and nobody has that name.
        "Invalid parameter id",
        "password must have",
        "password needs a",
        "defaults of a region cannot be deleted",
        // An LDAP server, where the directory is to check passwords.
        "Missing required parameters : {ldapServerURL}",
        "Invalid IP address or CIDR",
        // What a name may be depends on the role.
        "Invalid user name",
        // Which values a rule compares with depends on what it watches.
        "Invalid condition for",
        "must end with the only pair whose first is 0",
    ];
    failure.status == Some(400) && !of_rules.iter().any(|text| failure.message.contains(text))
}

#[test]
fn no_request_is_malformed() {
    let walk = Walk {
        open,
        texts: &[
            "Engineering",
            "Engineering|*",
            "walker",
            "Walkers-7",
            "harbor",
            "inland",
            "Breakwater-9-lamp",
            "a+b/c=d&e*f|g:h",
            "with space",
            "202604",
            "20260527",
            "202605200000",
            "202605270000",
            "192.0.2.0/24",
            "123456",
        ],
        files: Vec::new(),
        is_malformed,
    };
    for seed in [1, 20, 300] {
        let tally = walk.run(seed, 300);
        println!("hyperstore: random walk {seed}: {tally:?}");
        assert!(tally.done > 100, "{tally:?}");
    }
}
