//! A random walk through the kind.

use boxdeck_dialect::Failure;

use super::{KEY, open};
use crate::random::Walk;

/// What the service says of requests that no form should have let through: members that are missing, unknown or of another
/// type. What belongs to which environment, action or object a form cannot know in all cases.
fn is_malformed(failure: &Failure) -> bool {
    let shapes = ["is a forbidden property", "must be of type", "should be one of"];
    match failure.status {
        Some(400) => {
            shapes.iter().any(|shape| failure.message.contains(shape))
                || failure.message.trim_end_matches('.').ends_with("in body is required")
        }
        Some(405 | 411 | 413 | 415) => true,
        _ => failure.code.as_deref() == Some("KRouteNotFound"),
    }
}

#[test]
fn no_request_is_malformed() {
    let walk = Walk {
        open: || open(KEY),
        texts: &["walker", "walk-7", "files-01", "/srv/data", "plant-1", "with space", "1"],
        files: Vec::new(),
        is_malformed,
    };
    for seed in [4, 50, 600] {
        let tally = walk.run(seed, 150);
        println!("ibm-backup: random walk {seed}: {tally:?}");
        assert!(tally.done > 30, "{tally:?}");
    }
}
