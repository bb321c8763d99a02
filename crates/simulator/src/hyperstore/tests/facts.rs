//! Every documented operation, parameter, field and value is one that the simulated system knows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::hyperstore::ROUTES;
use crate::hyperstore::body::Holds;
use crate::hyperstore::monitor::rules::{CONDITIONS, STATS};
use crate::hyperstore::route::Route;
use crate::hyperstore::testing::Bench;
use crate::message::Method;

const FACTS: &str = include_str!("../../../../../tests/facts/hyperstore.tsv");

struct Fact {
    method: Method,
    path: &'static str,
    query: Vec<Name>,
    body: Vec<Name>,
}

struct Name {
    name: &'static str,
    required: bool,
    /// One way of several to name a record.
    alternative: bool,
    values: Vec<&'static str>,
}

fn names(cell: &'static str) -> Vec<Name> {
    let items = cell.split(',').filter(|item| !item.is_empty());
    items
        .map(|item| {
            let (name, values) = item.split_once('=').map_or((item, Vec::new()), |(name, values)| {
                // The one condition that is written like the separator has no values after it.
                (name, values.split('|').collect())
            });
            let bare = name.trim_end_matches(['*', '+', '~']);
            Name { name: bare, required: name.ends_with('*'), alternative: name.ends_with('~'), values }
        })
        .collect()
}

fn facts() -> Vec<Fact> {
    let mut lines = FACTS.lines();
    let head: Vec<_> = lines.next().expect("a head").split('\t').collect();
    let column = |name| head.iter().position(|column| *column == name).expect("a column");
    let (method, path, query, body) = (column("method"), column("path"), column("query"), column("body"));
    lines
        .map(|line| {
            let cells: Vec<_> = line.split('\t').collect();
            Fact {
                method: Method::parse(cells[method]).expect("a method"),
                path: cells[path],
                query: names(cells[query]),
                body: names(cells[body]),
            }
        })
        .collect()
}

fn route(fact: &Fact) -> &'static Route {
    let mut routes = ROUTES.iter().copied().flatten();
    let found = routes.find(|route| route.method == fact.method && route.path == fact.path);
    found.unwrap_or_else(|| panic!("{} {} is unknown", fact.method.name(), fact.path))
}

/// What the texts about some operations know besides their syntax, and what is sent back with an object.
const BESIDES: &[&str] = &["canonicalUserId", "currentDownloads"];

#[test]
fn every_documented_name_is_known_and_no_other() {
    let facts = facts();
    assert_eq!(facts.len(), 104);
    assert_eq!(ROUTES.iter().map(|routes| routes.len()).sum::<usize>(), 104);
    for fact in &facts {
        let route = route(fact);
        let of = |names: &[Name]| -> BTreeSet<&str> {
            // Members of members have a dot.
            names.iter().map(|name| name.name).filter(|name| !name.contains('.')).collect()
        };
        let without = |names: &BTreeSet<&'static str>, known: &BTreeSet<&str>| -> BTreeSet<&'static str> {
            names.iter().copied().filter(|name| known.contains(name) || !BESIDES.contains(name)).collect()
        };
        let documented = of(&fact.query);
        assert_eq!(without(&route.query.iter().copied().collect(), &documented), documented, "{}", fact.path);
        let documented = of(&fact.body);
        let fields = route.body.unwrap_or_default().iter().map(|field| field.name).collect();
        assert_eq!(without(&fields, &documented), documented, "{}", fact.path);
    }
}

