//! Files in pieces: the service sends at most 8 MiB at a time.

use boxdeck_catalog::{Operation, OperationKind};

use crate::http::{Piece, Request};

/// Bytes of a piece.
const LENGTH: u64 = 8 * 1024 * 1024;
/// Parameters that name a piece.
const PARAMETERS: [&str; 2] = ["startOffset", "length"];

/// The piece from a byte on, of an operation that takes pieces. Who has named one wants that one and no other.
pub(super) fn piece(operation: &Operation, request: &Request, from: u64) -> Option<Piece> {
    let takes = |name: &&str| operation.parameter(name).is_some();
    let is_named = request.query.iter().any(|(name, _)| PARAMETERS.contains(&name.as_str()));
    if operation.kind != OperationKind::Download || is_named || !PARAMETERS.iter().all(takes) {
        return None;
    }
    let mut request = request.clone();
    for (name, value) in PARAMETERS.into_iter().zip([from, LENGTH]) {
        request.query.push((name.to_owned(), value.to_string()));
    }
    Some(Piece { request, length: LENGTH })
}
