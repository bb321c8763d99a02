//! A random walk through the kind.

use boxdeck_dialect::Failure;

use super::{certificate, open};
use crate::random::Walk;

/// What the system says of requests that no form should have let through. What its rules decide (passwords, groups, ages)
/// a form cannot know.
fn is_malformed(failure: &Failure) -> bool {
    let of_rules = ["it needs", "there is no group", "it is less than", "it is one of the last", "stays for"];
    let of_values = [
        "neither system nor a UUID",
        "no certificate in PEM or DER",
        "of the form ldap://",
        "to 36 characters",
    ];
    match failure.status {
        Some(400) => !of_rules.iter().chain(&of_values).any(|text| failure.message.contains(text)),
        Some(411 | 413 | 415 | 417 | 431 | 405) => true,
        _ => false,
    }
}

#[test]
fn no_request_is_malformed() {
    let (pem, der) = certificate("ldap.storage.example");
    let walk = Walk {
        open: || open("admin"),
        texts: &[
            "system",
            "walker-7",
            "Walkers",
            "a-Password-4711",
            "boxdeck-demo",
            "ldap://ldap-2.storage.example:389",
            "dc=storage,dc=example",
            "with space",
        ],
        files: vec![("root.pem", pem.into_bytes()), ("root.der", der), ("root.txt", b"none".to_vec())],
        is_malformed,
    };
    for seed in [1, 20, 300] {
        let tally = walk.run(seed, 120);
        println!("vss-block: random walk {seed}: {tally:?}");
        assert!(tally.done > 30, "{tally:?}");
    }
}
