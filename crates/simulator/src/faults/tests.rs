use super::*;

fn faults(order: &Json) -> Faults {
    Faults::from_json(order).expect("faults")
}

fn get(path: &str) -> Request {
    Request::new(Method::Get, path)
}

/// Which of a hundred requests for volumes are struck.
fn struck(faults: &mut Faults) -> Vec<usize> {
    (0..100).filter(|_| faults.strike("north", &get("/api/rest/volumes")).is_some()).collect()
}

#[test]
fn a_rule_strikes_its_operation_of_its_system_after_those_spared_and_so_often() {
    let mut faults = faults(&json!({"rules": [{
        "fault": "lost", "system": "north", "operation": "PUT /api/rest/volumes/{id}", "skip": 1, "times": 1,
        "milliseconds": 30,
    }]}));
    let put = Request::new(Method::Put, "/api/rest/volumes/7?approved=yes");
    let strike = Strike { fault: Fault::Lost, milliseconds: 30 };
    assert_eq!(faults.strike("south", &put), None);
    assert_eq!(faults.strike("north", &get("/api/rest/volumes/7")), None);
    assert_eq!(faults.strike("north", &Request::new(Method::Put, "/api/rest/volumes/7/lock")), None);
    assert_eq!(faults.strike("north", &Request::new(Method::Put, "/api/rest/volumes")), None);
    assert_eq!(faults.strike("north", &put), None, "the first is spared");
    assert_eq!(faults.strike("north", &put), Some(strike));
    assert_eq!(faults.strike("north", &put), None, "it strikes once");
    assert_eq!(faults.describe()["rules"][0], json!({"fault": "lost", "seen": 3, "struck": 1}));
}

#[test]
fn operations_are_named_by_method_and_path() {
    for (operation, method, path, expected) in [
        ("READ /v1/**", Method::Get, "/v1/nodes/7", true),
        ("READ /v1/**", Method::Patch, "/v1/nodes/7", false),
        ("WRITE /v1/**", Method::Patch, "/v1/nodes/7", true),
        ("ANY /v1/nodes/*", Method::Delete, "/v1/nodes/7", true),
        ("ANY /v1/nodes/*", Method::Delete, "/v1/nodes", false),
        ("ANY /v1/nodes", Method::Get, "/v1/nodes/", true),
    ] {
        let mut faults = faults(&json!({"rules": [{"fault": "slow", "operation": operation}]}));
        let strike = faults.strike("metal", &Request::new(method, path));
        assert_eq!(strike.is_some(), expected, "{operation}: {} {path}", method.name());
    }
}

#[test]
fn the_first_rule_that_strikes_counts() {
    let mut faults = faults(&json!({"rules": [{"fault": "lost", "times": 1}, {"fault": "malformed"}]}));
    let names: Vec<&str> =
        (0..3).filter_map(|_| faults.strike("north", &get("/")).map(|strike| strike.fault.name())).collect();
    assert_eq!(names, ["lost", "malformed", "malformed"]);
}

#[test]
fn chance_is_the_same_in_every_run_of_a_seed_and_another_for_another_seed() {
    let of = |seed: u64| Faults::from_text("lost:30", seed).expect("faults");
    let first = struck(&mut of(7));
    assert!((15..45).contains(&first.len()), "{first:?}");
    assert_eq!(first, struck(&mut of(7)));
    assert_ne!(first, struck(&mut of(8)));
}

#[test]
fn a_rule_does_not_disturb_the_chance_of_another() {
    let lost = json!({"fault": "lost", "chance": 30, "operation": "READ /**"});
    let slow = json!({"fault": "slow", "chance": 50, "operation": "WRITE /**"});
    let mut alone = faults(&json!({"seed": 3, "rules": [lost]}));
    let mut beside = faults(&json!({"seed": 3, "rules": [lost, slow]}));
    let put = Request::new(Method::Put, "/api/rest/volumes/7");
    let among_writes: Vec<usize> = (0..100)
        .filter(|_| {
            beside.strike("north", &put);
            beside.strike("north", &get("/api/rest/volumes")).is_some()
        })
        .collect();
    assert_eq!(among_writes, struck(&mut alone));
}

#[test]
fn words_and_json_say_the_same() {
    let words = Faults::from_text("slow:20, 503:5%,lost", 7).expect("faults");
    let json = r#"{"seed": 7, "rules": [{"fault": "slow", "chance": 20}, {"fault": "status", "status": 503, "chance": 5},
        {"fault": "lost"}]}"#;
    let json = Faults::from_text(json, 0).expect("faults");
    assert_eq!(format!("{words:?}"), format!("{json:?}"));
}

#[test]
fn what_is_no_fault_is_refused_with_its_reason() {
    for (order, reason) in [
        (json!([]), "an object"),
        (json!({"rule": []}), "'rule'"),
        (json!({"rules": [{"fault": "fire"}]}), "'fire'"),
        (json!({"rules": [{}]}), "'fault'"),
        (json!({"rules": [{"fault": "status"}]}), "'status'"),
        (json!({"rules": [{"fault": "status", "status": 200}]}), "'status'"),
        (json!({"rules": [{"fault": "lost", "status": 500}]}), "'status' belongs"),
        (json!({"rules": [{"fault": "lost", "chance": 101}]}), "'chance'"),
        (json!({"rules": [{"fault": "lost", "operation": "/api"}]}), "method"),
        (json!({"rules": [{"fault": "lost", "operation": "FETCH /api"}]}), "'FETCH'"),
        (json!({"rules": [{"fault": "slow", "milliseconds": 600_001}]}), "'milliseconds'"),
    ] {
        let refused = Faults::from_json(&order).expect_err("a refusal");
        assert!(refused.contains(reason), "{order}: {refused}");
    }
    for words in ["", "lost:often", "200:5"] {
        assert!(Faults::from_text(words, 0).is_err(), "{words}");
    }
}
