//! Rating plans: what is charged for storage, transfers and requests.

use serde_json::{Map, Value as Json, json};

use super::body::{Body, Field, Holds, field};
use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use crate::message::Response;

mod assigned;

pub(super) use assigned::{ROUTES as ASSIGNED, of_group, of_user};

/// What can be charged for, and the class of its rules, in the order in which the documents have them.
pub(super) const CHARGED: [(&str, &str); 6] = [
    ("BI", "BYTES_IN"),
    ("BO", "BYTES_OUT"),
    ("HG", "HTTP_GET"),
    ("HP", "HTTP_PUT"),
    ("HD", "HTTP_DELETE"),
    ("SB", "STORAGE_BYTE"),
];
/// The plan of whoever has no other.
pub(super) const DEFAULT: &str = "Default-RP";

const FIELDS: &[Field] = &[
    field("id", Holds::Text),
    field("name", Holds::Text),
    field("currency", Holds::Text),
    field("mapRules", Holds::Object),
];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/ratingPlan", &["ratingPlanId"], read),
    Route::get("/ratingPlan/list", &[], list),
    Route::put("/ratingPlan", &[], create).takes(FIELDS),
    Route::post("/ratingPlan", &[], update).takes(FIELDS),
    Route::delete("/ratingPlan", &["ratingPlanId"], delete),
];

/// A plan.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) currency: String,
    /// The tiers of each thing that is charged for, in the order of [`CHARGED`]; `None` if all of it is free.
    pub(super) rules: Option<[Vec<Tier>; 6]>,
}

/// So much of something at that price; what a tier holds are the texts that a client wrote.
#[derive(Debug, Clone)]
pub(super) struct Tier {
    /// How much the tier holds; `0` is all that is left, and is the last.
    pub(super) size: String,
    pub(super) price: String,
}

impl Plan {
    fn show(&self) -> Json {
        let mut shown = json!({"currency": self.currency, "id": self.id, "name": self.name});
        if let (Some(rules), Some(shown)) = (&self.rules, shown.as_object_mut()) {
            let map: Map<String, Json> = CHARGED
                .iter()
                .zip(rules)
                .map(|((key, class), tiers)| {
                    let pairs: Vec<Json> =
                        tiers.iter().map(|tier| json!({"first": tier.size, "second": tier.price})).collect();
                    ((*key).to_owned(), json!({"ruleclassType": class, "rules": pairs}))
                })
                .collect();
            shown.insert("mapRules".to_owned(), map.into());
        }
        shown
    }

    /// The plan that a body describes.
    fn of(body: &Body) -> Result<Self, Fault> {
        body.require(&["id", "name"])?;
        Ok(Self {
            id: body.need("id")?.to_owned(),
            name: body.need("name")?.to_owned(),
            currency: body.text("currency").filter(|text| !text.is_empty()).unwrap_or("USD").to_owned(),
            rules: body.object("mapRules").map(rules).transpose()?,
        })
    }
}

/// Reads the rules, which are for all six things or for none.
fn rules(map: &Map<String, Json>) -> Result<[Vec<Tier>; 6], Fault> {
    if let Some(key) = map.keys().find(|key| CHARGED.iter().all(|(known, _)| known != key)) {
        return Err(Fault::json(&format!("mapRules has the unknown key {key}")));
    }
    let mut rules: [Vec<Tier>; 6] = Default::default();
    for (tiers, (key, class)) in rules.iter_mut().zip(CHARGED) {
        let wrong = |why: &str| Fault::json(&format!("mapRules.{key} {why}"));
        let rule = map.get(key).ok_or_else(|| wrong("is missing"))?;
        if rule.get("ruleclassType").and_then(Json::as_str) != Some(class) {
            return Err(wrong("has another ruleclassType"));
        }
        let pairs = rule.get("rules").and_then(Json::as_array).ok_or_else(|| wrong("has no rules"))?;
        *tiers = pairs
            .iter()
            .map(tier)
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("has a pair that is not two numbers as texts"))?;
        let last = tiers.len().saturating_sub(1);
        let ends_well =
            tiers.iter().enumerate().all(|(place, tier)| (tier.amount() == 0.0) == (place == last));
        if tiers.is_empty() || !ends_well {
            return Err(wrong("must end with the only pair whose first is 0"));
        }
    }
    Ok(rules)
}

fn tier(pair: &Json) -> Option<Tier> {
    let number = |name: &str| {
        let text = pair.get(name)?.as_str()?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse::<f64>().ok().filter(|_| digits).map(|_| text.to_owned())
    };
    (pair.as_object()?.len() == 2).then_some(())?;
    Some(Tier { size: number("first")?, price: number("second")? })
}

impl Tier {
    pub(super) fn amount(&self) -> f64 {
        self.size.parse().unwrap_or(0.0)
    }

    pub(super) fn rate(&self) -> f64 {
        self.price.parse().unwrap_or(0.0)
    }
}

/// A price list of its tiers in one text, `1,0.14:5,0.12:0,0.10`.
pub(super) fn compact(tiers: &[Tier]) -> String {
    tiers.iter().map(|tier| format!("{},{}", tier.size, tier.price)).collect::<Vec<_>>().join(":")
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let plan = call.store.plans.get(call.need("ratingPlanId")?).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &plan.show()))
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let plans: Vec<Json> = call
        .store
        .plans
        .values()
        .map(|plan| {
            let encoded: String = form_urlencoded::byte_serialize(plan.id.as_bytes()).collect();
            json!({"currency": plan.currency, "encodedId": encoded, "id": plan.id, "name": plan.name})
        })
        .collect();
    Ok(Response::json(200, &plans.into()))
}

fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let plan = Plan::of(&call.body)?;
    if call.store.plans.contains_key(&plan.id) {
        return Err(Fault::conflict("Unique constraint violated : {id}"));
    }
    call.store.plans.insert(plan.id.clone(), plan);
    Ok(done())
}

fn update(call: &mut Call<'_>) -> Result<Response, Fault> {
    let plan = Plan::of(&call.body)?;
    let known = call.store.plans.get_mut(&plan.id).ok_or_else(unknown)?;
    *known = plan;
    Ok(done())
}

/// Nothing is said of plans in use or of those that are built in: they go like any other.
fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = call.need("ratingPlanId")?;
    call.store.plans.remove(id).map(|_| done()).ok_or_else(unknown)
}

fn unknown() -> Fault {
    Fault::bad("Rating plan does not exist : {ratingPlanId}")
}
