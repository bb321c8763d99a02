//! The prices of a plan in words, step by step, as a bill will name them.

use leptos::prelude::*;
use serde_json::{Map, Value};
use words::bill as say;

use super::bill::Kind;
use super::steps::Step;
use super::wording;
use crate::in_words::Meaning;
use crate::operation::Draft;

/// The field that holds the prices by what is charged for.
const PRICES: &str = "mapRules";
/// What the system takes where no currency is named.
const CURRENCY: &str = "USD";

/// What the prices of a plan mean, as far as they are known.
pub fn meaning(draft: Draft) -> Signal<Meaning> {
    Memo::new(move |_| draft.known.with(|plan| told(plan))).into()
}

fn told(plan: &Map<String, Value>) -> Meaning {
    let currency = plan.get("currency").and_then(Value::as_str).filter(|code| !code.is_empty());
    let currency = currency.unwrap_or(CURRENCY);
    let prices = plan.get(PRICES).and_then(Value::as_object);
    let mut parts: Vec<(Kind, Vec<Step>)> =
        prices.into_iter().flatten().map(|(code, rule)| (Kind::of(code), steps(rule))).collect();
    parts.retain(|(_, steps)| !steps.is_empty());
    parts.sort_by_key(|(kind, _)| kind.place());
    let line = |(kind, steps): &(Kind, Vec<Step>)| {
        let step = |(index, step): (usize, &Step)| {
            say::step_at(wording::step(kind, index, *step), wording::rate(kind, *step, currency))
        };
        let text = steps.iter().enumerate().map(step).collect::<Vec<_>>().join("; ");
        (wording::name(kind), text)
    };
    let rises =
        |steps: &[Step]| steps.windows(2).any(|pair| matches!(pair, [one, next] if next.price > one.price));
    let doubts = parts.iter().filter(|(_, steps)| rises(steps));
    Meaning {
        lines: parts.iter().map(line).collect(),
        doubts: doubts.map(|(kind, _)| say::price_rises(wording::name(kind))).collect(),
    }
}

/// The steps that have a size and a price. They come as texts, as the system has them.
fn steps(rule: &Value) -> Vec<Step> {
    let number = |step: &Value, name: &str| match step.get(name)? {
        Value::String(text) => text.parse::<f64>().ok().filter(|number| number.is_finite()),
        value => value.as_f64(),
    };
    let step = |step: &Value| {
        let size = number(step, "first")?;
        Some(Step { size: (size > 0.0).then_some(size), price: number(step, "second")? })
    };
    rule.get("rules").and_then(Value::as_array).into_iter().flatten().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_known_of_the_prices_is_read() {
        let rule = json!({ "rules": [
            { "first": "1", "second": "0.14" }, { "first": "5" }, { "first": "0", "second": "0.10" }
        ] });
        assert_eq!(steps(&rule), [Step { size: Some(1.0), price: 0.14 }, Step { size: None, price: 0.10 }]);
        assert_eq!(steps(&json!({ "ruleclassType": "BYTES_IN" })), []);
        assert_eq!(told(&Map::new()), Meaning::default());
    }
}
