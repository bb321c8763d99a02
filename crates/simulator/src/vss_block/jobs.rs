//! Jobs: what the cluster works on after it has answered.

use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::{Call, time};
use crate::message::Response;
use crate::uuid;

/// A job. All times are in milliseconds since 1970.
pub(super) struct Job {
    id: String,
    user_id: String,
    created_at: i64,
    done_at: i64,
    /// Path of what it changes.
    resource: String,
}

/// Starts a job and answers that it has been taken.
pub(super) fn start(call: &mut Call<'_>, resource: String) -> Response {
    let created_at = call.block.now();
    let random = &mut call.block.random;
    let id = uuid::of(random.next(), random.next());
    let done_at = created_at + call.block.job_millis;
    let job = Job { id, user_id: call.actor.user_id.clone(), created_at, done_at, resource };
    let response = Response::json(202, &to_json(&job, false));
    call.block.jobs.push(job);
    response
}

/// `GET jobs/<id>`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    let job = call.block.jobs.iter().find(|job| job.id == call.name());
    let job = job.ok_or_else(|| Fault::absent("such job"))?;
    Ok(Response::json(200, &to_json(job, job.done_at <= call.block.now())))
}

fn to_json(job: &Job, is_done: bool) -> Json {
    json!({
        "jobId": job.id,
        "self": format!("/ConfigurationManager/simple/v1/objects/jobs/{}", job.id),
        "userId": job.user_id,
        "status": if is_done { "Completed" } else { "Running" },
        "state": if is_done { "Succeeded" } else { "Started" },
        "createdTime": time::text(job.created_at),
        "updatedTime": time::text(if is_done { job.done_at } else { job.created_at }),
        "affectedResources": if is_done { json!([job.resource]) } else { json!([]) },
    })
}
