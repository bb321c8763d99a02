//! Faults as they are ordered: JSON on the control path and the command line, or a few words there.

use serde_json::{Map, Value as Json};

use super::{Fault, Faults, Methods, Operation, Rule};
use crate::message::Method;
use crate::random::Random;

/// The longest wait, in milliseconds: ten minutes.
const LONGEST: u64 = 600_000;
/// How long `slow` waits if it isn't told.
const USUAL: u64 = 1_000;

impl Faults {
    /// Reads a set of faults; an empty object is none.
    ///
    /// # Errors
    ///
    /// A sentence about the member that is unknown or has a value that it can't have.
    pub fn from_json(order: &Json) -> Result<Self, String> {
        let order = order.as_object().ok_or("faults are an object")?;
        only(order, &["seed", "rules"], "faults")?;
        let seed = number(order, "seed", u64::MAX)?.unwrap_or(0);
        let rules = match order.get("rules") {
            None => &[],
            Some(rules) => rules.as_array().ok_or("'rules' is a list")?.as_slice(),
        };
        let rules = rules.iter().zip(0..).map(|(rule, place)| read_rule(rule, seed, place));
        Ok(Self { seed, rules: rules.collect::<Result<_, _>>()? })
    }

    /// Reads what stands behind `--faults`: JSON, or sorts of fault with their chance in percent, the first that strikes
    /// counting: `slow:20,lost:2,503:5`.
    ///
    /// # Errors
    ///
    /// As for [`Faults::from_json`].
    pub fn from_text(text: &str, seed: u64) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            let order: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
            return Self::from_json(&order);
        }
        let rules = text.split(',').map(str::trim).zip(0..).map(|(part, place)| {
            let (name, chance) = part.split_once(':').unwrap_or((part, "100"));
            let chance: u64 = chance
                .trim_end_matches('%')
                .parse()
                .map_err(|_malformed| format!("a chance is a number of percent, not '{chance}'"))?;
            let mut rule = Map::from_iter([("chance".to_owned(), Json::from(chance))]);
            match name.parse::<u16>() {
                Ok(status) => {
                    rule.insert("fault".to_owned(), "status".into());
                    rule.insert("status".to_owned(), status.into());
                }
                Err(_word) => {
                    rule.insert("fault".to_owned(), name.into());
                }
            }
            read_rule(&Json::Object(rule), seed, place)
        });
        Ok(Self { seed, rules: rules.collect::<Result<_, String>>()? })
    }
}

fn read_rule(rule: &Json, seed: u64, place: u64) -> Result<Rule, String> {
    const KNOWN: &[&str] = &[
        "fault",
        "milliseconds",
        "system",
        "operation",
        "skip",
        "times",
        "chance",
        "status",
        "executed",
        "retry_after",
        "location",
    ];
    let rule = rule.as_object().ok_or("a rule is an object")?;
    only(rule, KNOWN, "a rule")?;
    let fault = read_fault(rule)?;
    let usual = if fault == Fault::Slow { USUAL } else { 0 };
    Ok(Rule {
        milliseconds: number(rule, "milliseconds", LONGEST)?.unwrap_or(usual),
        system: text(rule, "system")?.map(str::to_owned),
        operation: text(rule, "operation")?.map(read_operation).transpose()?,
        skip: number(rule, "skip", u64::MAX)?.unwrap_or(0),
        times: number(rule, "times", u64::MAX)?,
        chance: number(rule, "chance", 100)?.unwrap_or(100),
        // Seeds that follow each other give generators that don't: the first number is thrown away into the state.
        random: Random::new(Random::new(seed).next().wrapping_add(place.wrapping_mul(0x9e37_79b9))),
        fault,
        seen: 0,
        struck: 0,
    })
}

fn read_fault(rule: &Map<String, Json>) -> Result<Fault, String> {
    let name = text(rule, "fault")?.ok_or("a rule needs a 'fault'")?;
    let status_members = ["status", "executed", "retry_after", "location"];
    if name != "status"
        && let Some(member) = status_members.iter().find(|member| rule.contains_key(**member))
    {
        return Err(format!("'{member}' belongs to the fault 'status'"));
    }
    match name {
        "slow" => Ok(Fault::Slow),
        "lost" => Ok(Fault::Lost),
        "dropped" => Ok(Fault::Dropped),
        "duplicated" => Ok(Fault::Duplicated),
        "malformed" => Ok(Fault::Malformed),
        "truncated" => Ok(Fault::Truncated),
        "status" => {
            let status = number(rule, "status", 599)?.and_then(|status| u16::try_from(status).ok());
            let status = status
                .filter(|status| *status == 307 || *status >= 400)
                .ok_or("'status' is 307 or a number from 400 to 599")?;
            let executed = match rule.get("executed") {
                None => false,
                Some(executed) => executed.as_bool().ok_or("'executed' is true or false")?,
            };
            let retry_after = number(rule, "retry_after", 3600)?.and_then(|wait| u32::try_from(wait).ok());
            let location = text(rule, "location")?.map(str::to_owned);
            Ok(Fault::Status { status, executed, retry_after, location })
        }
        name => Err(format!("there is no fault '{name}'")),
    }
}

fn read_operation(text: &str) -> Result<Operation, String> {
    let (method, path) =
        text.split_once(' ').ok_or("an operation is a method and a path: GET /api/rest/pools/*")?;
    let methods = match method {
        "ANY" => Methods::Any,
        "READ" => Methods::Reads,
        "WRITE" => Methods::Writes,
        name => Methods::One(Method::parse(name).ok_or_else(|| format!("there is no method '{name}'"))?),
    };
    if !path.starts_with('/') {
        return Err(format!("a path begins with a slash: '{path}'"));
    }
    let segments = path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
    Ok(Operation { methods, segments })
}

fn only(object: &Map<String, Json>, known: &[&str], what: &str) -> Result<(), String> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(format!("{what} has no member '{key}'")),
    }
}

fn number(object: &Map<String, Json>, name: &str, most: u64) -> Result<Option<u64>, String> {
    object
        .get(name)
        .map(|value| {
            value
                .as_u64()
                .filter(|value| *value <= most)
                .ok_or_else(|| format!("'{name}' is a number from 0 to {most}"))
        })
        .transpose()
}

fn text<'a>(object: &'a Map<String, Json>, name: &str) -> Result<Option<&'a str>, String> {
    object.get(name).map(|value| value.as_str().ok_or_else(|| format!("'{name}' is a text"))).transpose()
}
