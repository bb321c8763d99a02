//! Records that share a request, where one request can take several.

use boxdeck_dialect::{Body, Plan, Request};
use serde_json::Value;

use super::Item;
use crate::operation::run::Run;

/// A plan before it is on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Planned {
    /// Keys of the records.
    pub(super) keys: Vec<String>,
    /// What they are called.
    pub(super) names: Vec<String>,
    /// What is sent.
    pub(super) plan: Plan,
}

impl Planned {
    /// The plan on its way.
    pub(super) fn item(self) -> Item {
        let Self { keys, names, mut plan } = self;
        let name = names.join(", ");
        if keys.len() > 1 {
            // It concerns no single record any more.
            plan.target = None;
            plan.target_name = Some(name.clone());
        }
        Item { run: Run::new(plan.clone()), keys, name, plan }
    }

    /// Takes the records of another one, if both requests are the same but for the list in which the records go.
    fn take(&mut self, other: &Self, member: &str) -> bool {
        let ([step], [added]) = (self.plan.steps.as_mut_slice(), other.plan.steps.as_slice()) else {
            return false;
        };
        let (mut rest, mut other_rest) = (step.request.clone(), added.request.clone());
        let (Some(mut list), Some(more)) = (taken(&mut rest, member), taken(&mut other_rest, member)) else {
            return false;
        };
        if rest != other_rest {
            return false;
        }
        list.extend(more);
        if let Body::Json(Value::Object(members)) = &mut step.request.body {
            members.insert(member.to_owned(), Value::Array(list));
        }
        self.keys.extend(other.keys.iter().cloned());
        self.names.extend(other.names.iter().cloned());
        true
    }
}

/// Takes a list out of the body of a request.
fn taken(request: &mut Request, member: &str) -> Option<Vec<Value>> {
    let Body::Json(Value::Object(members)) = &mut request.body else { return None };
    match members.remove(member) {
        Some(Value::Array(items)) => Some(items),
        _ => None,
    }
}

/// Puts the records together whose requests differ only in that list of the body.
pub(super) fn gather(all: Vec<Planned>, member: &str) -> Vec<Planned> {
    let mut gathered: Vec<Planned> = Vec::new();
    for planned in all {
        if !gathered.iter_mut().any(|earlier| earlier.take(&planned, member)) {
            gathered.push(planned);
        }
    }
    gathered
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::PlanStep;
    use serde_json::json;

    use super::*;

    fn planned(key: &str, body: Value) -> Planned {
        let request = Request { body: Body::Json(body), ..Request::default() };
        let step = PlanStep { request, changes: Vec::new(), secrets: Vec::new() };
        let plan = Plan {
            operation: String::new(),
            title: String::new(),
            target: Some(("v".to_owned(), key.to_owned())),
            target_name: Some(key.to_owned()),
            steps: vec![step],
            destroys: None,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        };
        Planned { keys: vec![key.to_owned()], names: vec![key.to_owned()], plan }
    }

    #[test]
    fn what_differs_in_the_list_alone_shares_a_request() {
        let all = vec![
            planned("a", json!({"ids": ["a"], "node": "1"})),
            planned("b", json!({"ids": ["b"], "node": "2"})),
            planned("c", json!({"ids": ["c"], "node": "1"})),
        ];
        let gathered = gather(all.clone(), "ids");
        let keys: Vec<&[String]> = gathered.iter().map(|planned| planned.keys.as_slice()).collect();
        assert_eq!(keys, [&["a".to_owned(), "c".to_owned()][..], &["b".to_owned()]]);
        assert!(
            gathered[0].plan.steps[0].request.body == Body::Json(json!({"ids": ["a", "c"], "node": "1"}))
        );
        // What has no such list goes by itself.
        assert_eq!(gather(all.clone(), "other"), all);
    }
}
