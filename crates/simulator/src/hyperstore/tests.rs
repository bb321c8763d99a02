//! What the documents say, asked of the simulated system.

mod accounts;
mod buckets;
mod charges;
mod devices;
mod facts;
mod nodes;
mod protocol;
mod reports;
mod settings;
