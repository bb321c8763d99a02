//! A bill as a person reads one: who pays for what time, what was used at which price, and whether the sums are right.

mod bill;
mod doubts;
mod invoice;
mod prices;
mod steps;
mod wording;

pub use invoice::Invoice;
pub use prices::meaning;
