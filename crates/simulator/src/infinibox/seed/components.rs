//! Three nodes, and eight enclosures of sixty drives, a few of which failed or wait.

use crate::infinibox::array::Array;
use crate::infinibox::components::drives::{Drive, SIZE};
use crate::infinibox::components::nodes::Node;
use crate::infinibox::components::{Phase, first_ports};
use crate::random::Random;
use crate::world::Settings;

pub(super) fn seed(array: &mut Array, _settings: &Settings) {
    let mut random = Random::new(0x000d_417e);
    for index in 1..=3 {
        array.components.nodes.push(Node {
            index,
            phase: Phase::steady("ACTIVE"),
            fc_ports: first_ports(index),
        });
    }
    let (enclosures, drives) = SIZE;
    for enclosure in 1..=enclosures {
        for index in 1..=drives {
            let (state, failure) = match (enclosure, index) {
                (2, 17) => ("FAILED", "Too many sectors were moved elsewhere"),
                (5, 44) => ("FAILED", "The drive does not answer"),
                (3 | 6, 60) | (8, 12) => ("READY", ""),
                _ => ("ACTIVE", ""),
            };
            array.components.drives.push(Drive {
                enclosure,
                index,
                phase: Phase::steady(state),
                failure,
                temperature: random.between(24, 38),
                power_on_hours: random.between(6_000, 34_000),
                reallocations: if failure.is_empty() { random.between(0, 3) } else { 612 },
            });
        }
    }
}
