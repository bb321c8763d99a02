use serde_json::json;

use super::*;
use crate::fixture::{Fixture, record};

#[test]
fn roles_are_named_by_their_titles() {
    let mut fixture = Fixture::new("infinibox");
    let why = |fixture: &Fixture| blocked(fixture.context(), fixture.operation("volume.delete").1, None);
    assert_eq!(why(&fixture), None);
    fixture.session.roles = vec!["READ_ONLY".to_owned()];
    assert_eq!(why(&fixture).as_deref(), Some("Needs the role Pool administrator or Administrator."));
    fixture.session.roles = vec!["READ_ONLY".to_owned(), "POOL_ADMIN".to_owned()];
    assert_eq!(why(&fixture), None);
    // Unknown roles block nothing; the box decides.
    fixture.session.roles.clear();
    assert_eq!(why(&fixture), None);
}

#[test]
fn conditions_give_their_reason() {
    let fixture = Fixture::new("infinibox");
    let why = |value| blocked(fixture.context(), fixture.operation("volume.restore").1, Some(&record(value)));
    assert_eq!(why(json!({"type": "SNAPSHOT", "_seq": 1})), None);
    assert_eq!(why(json!({"type": "MASTER"})).as_deref(), Some("Only snapshots can be restored from."));
    assert_eq!(why(json!({"type": "SNAPSHOT", "_seq": 0})).as_deref(), Some("Not possible while _seq is 0."));
    assert_eq!(blocked(fixture.context(), fixture.operation("volume.restore").1, None), None);
}

#[test]
fn alternatives_read_well() {
    assert_eq!(alternatives::<&str>(&[]), "");
    assert_eq!(alternatives(&["a"]), "a");
    assert_eq!(alternatives(&["a", "b"]), "a or b");
    assert_eq!(alternatives(&["a", "b", "c"]), "a, b or c");
}

#[test]
fn a_resource_is_closed_to_who_can_do_nothing_there() {
    let mut fixture = Fixture::new("infinibox");
    let resource = |operations: serde_json::Value| -> Resource {
        serde_json::from_value(json!({
            "id": "r", "title": "R", "singular": "r", "area": "a", "fields": [], "operations": operations
        }))
        .expect("a resource")
    };
    let of = |kind: &str, role: &str| json!({ "id": kind, "kind": kind, "method": "GET", "path": "/r", "title": "R", "roles": [role] });
    fixture.session.roles = vec!["READ_ONLY".to_owned()];
    let why = |operations| closed(fixture.context(), &resource(operations));
    assert_eq!(why(json!([])), None);
    assert_eq!(why(json!([of("list", "READ_ONLY"), of("action", "ADMIN")])), None);
    assert_eq!(
        why(json!([of("get", "ADMIN"), of("action", "READ_ONLY")])).as_deref(),
        Some("Needs the role Administrator.")
    );
    assert_eq!(why(json!([of("query", "ADMIN"), of("action", "READ_ONLY")])), None);
    assert!(why(json!([of("query", "ADMIN"), of("action", "ADMIN")])).is_some());
}
