//! What is odd about a policy: nothing that the service refuses, but hardly what somebody wants.

use serde_json::Value;
use words::policy as say;

use super::phrase::{gap, length};

/// Sentences for a person who writes the policy.
pub(super) fn doubts(policy: &Value) -> Vec<&'static str> {
    let regular = policy.get("regular").unwrap_or(&Value::Null);
    let mut found = Vec::new();
    let fulls = regular.get("fullBackups").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let makes = |name: &str| regular.get(name).is_some_and(|of| !of.is_null());
    if !makes("incremental") && !makes("full") && !fulls {
        found.push(say::nothing_regular());
    }
    let kept = regular.get("retention").and_then(length);
    let between = regular.get("incremental").and_then(|of| gap(of.get("schedule")?));
    if let (Some(kept), Some(between)) = (kept, between)
        && kept < between
    {
        found.push(say::expires_early());
    }
    let locked = regular.get("retention").and_then(|of| length(of.get("dataLockConfig")?));
    if let (Some(kept), Some(locked)) = (kept, locked)
        && locked > kept
    {
        found.push(say::lock_is_longer());
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn regular(days: u64, kept: u64, locked: u64) -> Value {
        json!({"regular": {
            "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": days}}},
            "retention": {
                "unit": "Days", "duration": kept,
                "dataLockConfig": {"mode": "Compliance", "unit": "Days", "duration": locked},
            },
        }})
    }

    #[test]
    fn gaps_and_locks_are_noticed() {
        assert!(doubts(&regular(1, 14, 7)).is_empty());
        assert_eq!(doubts(&regular(7, 3, 1)), [say::expires_early()]);
        assert_eq!(doubts(&regular(1, 7, 30)), [say::lock_is_longer()]);
        assert_eq!(doubts(&json!({"regular": {}})), [say::nothing_regular()]);
    }
}
