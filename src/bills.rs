//! A bill as a person reads one: who pays for what time, what was used at which price, and whether the sums are right.

mod bill;
mod doubts;
mod invoice;
mod steps;
mod wording;

pub use invoice::Invoice;
