//! Notification rules: what makes an event, and who hears of it.

use serde_json::{Value as Json, json};

use crate::hyperstore::body::{Body, Field, Holds, field};
use crate::hyperstore::call::{Call, done};
use crate::hyperstore::fault::Fault;
use crate::hyperstore::route::Route;
use crate::hyperstore::store::Store;
use crate::message::Response;

const FIELDS: &[Field] = &[
    field("ruleId", Holds::Text),
    field("statId", Holds::Text),
    field("condition", Holds::Choice(CONDITIONS)),
    field("conditionVal", Holds::Text),
    field("severityLevel", Holds::Number),
    field("enabled", Holds::Flag),
    field("email", Holds::Text),
    field("region", Holds::Text),
    field("snmpTrap", Holds::Flag),
];
const SWITCH: &[Field] =
    &[field("enable", Holds::Flag), field("ruleList", Holds::Texts), field("regionId", Holds::Text)];

pub(in crate::hyperstore) const CONDITIONS: &[&str] = &[">", "<", "=", ""];

pub(in crate::hyperstore) const ROUTES: &[Route] = &[
    Route::get("/monitor/notificationrules", &["region"], list),
    Route::put("/monitor/notificationrule", &[], create).takes(FIELDS),
    Route::post("/monitor/notificationrule", &[], update).takes(FIELDS),
    Route::post("/monitor/notificationruleenable", &[], switch).takes(SWITCH),
    Route::delete("/monitor/notificationrule", &["ruleId", "region"], delete),
];

/// What a rule compares with.
enum Compared {
    /// Above a number.
    Above,
    /// Below a part of the whole, 0 to 1.
    Below,
    /// One of these states.
    Is(&'static [&'static str]),
    /// Nothing: whatever happens is an event.
    Nothing,
}

/// What a rule may watch. Some are spelled in two ways, and ids have a case, so both are known.
pub(in crate::hyperstore) const STATS: &[&str] = &[
    "s3GetTPS",
    "s3PutTPS",
    "s3GetThruput",
    "s3PutThruput",
    "s3GetLatency",
    "s3PutLatency",
    "ioRx",
    "ioTx",
    "diskIRead",
    "diskIWrite",
    "diskIORead",
    "diskIOWrite",
    "cpu",
    "diskAvail",
    "diskInfo",
    "repairCompletionStatus",
    "currentFailDiskInfo",
    "svcAdmin",
    "svcCassandra",
    "svcHyperStore",
    "svcHyperstore",
    "svcS3",
    "svcRedisCred",
    "svcRedisQos",
    "svcRedisMon",
];

fn compared(stat: &str) -> Option<Compared> {
    if !STATS.contains(&stat) {
        return None;
    }
    Some(match stat {
        "diskAvail" | "diskInfo" => Compared::Below,
        "repairCompletionStatus" | "currentFailDiskInfo" => Compared::Nothing,
        "svcRedisCred" | "svcRedisQos" => Compared::Is(&["SVC_DOWN", "LOG_WARN"]),
        "svcRedisMon" => Compared::Is(&["SVC_DOWN"]),
        _ if stat.starts_with("svc") => Compared::Is(&["SVC_DOWN", "LOG_WARN", "LOG_ERR"]),
        _ => Compared::Above,
    })
}

/// A rule of a region.
#[derive(Debug, Clone)]
pub(in crate::hyperstore) struct Rule {
    pub(in crate::hyperstore) region: &'static str,
    pub(in crate::hyperstore) id: String,
    pub(in crate::hyperstore) stat: String,
    pub(in crate::hyperstore) condition: String,
    pub(in crate::hyperstore) value: String,
    /// 0..=3
    pub(in crate::hyperstore) severity: i64,
    pub(in crate::hyperstore) enabled: bool,
    pub(in crate::hyperstore) email: String,
    pub(in crate::hyperstore) trap: bool,
}

impl Rule {
    /// The region isn't shown, whichever it is.
    fn show(&self) -> Json {
        json!({
            "condition": self.condition,
            "conditionVal": self.value,
            "email": self.email,
            "enabled": self.enabled,
            "region": "",
            "ruleId": self.id,
            "severityLevel": self.severity,
            "snmpTrap": self.trap,
            "statId": self.stat,
        })
    }

