//! Files that lie beside the console: the list of systems, catalogs, texts.

use std::sync::Arc;

use boxdeck_dialect::{Failure, FailureKind, Request, Response};

use crate::transport::{self, Route};

/// Asks for a file, by its path from the console on.
///
/// # Errors
/// No answer came. An answer of any status is one.
pub async fn ask(path: &str) -> Result<Response, Failure> {
    let request = Request { method: "GET".to_owned(), path: format!("/{path}"), ..Request::default() };
    transport::send(&request, &Route { address: ".".to_owned(), ..Route::default() }).await
}

/// The content of a file.
///
/// # Errors
/// As for [`ask`]; what `missing` makes of any other status than 200.
pub async fn file(path: &str, missing: impl FnOnce(u16) -> String) -> Result<Arc<Vec<u8>>, Failure> {
    let answer = ask(path).await?;
    if answer.status == 200 {
        Ok(answer.body)
    } else {
        Err(Failure::new(FailureKind::NotFound, missing(answer.status)))
    }
}

/// What is said when a part of the program, which is such a file too, cannot be fetched.
pub fn no_part() -> Failure {
    Failure::new(FailureKind::Unreachable, words::files::part_missing_text())
}
