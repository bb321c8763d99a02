use proptest::prelude::*;
use serde_json::Map;

use super::*;

const MASK: &str = "******";

fn rules() -> Rules<'static> {
    Rules { masks: &[MASK], can_name: &|_| true }
}

fn made(old: Option<Value>, new: &Value) -> Result<Vec<Value>, MaskedValue> {
    made_by(old, new, rules())
}

fn made_by(old: Option<Value>, new: &Value, rules: Rules<'_>) -> Result<Vec<Value>, MaskedValue> {
    let operations = patch("/f", old.as_ref(), new, rules)?;
    Ok(operations.into_iter().map(|operation| operation.json).collect())
}

/// Any JSON without masks; keys with everything that a pointer has to escape.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1.0e6..1.0e6).prop_map(|number: f64| json!(number)),
        "[a-z]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-c~/ 0.]{0,3}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_patch_leads_from_old_to_new(old in prop::option::of(any_json()), new in any_json()) {
        let operations = made(old.clone(), &new).expect("no masks");
        let mut document = json!({});
        if let Some(old) = old {
            document["f"] = old;
        }
        let operations: json_patch::Patch = serde_json::from_value(Value::Array(operations)).expect("a patch");
        json_patch::patch(&mut document, &operations).expect("it applies");
        prop_assert!(same(&document["f"], &new), "{} is not {}", document["f"], new);
    }

    #[test]
    fn what_is_the_same_is_not_touched(value in any_json()) {
        prop_assert_eq!(made(Some(value.clone()), &value), Ok(Vec::new()));
    }

    #[test]
    fn no_mask_is_ever_written(old in masked_json(), new in masked_json()) {
        if let Ok(operations) = made(Some(old), &new) {
            prop_assert!(!Value::Array(operations).to_string().contains(MASK));
        }
    }
}

/// JSON in which masks are common.
fn masked_json() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![Just(json!(MASK)), "[ab]".prop_map(Value::from), any::<bool>().prop_map(Value::from)];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[ab]", inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

#[test]
fn members_are_patched_singly() {
    let old =
        json!({"target_portal": "10.0.0.1:3260", "auth_username": "u", "auth_password": MASK, "gone": 1});
    let new =
        json!({"target_portal": "10.0.0.2:3260", "auth_username": "u", "auth_password": MASK, "lun": 3});
    assert_eq!(
        made(Some(old), &new).expect("a patch"),
        [
            json!({"op": "replace", "path": "/f/target_portal", "value": "10.0.0.2:3260"}),
            json!({"op": "remove", "path": "/f/gone"}),
            json!({"op": "add", "path": "/f/lun", "value": 3}),
        ]
    );
}

#[test]
fn a_typed_secret_replaces_the_mask() {
    let operations =
        patch("/f", Some(&json!({"key": MASK})), &json!({"key": "new"}), rules()).expect("a patch");
    assert_eq!(operations.len(), 1);
    assert!(operations.iter().all(|operation| operation.replaces_mask));
}

#[test]
fn a_mask_where_a_value_is_needed_is_refused() {
    for (old, new) in [
        (None, json!({"password": MASK})),
        (Some(json!({})), json!({"password": MASK})),
        (Some(json!({"a": 1})), json!({"a": MASK})),
        (Some(json!([MASK])), json!([MASK, "b"])),
        (Some(json!("text")), json!({"a": MASK})),
    ] {
        assert_eq!(made(old, &new), Err(MaskedValue), "{new}");
    }
}

#[test]
fn lists_are_replaced_unless_that_would_write_masks() {
    assert_eq!(
        made(Some(json!([1, 2])), &json!([1, 3])).expect("a patch"),
        [json!({"op": "replace", "path": "/f", "value": [1, 3]})]
    );
    assert_eq!(
        made(Some(json!([{"p": MASK, "u": 1}])), &json!([{"p": MASK, "u": 2}])).expect("a patch"),
        [json!({"op": "replace", "path": "/f/0/u", "value": 2})]
    );
}

#[test]
fn keys_that_cannot_be_named_replace_what_holds_them() {
    let rules = Rules { can_name: &|key| !key.contains('.'), ..rules() };
    assert_eq!(
        made_by(Some(json!({"a.b": 1, "c": 2})), &json!({"a.b": 2, "c": 2}), rules).expect("a patch"),
        [json!({"op": "replace", "path": "/f", "value": {"a.b": 2, "c": 2}})]
    );
    assert_eq!(
        made_by(Some(json!({"a.b": 1, "c": 2})), &json!({"a.b": 1, "c": 3}), rules).expect("a patch"),
        [json!({"op": "replace", "path": "/f/c", "value": 3})]
    );
    let masked = made_by(Some(json!({"a.b": 1, "c": MASK})), &json!({"a.b": 2, "c": MASK}), rules);
    assert_eq!(masked, Err(MaskedValue));
}

#[test]
fn pointers_are_escaped() {
    assert_eq!(
        made(Some(json!({"a/b~c": 1})), &json!({"a/b~c": 2})).expect("a patch"),
        [json!({"op": "replace", "path": "/f/a~1b~0c", "value": 2})]
    );
}
