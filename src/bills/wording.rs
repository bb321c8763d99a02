//! The lines of a bill in words.

use words::bill as say;

use super::bill::Kind;
use super::doubts::{Doubt, Of};
use super::steps::Step;
use crate::format::amount;
use crate::format::money::{money, price};

/// How many requests have one price.
const REQUESTS: f64 = 10_000.0;

/// What an item is for.
pub fn name(kind: &Kind) -> String {
    match kind {
        Kind::Storage => say::storage().to_owned(),
        Kind::In => say::data_in().to_owned(),
        Kind::Out => say::data_out().to_owned(),
        Kind::Reads => say::reads().to_owned(),
        Kind::Writes => say::writes().to_owned(),
        Kind::Deletions => say::deletions().to_owned(),
        Kind::Other(code) => code.clone(),
    }
}

/// A quantity with its unit.
pub fn quantity(kind: &Kind, units: f64) -> String {
    match kind {
        // As it is shown, not as it is.
        Kind::Storage if decimal(units) == "1" => say::gib_month(decimal(units)),
        Kind::Storage => say::gib_months(decimal(units)),
        Kind::In | Kind::Out => format!("{}\u{a0}GiB", decimal(units)),
        Kind::Reads | Kind::Writes | Kind::Deletions => say::requests(decimal((units * REQUESTS).round())),
        Kind::Other(_) => decimal(units),
    }
}

/// The price of a unit.
pub fn rate(kind: &Kind, step: Step, currency: &str) -> String {
    let price = price(step.price, currency);
    match kind {
        _ if step.price == 0.0 => say::free().to_owned(),
        Kind::Storage => say::per_gib_month(price),
        Kind::In | Kind::Out => say::per_gib(price),
        Kind::Reads | Kind::Writes | Kind::Deletions => say::per_requests(price, decimal(REQUESTS)),
        Kind::Other(_) => price,
    }
}

/// For what part of the quantity a step holds.
pub fn step(kind: &Kind, index: usize, step: Step) -> String {
    match (step.size, index) {
        (Some(size), 0) => say::first(quantity(kind, size)),
        (Some(size), _) => say::next(quantity(kind, size)),
        (None, 0) => say::all().to_owned(),
        (None, _) => say::rest().to_owned(),
    }
}

/// A sum that is not right.
pub fn doubt(doubt: &Doubt) -> String {
    let (sum, told) = (money(doubt.sum, &doubt.currency), money(doubt.told, &doubt.currency));
    match &doubt.of {
        Of::Steps(region, kind) => say::steps_differ(region, name(kind), sum, told),
        Of::Items(region) => say::items_differ(region, sum, told),
        Of::Regions => say::regions_differ(sum, told),
    }
}

/// A number with at most two decimals.
fn decimal(number: f64) -> String {
    let text = format!("{number:.2}");
    amount::grouped(text.trim_end_matches('0').trim_end_matches('.'))
}