/// A value of every parameter that names something that the seed has.
fn samples(bench: &mut Bench) -> BTreeMap<&'static str, String> {
    let lists = bench.rows("/system/bucketlist?groupId=Engineering");
    let text =
        |pointer: &str| lists[0].pointer(pointer).and_then(|one| one.as_str()).expect("text").to_owned();
    let mut samples: BTreeMap<&str, String> = [
        ("groupId", "Engineering"),
        ("nodeId", "quay1"),
        ("region", "harbor"),
        ("startTime", "202602280000"),
        ("endTime", "202602281200"),
        ("billingPeriod", "202602"),
        ("ratingPlanId", "Flat"),
        ("ruleId", "3"),
        ("userType", "all"),
        ("userStatus", "all"),
        ("operation", "SB"),
        ("granularity", "hour"),
        ("statId", "cpu"),
        ("action", "purge"),
        ("list", "192.0.2.1"),
        ("allowlistId", "Default-WL"),
        ("fromTimestamp", "2026-02-01T00:00:00"),
        ("objectName", "a/b.txt"),
        ("limit", "5"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into();
    samples.insert("userId", text("/userId"));
    samples.insert("bucketName", text("/buckets/0/bucketName"));
    samples.insert("bucket", text("/buckets/0/bucketName"));
    samples.insert("params", format!("bucketName:{}", text("/buckets/0/bucketName")));
    samples.insert("id", format!("Engineering|{}", text("/userId")));
    samples
}

fn target(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    format!("{path}?{}", query.finish())
}

#[test]
fn what_is_compulsory_is_missed() {
    let mut bench = Bench::new(300);
    let samples = samples(&mut bench);
    for fact in facts() {
        let required: Vec<&str> =
            fact.query.iter().filter(|name| name.required).map(|name| name.name).collect();
        for left_out in &required {
            let rest: Vec<(&str, &str)> = required
                .iter()
                .filter(|name| name != &left_out)
                .map(|name| (*name, samples.get(name).map_or("7", String::as_str)))
                .collect();
            let body = (!fact.body.is_empty()).then(|| json!({}));
            bench.refused(fact.method, &target(fact.path, &rest), body.as_ref(), 400);
        }
        if fact.body.iter().any(|name| name.required) {
            let query: Vec<_> =
                required.iter().map(|name| (*name, samples.get(name).map_or("7", String::as_str))).collect();
            bench.refused(fact.method, &target(fact.path, &query), Some(&json!({})), 400);
        }
    }
}

#[test]
fn names_have_a_case() {
    let mut bench = Bench::new(60);
    for fact in facts() {
        let body = (!fact.body.is_empty()).then(|| json!({}));
        bench.refused(fact.method, &fact.path.to_ascii_uppercase(), body.as_ref(), 404);
        for name in &fact.query {
            let wrong = name.name.to_ascii_uppercase();
            bench.refused(fact.method, &target(fact.path, &[(&wrong, "1")]), body.as_ref(), 404);
        }
    }
}

/// Values are tried where a request that changes nothing can tell.
#[test]
fn documented_values_are_taken_and_others_refused() {
    let mut bench = Bench::new(300);
    let samples = samples(&mut bench);
    for fact in facts().iter().filter(|fact| fact.method == Method::Get) {
        for tried in fact.query.iter().filter(|name| !name.values.is_empty()) {
            let mut ask = |value: &str| {
                let mut query: Vec<(&str, &str)> = fact
                    .query
                    .iter()
                    .filter(|name| name.required && name.name != tried.name)
                    .filter_map(|name| Some((name.name, samples.get(name.name)?.as_str())))
                    .collect();
                query.push((tried.name, value));
                if let Some(one) = fact.query.iter().find(|name| name.alternative) {
                    let bucket_only = matches!(value, "BI" | "BO" | "TB" | "TO");
                    let name = if bucket_only { "bucket" } else { one.name };
                    query.push((name, samples[name].as_str()));
                }
                bench.send(Method::Get, &target(fact.path, &query), None).status
            };
            for value in &tried.values {
                assert!(matches!(ask(value), 200 | 204), "{} {}={value}", fact.path, tried.name);
            }
            let refused = ask("no-such-value");
            assert!(matches!(refused, 400 | 204), "{} {} refuses nothing", fact.path, tried.name);
        }
    }
}

#[test]
fn documented_values_of_fields_are_known() {
    for fact in facts() {
        let fields = route(&fact).body.unwrap_or_default();
        for (name, value) in
            fact.body.iter().flat_map(|name| name.values.iter().map(move |value| (name, value)))
        {
            let field = fields.iter().find(|field| field.name == name.name).expect("a field");
            let known = match (field.holds, name.name) {
                (Holds::Choice(choices), _) => choices.contains(value),
                (Holds::FlagText | Holds::Flag, _) => matches!(*value, "true" | "false"),
                (Holds::Number, "severityLevel") => matches!(*value, "0" | "1" | "2" | "3"),
                (Holds::Text, "statId") => STATS.contains(value),
                _ => false,
            };
            assert!(known, "{} {} {value}", fact.path, name.name);
        }
    }
    assert_eq!(CONDITIONS, [">", "<", "=", ""]);
}
