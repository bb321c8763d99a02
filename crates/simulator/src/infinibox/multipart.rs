//! Uploads: the parts of a `multipart/form-data` body.

use super::fault::Fault;
use crate::message::Request;
use crate::multipart;

/// The part of one of these names.
///
/// # Errors
///
/// 400 `MALFORMED_CONTENT` for a body that is no form, or that lacks the part.
pub(crate) fn part<'a>(request: &'a Request, names: &[&str]) -> Result<&'a [u8], Fault> {
    multipart::part(request, names).map_err(Fault::malformed_content)
}
