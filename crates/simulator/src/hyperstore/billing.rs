//! Bills of whole months, worked out from the hourly usage.

use serde_json::{Map, Value as Json, json};

use super::call::Call;
use super::fault::Fault;
use super::rating::{CHARGED, Plan, Tier, compact, of_group, of_user};
use super::route::Route;
use super::series::{Measure, Point, Series};
use super::store::Store;
use super::time::Granularity;
use super::upkeep;
use crate::message::Response;

const QUERY: &[&str] = &["userId", "groupId", "canonicalUserId", "billingPeriod"];
const GIB: f64 = 1_073_741_824.0;
/// How many requests have one price.
const REQUESTS: f64 = 10_000.0;
/// The part of the traffic that comes from addresses of the allowlist.
const ALLOWED: f64 = 0.04;

pub(super) const ROUTES: &[Route] =
    &[Route::get("/billing", QUERY, read), Route::post("/billing", QUERY, generate)];

/// Whom a bill is for.
enum Payer {
    /// By canonical id.
    User(String),
    Group(String),
}

impl Payer {
    fn key(&self) -> String {
        match self {
            Self::User(canonical) => canonical.clone(),
            Self::Group(group) => format!("group {group}"),
        }
    }
}

/// Reads whom the bill is for, and the beginning of its month.
fn wanted(call: &Call<'_>) -> Result<(Payer, i64), Fault> {
    let period = call.need("billingPeriod")?;
    let invalid = || Fault::bad(format!("Invalid billing period : {period}"));
    let month = Granularity::Month.time(period).ok_or_else(invalid)?;
    let payer = match (call.text("userId"), call.text("groupId"), call.text("canonicalUserId")) {
        (None, Some(group), None) => {
            super::groups::known(call.store, group)?;
            Payer::Group(group.to_owned())
        }
        _ => Payer::User(call.known_user()?),
    };
    Ok((payer, month))
}

/// A bill that was made before.
fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (payer, month) = wanted(call)?;
    let bill = call.store.bills.get(&(payer.key(), month)).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, bill))
}

/// Makes a bill and shows it.
fn generate(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (payer, month) = wanted(call)?;
    let end = Granularity::Month.next(month);
    if end > call.store.clock.now() {
        return Err(Fault::bad("Invalid billing period : the month is not over"));
    }
    let id = call.store.uuid();
    let bill = bill(call.store, &payer, month, end, &id)?;
    call.store.bills.insert((payer.key(), month), bill.clone());
    Ok(Response::json(200, &bill))
}

fn bill(store: &Store, payer: &Payer, month: i64, end: i64, id: &str) -> Result<Json, Fault> {
    let user = match payer {
        Payer::User(canonical) => Some(store.users.get(canonical).ok_or_else(Fault::absent)?),
        Payer::Group(_) => None,
    };
    let mut bills = Vec::new();
    let (mut total, mut allowed_total, mut currency) = (0.0, 0.0, "USD");
    for region in &store.regions {
        let (series, plan) = match (payer, user) {
            (Payer::User(_), Some(user)) => {
                (Series::user(store, user, region.name), of_user(store, user, region.name))
            }
            // The plans of single users don't matter for a bill of their group.
            (Payer::Group(group), _) => {
                (Series::group(store, group, region.name), of_group(store, group, region.name))
            }
            (Payer::User(_), None) => continue,
        };
        // A region where somebody holds nothing isn't on the bill.
        let Some(lines) = lines(store, &series, plan, month, end) else { continue };
        if let Some(plan) = plan {
            currency = &plan.currency;
        }
        total += lines.total;
        allowed_total += lines.allowed_total;
        bills.push(json!({
            "currency": plan.map_or("USD", |plan| &plan.currency),
            "items": lines.items,
            "region": region.name,
            "total": rounded(lines.total),
            "whitelistItems": lines.allowed,
            "whitelistTotal": rounded(lines.allowed_total),
        }));
    }
    if bills.is_empty() {
        return Err(Fault::absent());
    }
    let group = match (payer, user) {
        (Payer::Group(group), _) => group.as_str(),
        (_, user) => user.map_or("", |user| &user.group),
    };
    Ok(json!({
        "billID": id,
        "canonicalUserId": user.map_or("", |user| &user.canonical),
        "currency": currency,
        "endCal": end,
        "groupId": group,
        "notes": null,
        "regionBills": bills,
        "startCal": month,
        "total": rounded(total),
        "userId": user.map_or("", |user| &user.id),
        "whitelistTotal": rounded(allowed_total),
    }))
}

