//! Every documented operation of a kind, performed the way the console does it: what a form takes, the plan, the dialect,
//! and an HTTP request that the simulator answers, which shares no code with the console. After each change the world
//! itself is looked at.
//!
//! A kind is one module with one walk through its operations. [`Console::finish`] fails where an operation was left out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod console;
mod hyperstore;
mod ibm_backup;
mod ironic;
mod random;
mod vss_block;
mod wire;

use console::{Console, On};