    /// The rule that a body describes. A rule that doesn't say that it is enabled isn't.
    fn of(body: &Body, region: &'static str) -> Result<Self, Fault> {
        body.require(&["statId", "condition", "conditionVal", "severityLevel"])?;
        let text = |name: &str| body.text(name).unwrap_or_default().to_owned();
        let (stat, condition, value) = (text("statId"), text("condition"), text("conditionVal"));
        let severity = body.number("severityLevel").unwrap_or_default();
        let fits = match compared(&stat).ok_or_else(|| Fault::bad(format!("Invalid statId : {stat}")))? {
            Compared::Above => condition == ">" && value.parse::<f64>().is_ok_and(|value| value >= 0.0),
            Compared::Below => {
                condition == "<" && value.parse::<f64>().is_ok_and(|value| (0.0..=1.0).contains(&value))
            }
            Compared::Is(states) => condition == "=" && states.contains(&value.as_str()),
            Compared::Nothing => condition.is_empty() && value.is_empty(),
        };
        if !fits {
            return Err(Fault::bad(format!("Invalid condition for {stat} : {condition}{value}")));
        }
        if !(0..=3).contains(&severity) {
            return Err(Fault::bad("Invalid severityLevel : it must be 0 to 3"));
        }
        Ok(Self {
            region,
            id: text("ruleId"),
            stat,
            condition,
            value,
            severity,
            enabled: body.flag("enabled").unwrap_or(false),
            email: text("email"),
            trap: body.flag("snmpTrap").unwrap_or(false),
        })
    }
}

/// The region that a body names; an empty name is the default one.
fn region(call: &Call<'_>, field: &str) -> Result<&'static str, Fault> {
    call.store.region_named(call.body.text(field).filter(|name| !name.is_empty()))
}

fn unknown() -> Fault {
    Fault::bad("Notification rule does not exist : {ruleId}")
}

fn find<'s>(store: &'s mut Store, id: &str, region: &str) -> Result<&'s mut Rule, Fault> {
    store.rules.iter_mut().find(|rule| rule.id == id && rule.region == region).ok_or_else(unknown)
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let region = call.region()?;
    let rules = call.store.rules.iter().filter(|rule| rule.region == region);
    Ok(Response::json(200, &rules.map(Rule::show).collect()))
}

/// Adds a rule. Whoever wants to know its id has to read the list.
fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let region = region(call, "region")?;
    if call.body.text("ruleId").is_some_and(|id| !id.is_empty()) {
        return Err(Fault::bad("ruleId must be empty when a rule is created"));
    }
    let mut rule = Rule::of(&call.body, region)?;
    rule.id = call.store.uuid();
    call.store.rules.push(rule);
    Ok(done())
}

fn update(call: &mut Call<'_>) -> Result<Response, Fault> {
    let region = region(call, "region")?;
    call.body.need("ruleId")?;
    let rule = Rule::of(&call.body, region)?;
    *find(call.store, &rule.id, region)? = rule.clone();
    Ok(done())
}

/// Switches many rules on or off, all of them or none.
fn switch(call: &mut Call<'_>) -> Result<Response, Fault> {
    let region = region(call, "regionId")?;
    let enable = call.body.flag("enable").ok_or_else(|| Fault::missing(&["enable"]))?;
    let ids = call.body.texts("ruleList").filter(|ids| !ids.is_empty());
    let ids = ids.ok_or_else(|| Fault::missing(&["ruleId"]))?;
    for id in &ids {
        find(call.store, id, region)?;
    }
    for id in &ids {
        find(call.store, id, region)?.enabled = enable;
    }
    Ok(done())
}

/// Deletes a rule; those that come with the system aren't protected.
fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (id, region) = (call.need("ruleId")?, call.region()?);
    find(call.store, id, region)?;
    call.store.rules.retain(|rule| rule.id != id || rule.region != region);
    Ok(done())
}