/// The lines of a region.
#[derive(Default)]
struct Lines {
    items: Map<String, Json>,
    total: f64,
    allowed: Map<String, Json>,
    allowed_total: f64,
}

/// Charges for a month; `None` if there is no usage data of it.
fn lines(store: &Store, series: &Series, plan: Option<&Plan>, month: i64, end: i64) -> Option<Lines> {
    let has = |hour| upkeep::is_kept(store, Granularity::Hour, hour);
    let stored = Point::sum(series, Measure::StoredBytes, month, end, has);
    if stored.count == 0 || stored.max == 0 {
        return None;
    }
    let free = store.plans.get(&store.allowlist.plan).and_then(|plan| plan.rules.as_ref());
    let mut lines = Lines::default();
    let Some(rules) = plan.and_then(|plan| plan.rules.as_ref()) else { return Some(lines) };
    for (place, ((code, _), tiers)) in CHARGED.iter().zip(rules).enumerate() {
        let measure = Measure::parse(code)?;
        if !measure.is_stored() && !store.features.requests {
            continue;
        }
        // What is stored is paid by its average over the month, transfers by the byte and requests by the ten thousand;
        // the price of transfers is that of a GiB all the same.
        let (shown, paid) = match measure {
            Measure::StoredBytes => {
                let average = rounded(stored.average() as f64 / GIB);
                (average, average)
            }
            Measure::BytesIn | Measure::BytesOut => {
                let bytes = Point::sum(series, measure, month, end, has).value as f64;
                (bytes, bytes / GIB)
            }
            _ => {
                let units = Point::sum(series, measure, month, end, has).count as f64 / REQUESTS;
                (units, units)
            }
        };
        let is_free = measure != Measure::StoredBytes && store.allowlist.applies(month);
        let (share, allowed) = if is_free { (1.0 - ALLOWED, ALLOWED) } else { (1.0, 0.0) };
        let price = price(paid * share, tiers);
        lines.total += price;
        lines.items.insert((*code).to_owned(), item(code, shown * share, tiers, price));
        if let (true, Some(tiers)) = (is_free, free.and_then(|rules| rules.get(place))) {
            let price = self::price(paid * allowed, tiers);
            lines.allowed_total += price;
            lines.allowed.insert((*code).to_owned(), item(code, shown * allowed, tiers, price));
        }
    }
    Some(lines)
}

fn item(code: &str, quantity: f64, tiers: &[Tier], price: f64) -> Json {
    json!({"item": code, "quantity": rounded(quantity), "rules": compact(tiers), "subtotal": rounded(price)})
}

/// Charges tier by tier; the last takes all that is left.
fn price(quantity: f64, tiers: &[Tier]) -> f64 {
    let mut left = quantity;
    let mut price = 0.0;
    for tier in tiers {
        let part = if tier.amount() > 0.0 { left.min(tier.amount()) } else { left };
        price += part * tier.rate();
        left -= part;
    }
    price
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_charged_one_after_the_other() {
        let tiers: Vec<Tier> = [("1", "0.14"), ("5", "0.12"), ("0", "0.10")]
            .into_iter()
            .map(|(size, price)| Tier { size: size.to_owned(), price: price.to_owned() })
            .collect();
        assert_eq!(rounded(price(108.0, &tiers)), 10.94);
        assert_eq!(rounded(price(0.5, &tiers)), 0.07);
        assert_eq!(compact(&tiers), "1,0.14:5,0.12:0,0.10");
    }
}
