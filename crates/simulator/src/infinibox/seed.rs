//! The first state of a box: the same every time for the same settings.

use super::array::Array;
use crate::world::Settings;

mod access;
mod certificates;
mod components;
mod events;
mod filesystems;
mod hosts;
mod qos;
mod users;
mod volumes;

/// Fills the array, in this order. A new entity that starts with records is one more entry.
pub(crate) const SEEDS: &[fn(&mut Array, &Settings)] = &[
    volumes::seed,
    hosts::seed,
    users::seed,
    |array, _settings| access::seed(array),
    certificates::seed,
    filesystems::seed,
    qos::seed,
    components::seed,
    events::seed,
];

/// A day in milliseconds.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;
