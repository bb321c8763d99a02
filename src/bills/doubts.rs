//! Where the sums of a bill are not right.

use super::bill::{Bill, Kind, Part};

/// A cent is rounded away at most by half, in each number that is added and in the sum.
const HALF_A_CENT: f64 = 0.005;

/// A sum that is another one than the bill says.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// Which sum.
    pub of: Of,
    /// Code of the currency.
    pub currency: String,
    /// What the parts come to.
    pub sum: f64,
    /// What the bill says.
    pub told: f64,
}

/// What is summed up.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// The steps of the price of an item in a region.
    Steps(String, Kind),
    /// The items of a region.
    Items(String),
    /// The regions.
    Regions,
}

/// Every sum of a bill that is not right.
pub fn doubts(bill: &Bill) -> Vec<Doubt> {
    let mut found = Vec::new();
    for region in &bill.regions {
        for part in [&region.paid, &region.free] {
            of_part(part, &region.region, &region.currency, &mut found);
        }
    }
    let same_currency = bill.regions.iter().all(|region| region.currency == bill.currency);
    let totals = |of: fn(&super::bill::RegionBill) -> f64| bill.regions.iter().map(of).collect::<Vec<_>>();
    let sums = [
        (totals(|region| region.paid.total), bill.total),
        (totals(|region| region.free.total), bill.free_total),
    ];
    for (parts, told) in sums.into_iter().filter(|_| same_currency) {
        found.extend(differing(&parts, told).map(|sum| Doubt {
            of: Of::Regions,
            currency: bill.currency.clone(),
            sum,
            told,
        }));
    }
    found
}

fn of_part(part: &Part, region: &str, currency: &str, found: &mut Vec<Doubt>) {
    let doubt = |of, sum, told| Doubt { of, currency: currency.to_owned(), sum, told };
    for item in &part.items {
        let amounts: Vec<f64> = item.charged().iter().map(|step| step.amount).collect();
        // The bill rounds the quantity too, which shows at a high price.
        let dearest = item.steps.iter().flatten().map(|step| step.price.abs()).fold(0.0, f64::max);
        let slack = HALF_A_CENT * (1.0 + dearest);
        let sum: f64 = amounts.iter().sum();
        if item.steps.is_some() && (sum - item.subtotal).abs() > slack + 1e-9 {
            found.push(doubt(Of::Steps(region.to_owned(), item.kind.clone()), sum, item.subtotal));
        }
    }
    let subtotals: Vec<f64> = part.items.iter().map(|item| item.subtotal).collect();
    found.extend(
        differing(&subtotals, part.total).map(|sum| doubt(Of::Items(region.to_owned()), sum, part.total)),
    );
}

/// The sum of the parts, if it differs from what is told by more than rounding.
fn differing(parts: &[f64], told: f64) -> Option<f64> {
    let sum: f64 = parts.iter().sum();
    let slack = HALF_A_CENT * (parts.len() as f64 + 1.0);
    ((sum - told).abs() > slack + 1e-9).then_some(sum)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::bill::tests::record;
    use super::*;

    fn changed(path: &str, value: Value) -> Vec<Of> {
        let mut bill = Value::Object(record().0);
        *bill.pointer_mut(path).expect("a member") = value;
        let record = boxdeck_dialect::Record(bill.as_object().cloned().unwrap_or_default());
        doubts(&Bill::read(&record).expect("a bill")).into_iter().map(|doubt| doubt.of).collect()
    }

    #[test]
    fn right_sums_and_rounding_raise_no_doubt() {
        assert_eq!(doubts(&Bill::read(&record()).expect("a bill")), []);
        assert_eq!(changed("/regionBills/0/total", json!(13.05)), []);
    }

    #[test]
    fn each_sum_is_checked() {
        let north = || "north".to_owned();
        assert_eq!(changed("/total", json!(31.04)), [Of::Regions]);
        assert_eq!(changed("/whitelistTotal", json!(0.0)), [Of::Regions]);
        assert_eq!(changed("/regionBills/0/total", json!(14.0)), [Of::Items(north()), Of::Regions]);
        assert_eq!(
            changed("/regionBills/0/items/SB/subtotal", json!(9.0)),
            [Of::Steps(north(), Kind::Storage), Of::Items(north())]
        );
        assert_eq!(changed("/regionBills/0/items/SB/rules", json!("by agreement")), []);
    }
}
