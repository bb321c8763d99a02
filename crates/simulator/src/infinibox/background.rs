//! Operations that go on after their request was answered: `ready: false` and a `result_url` to ask for the outcome.
//!
//! The document describes this without ever showing it, so the path of the outcome is the simulator's own choice;
//! clients must take it from the answer.

use serde_json::Value as Json;

use super::call::Call;
use super::entity::Table;
use super::fault::Fault;
use super::reply::Reply;
use super::route::Route;

/// How long an operation takes, in milliseconds.
pub(crate) const DURATION: i64 = 2_000;

/// Asking for an outcome.
pub(crate) const ROUTES: &[Route] = &[Route::get("background_operations/{id}", outcome)];

/// An operation that goes on.
pub(crate) struct Operation {
    /// When it will be done, in milliseconds since 1970.
    done_at: i64,
    /// What it will have answered: rendered when it is asked for, so that it shows the record as it is then.
    outcome: fn(&Call<'_>, i64) -> Result<Json, Fault>,
    /// The record that it works on.
    record_id: i64,
}

/// The operations that were started, by id.
#[derive(Default)]
pub(crate) struct Background {
    operations: Table<Operation>,
}

impl Background {
    /// Whether the operation is still going on.
    pub(crate) fn is_running(&self, id: i64, now: i64) -> bool {
        self.operations.get(&id).is_some_and(|operation| operation.done_at > now)
    }
}

/// Starts an operation on a record and returns its id. `outcome` renders what it will have answered from the record's id.
pub(crate) fn start(
    call: &mut Call<'_>,
    record_id: i64,
    outcome: fn(&Call<'_>, i64) -> Result<Json, Fault>,
) -> i64 {
    let id = call.array.next_id();
    let operation = Operation { done_at: call.now().saturating_add(DURATION), outcome, record_id };
    call.array.background.operations.insert(id, operation);
    id
}

/// Answers a request whose operation goes on: the record as it is by now, and where the outcome will be.
pub(crate) fn started(id: i64, so_far: Json) -> Reply {
    Reply::background(so_far, url(id))
}

fn url(id: i64) -> String {
    format!("/api/rest/background_operations/{id}")
}

fn outcome(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let operation = call
        .array
        .background
        .operations
        .get(&id)
        .ok_or_else(|| Fault::missing("NOT_FOUND", format!("There is no background operation {id}")))?;
    if operation.done_at > call.now() {
        return Ok(Reply::background(Json::Null, url(id)));
    }
    (operation.outcome)(call, operation.record_id).map(Reply::result)
}
