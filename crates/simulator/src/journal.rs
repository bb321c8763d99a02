//! What the systems were asked, for tests: whether a cancelled form sent nothing, and what exactly a form sent.

use std::collections::VecDeque;

use serde_json::{Map, Value as Json, json};

use crate::message::{Request, Response};

/// How many requests the journal keeps.
const KEPT: usize = 10_000;
/// The longest body that is kept, in bytes.
const MAX_BODY: usize = 64 * 1024;
/// What stands in for a secret.
const MASK: &str = "******";

/// The requests so far, oldest first.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<(u64, Json)>,
    last: u64,
}

impl Journal {
    /// Writes a request to the system of that name down, with the system's answer (none, if the system didn't get it)
    /// and the fault that it met on the way.
    pub fn record(
        &mut self,
        system: &str,
        request: &Request,
        response: Option<&Response>,
        fault: Option<&str>,
    ) {
        self.last += 1;
        // Only refusals hold a code; a page of a thousand records isn't worth reading for one.
        let error = response
            .filter(|response| response.status >= 300)
            .and_then(Response::body_json)
            .and_then(|body| body.pointer("/error/code").cloned());
        let entry = json!({
            "sequence": self.last,
            "system": system,
            "method": request.method.name(),
            "path": request.path,
            "query": query(request),
            "status": response.map(|response| response.status),
            "error": error,
            "fault": fault,
            "body": body(request),
            "body_bytes": request.body.len(),
        });
        self.entries.push_back((self.last, entry));
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    /// The entries after the given sequence number.
    pub fn since(&self, sequence: u64) -> Json {
        self.entries.iter().filter(|(number, _)| *number > sequence).map(|(_, entry)| entry.clone()).collect()
    }

    /// Forgets everything; the sequence numbers go on, so that a reader never takes an old entry for a new one.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// The query with its secrets masked: some systems take them there.
fn query(request: &Request) -> Json {
    let shown = |(name, value): &(String, String)| {
        let value = if is_secret(name) && !value.is_empty() { MASK } else { value };
        json!([name, value])
    };
    request.query.iter().map(shown).collect()
}

/// The body as JSON with its secrets masked; null if there is none, it is no JSON, or it is too long.
fn body(request: &Request) -> Json {
    if request.body.len() > MAX_BODY {
        return Json::Null;
    }
    serde_json::from_slice(&request.body).map_or(Json::Null, masked)
}

fn masked(value: Json) -> Json {
    match value {
        Json::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| {
                let value =
                    if is_secret(&name) && !value.is_null() { Json::from(MASK) } else { masked(value) };
                (name, value)
            })
            .collect::<Map<_, _>>()
            .into(),
        Json::Array(items) => items.into_iter().map(masked).collect(),
        value => value,
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "secret", "private_key", "passphrase", "community", "accountkey", "authenticationcode"]
        .iter()
        .any(|word| name.contains(word))
        && !name.starts_with("has_")
        && !name.starts_with("enforce_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Method;

    #[test]
    fn secrets_are_masked_at_any_depth() {
        let mut journal = Journal::default();
        let request = Request::new(Method::Post, "/api/rest/users?approved=yes").json(&json!({
            "name": "ada", "password": "s3cret-1", "deep": [{"security_chap_inbound_secret": "s3cret-2"}],
        }));
        let refused = Response::json(403, &json!({"error": {"code": "UNAUTHORIZED"}}));
        journal.record("north", &request, Some(&refused), None);
        let entries = journal.since(0);
        assert!(!entries.to_string().contains("s3cret"));
        assert_eq!(entries[0]["error"], "UNAUTHORIZED");
        assert_eq!(entries[0]["query"], json!([["approved", "yes"]]));
        assert_eq!(entries[0]["body"]["name"], "ada");
        assert_eq!(journal.since(1), json!([]));
        let request =
            Request::new(Method::Post, "/user/password?userId=ada&password=s3cret-3&oldpassword=s3cret-4");
        journal.record("objects", &request, None, None);
        assert_eq!(
            journal.since(1)[0]["query"],
            json!([["userId", "ada"], ["password", MASK], ["oldpassword", MASK]])
        );
    }
}
