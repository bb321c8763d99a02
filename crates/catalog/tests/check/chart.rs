//! Rules about charts, on a catalog of their own: only a list of values over time has one.

use boxdeck_catalog::check::check;
use boxdeck_catalog::files::{SourceFile, Sources};

const KIND: &str = r#"{
  "id": "demo", "title": "Demo box", "version": "1", "dialect": "demo", "resources": ["loads"],
  "areas": [{ "id": "load", "title": "Load" }]
}"#;

const LOADS: &str = r#"{
  "id": "loads", "title": "Loads", "singular": "load", "area": "load", "help": "How busy it was.", "key": ["at"],
  "columns": ["at", "mean", "node"],
  "chart": {
    "time": "at",
    "values": [{ "field": "mean", "label": "On average", "when": [{ "field": "kind", "is": ["cpu"] }], "with": [{ "field": "peak" }] }],
    "by": "node",
    "choices": ["kind"],
    "period": { "from": "since", "until": "till", "hours": [24] }
  },
  "fields": [
    { "name": "at", "label": "Time", "type": { "timestamp": "ms" } },
    { "name": "mean", "label": "Mean", "type": "number" },
    { "name": "peak", "label": "Peak", "type": "number" },
    { "name": "node", "label": "Node" }
  ],
  "operations": [
    {
      "id": "loads.list", "kind": "list", "method": "GET", "path": "/loads", "title": "List loads", "result": "array",
      "parameters": [
        { "in": "query", "field": { "name": "kind", "label": "Kind", "help": "What is measured.", "create": "optional", "type": { "enum": [{ "value": "cpu", "label": "Processor" }] } } },
        { "in": "query", "field": { "name": "since", "label": "Since", "type": { "gmt": "yyyyMMddHHmm" }, "help": "From when on.", "create": "optional" } },
        { "in": "query", "field": { "name": "till", "label": "Till", "type": { "gmt": "yyyyMMddHHmm" }, "help": "Until when.", "create": "optional" } }
      ]
    }
  ]
}"#;

fn faults(old: &str, new: &str) -> Vec<String> {
    assert_eq!(LOADS.matches(old).count(), 1, "{old} must occur once");
    let file = |name: &str, text: String| SourceFile { name: name.to_owned(), text };
    let loads = file("loads.json", LOADS.replace(old, new));
    let faults = match Sources::parse(file("kind.json", KIND.to_owned()), vec![loads]) {
        Ok(sources) => check(&sources),
        Err(faults) => faults,
    };
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_chart_names_what_there_is() {
    assert_eq!(faults("loads.list", "loads.list"), Vec::<String>::new());
}

#[test]
fn each_fault_of_a_chart_is_named() {
    for (old, new, fault) in [
        (r#""time": "at""#, r#""time": "when""#, "loads.json:5: the resource loads has no field when"),
        (r#""time": "at""#, r#""time": "mean""#, "loads.json:5: mean is no point in time"),
        (r#"{ "field": "mean""#, r#"{ "field": "sum""#, "loads.json:6: the resource loads has no field sum"),
        (r#"{ "field": "mean""#, r#"{ "field": "node""#, "loads.json:6: node is no number"),
        (r#"{ "field": "peak""#, r#"{ "field": "node""#, "loads.json:6: node is no number"),
        (r#"{ "field": "peak""#, r#"{ "field": "mean""#, "loads.json:6: mean is drawn already"),
        (
            r#""field": "kind", "is""#,
            r#""field": "sort", "is""#,
            "loads.json:6: there is no field sort to look at",
        ),
        (r#""is": ["cpu"]"#, r#""is": ["disk"]"#, r#"loads.json:6: "disk" is not a value of the field kind"#),
        (r#""by": "node""#, r#""by": "shelf""#, "loads.json:7: the resource loads has no field shelf"),
        (
            r#""choices": ["kind"]"#,
            r#""choices": ["since"]"#,
            "loads.json:8: the list has no parameter since with choices",
        ),
        (
            r#""from": "since""#,
            r#""from": "kind""#,
            "loads.json:9: the list has no parameter kind that is a time in GMT to the minute",
        ),
        (r#""hours": [24]"#, r#""hours": []"#, "loads.json:9: a period has lengths of at least an hour"),
    ] {
        assert_eq!(faults(old, new), [fault], "{new}");
    }
}
