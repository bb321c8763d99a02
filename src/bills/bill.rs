//! What is on a bill, read from its record.

use boxdeck_dialect::Record;
use serde_json::{Map, Value};

use super::steps::{Charged, Step, charge, read};

const GIB: f64 = 1_073_741_824.0;

/// What is charged for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// What was stored, in GiB-months.
    Storage,
    /// Bytes that came in, at a price for each GiB.
    In,
    /// Bytes that went out, at a price for each GiB.
    Out,
    /// Reads, by ten thousand.
    Reads,
    /// Writes, by ten thousand.
    Writes,
    /// Deletions, by ten thousand.
    Deletions,
    /// What is not known here, by its code.
    Other(String),
}

impl Kind {
    /// In the order in which a bill lists them.
    pub fn place(&self) -> usize {
        match self {
            Self::Storage => 0,
            Self::In => 1,
            Self::Out => 2,
            Self::Reads => 3,
            Self::Writes => 4,
            Self::Deletions => 5,
            Self::Other(_) => 6,
        }
    }

    /// By its code.
    pub fn of(code: &str) -> Self {
        match code {
            "SB" => Self::Storage,
            "BI" => Self::In,
            "BO" => Self::Out,
            "HG" => Self::Reads,
            "HP" => Self::Writes,
            "HD" => Self::Deletions,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is for.
    pub kind: Kind,
    /// How much of it, in units that have a price.
    pub units: f64,
    /// The steps of the price; `None` where they cannot be read.
    pub steps: Option<Vec<Step>>,
    /// What the bill says of the price.
    pub rules: String,
    /// What it costs.
    pub subtotal: f64,
}

impl Item {
    /// What each step of the price comes to.
    pub fn charged(&self) -> Vec<Charged> {
        self.steps.as_deref().map(|steps| charge(steps, self.units)).unwrap_or_default()
    }
}

/// Lines with what they come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// The lines.
    pub items: Vec<Item>,
    /// What they come to by the bill.
    pub total: f64,
}

/// The bill of a region.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionBill {
    /// Its name.
    pub region: String,
    /// Code of the currency.
    pub currency: String,
    /// What is paid.
    pub paid: Part,
    /// What came from free addresses, at prices of their own; no part of the total.
    pub free: Part,
}

/// A bill.
#[derive(Debug, Clone, PartialEq)]
pub struct Bill {
    /// Code of the currency.
    pub currency: String,
    /// The beginning and the end of what is billed, in milliseconds since the epoch.
    pub period: Option<(f64, f64)>,
    /// Region by region.
    pub regions: Vec<RegionBill>,
    /// What has to be paid.
    pub total: f64,
    /// What the traffic from free addresses comes to.
    pub free_total: f64,
}

impl Bill {
    /// Reads the record of a bill; `None` where it lists no regions.
    pub fn read(record: &Record) -> Option<Self> {
        let currency = record.text("currency").unwrap_or_default();
        let regions = match record.get("regionBills")? {
            Value::Array(items) => items.iter().filter_map(Value::as_object).collect::<Vec<_>>(),
            // The documents call it a map.
            Value::Object(members) => members.values().filter_map(Value::as_object).collect(),
            _ => return None,
        };
        let period = number(&record.0, "startCal").zip(number(&record.0, "endCal"));
        Some(Self {
            regions: regions.into_iter().map(|region| region_bill(region, &currency)).collect(),
            currency,
            period,
            total: number(&record.0, "total").unwrap_or_default(),
            free_total: number(&record.0, "whitelistTotal").unwrap_or_default(),
        })
    }
}

fn number(members: &Map<String, Value>, name: &str) -> Option<f64> {
    match members.get(name)? {
        Value::String(text) => text.parse().ok(),
        value => value.as_f64(),
    }
}

fn text(members: &Map<String, Value>, name: &str) -> String {
    members.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn region_bill(members: &Map<String, Value>, currency: &str) -> RegionBill {
    let own = text(members, "currency");
    RegionBill {
        region: text(members, "region"),
        currency: if own.is_empty() { currency.to_owned() } else { own },
        paid: part(members, "items", "total"),
        free: part(members, "whitelistItems", "whitelistTotal"),
    }
}

fn part(members: &Map<String, Value>, items: &str, total: &str) -> Part {
    let listed = members.get(items).and_then(Value::as_object).into_iter().flatten();
    let mut items: Vec<Item> =
        listed.filter_map(|(code, item)| Some(self::item(code, item.as_object()?))).collect();
    items.sort_by_key(|item| item.kind.place());
    Part { items, total: number(members, total).unwrap_or_default() }
}

fn item(code: &str, members: &Map<String, Value>) -> Item {
    let kind = Kind::of(code);
    let quantity = number(members, "quantity").unwrap_or_default();
    let rules = text(members, "rules");
    // Data are counted by the byte and paid by the GiB.
    let units = if matches!(kind, Kind::In | Kind::Out) { quantity / GIB } else { quantity };
    Item {
        units,
        steps: read(&rules),
        rules,
        subtotal: number(members, "subtotal").unwrap_or_default(),
        kind,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    /// A bill of one region whose sums are right.
    pub(in crate::bills) fn record() -> Record {
        let bill = json!({
            "billID": "b-1", "groupId": "eng", "userId": "robin", "currency": "EUR",
            "startCal": 1_780_272_000_000_i64, "endCal": 1_782_864_000_000_i64, "notes": null,
            "total": 13.04, "whitelistTotal": 0.5,
            "regionBills": [{
                "region": "north", "currency": "EUR", "total": 13.04, "whitelistTotal": 0.5,
                "items": {
                    "HG": { "item": "HG", "quantity": 10, "rules": "0,0.01", "subtotal": 0.1 },
                    "BO": { "item": "BO", "quantity": 21_474_836_480_i64, "rules": "0,0.10", "subtotal": 2.0 },
                    "SB": { "item": "SB", "quantity": 108.0, "rules": "1,0.14:5,0.12:0,0.10", "subtotal": 10.94 }
                },
                "whitelistItems": { "BI": { "item": "BI", "quantity": 5_368_709_120_i64, "rules": "0,0.10", "subtotal": 0.5 } }
            }]
        });
        Record(bill.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn a_bill_is_read_in_order() {
        let bill = Bill::read(&record()).expect("a bill");
        let region = bill.regions.first().expect("a region");
        let kinds: Vec<_> = region.paid.items.iter().map(|item| item.kind.clone()).collect();
        assert_eq!(kinds, [Kind::Storage, Kind::Out, Kind::Reads]);
        let out = region.paid.items.get(1).expect("data");
        assert_eq!((out.units, out.charged().len()), (20.0, 1));
        assert_eq!(region.free.items.len(), 1);
        assert_eq!((bill.total, bill.free_total), (13.04, 0.5));
    }

    #[test]
    fn regions_may_be_a_map_and_anything_else_is_no_bill() {
        let mut other = record();
        let regions = other.0.get("regionBills").and_then(|list| list.get(0)).cloned().expect("a region");
        other.0.insert("regionBills".to_owned(), json!({ "north": regions }));
        assert_eq!(Bill::read(&other), Bill::read(&record()));
        assert_eq!(Bill::read(&Record::default()), None);
    }
}
