//! One request on its way through its operation: the parameters that it came with, read as the operation wants them.

use serde_json::Value as Json;

use super::body::Body;
use super::fault::Fault;
use super::store::Store;
use crate::message::{Request, Response};

/// How many rows a list has if nobody asks for another number.
const ROWS: usize = 100;

/// What a handler works with.
pub(super) struct Call<'a> {
    pub(super) store: &'a mut Store,
    pub(super) request: &'a Request,
    pub(super) body: Body,
}

impl<'a> Call<'a> {
    /// A parameter; an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.request.parameter(name).filter(|value| !value.is_empty())
    }

    /// A parameter that the operation can't do without.
    ///
    /// # Errors
    ///
    /// 400 if it is missing.
    pub(super) fn need(&self, name: &str) -> Result<&'a str, Fault> {
        self.text(name).ok_or_else(|| Fault::missing(&[name]))
    }

    /// Refuses a request without these parameters.
    ///
    /// # Errors
    ///
    /// 400 that names those that are missing.
    pub(super) fn require(&self, names: &[&str]) -> Result<(), Fault> {
        let missing: Vec<&str> = names.iter().copied().filter(|name| self.text(name).is_none()).collect();
        if missing.is_empty() { Ok(()) } else { Err(Fault::missing(&missing)) }
    }

    /// A parameter that is `true` or `false`.
    ///
    /// # Errors
    ///
    /// 400 for anything else.
    pub(super) fn flag(&self, name: &str, default: bool) -> Result<bool, Fault> {
        match self.text(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(other) => Err(Fault::bad(format!("Invalid parameter {name} : {other}"))),
        }
    }

    /// A parameter that is a whole number.
    ///
    /// # Errors
    ///
    /// 400 if it is none.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Fault> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_no_number| Fault::bad(format!("Invalid parameter {name} : {text}")))
            })
            .transpose()
    }

    /// How many rows a list is asked for. The documents name no greatest number, so there is none.
    ///
    /// # Errors
    ///
    /// 400 if it isn't above 0.
    pub(super) fn limit(&self) -> Result<usize, Fault> {
        match self.number("limit")? {
            None => Ok(ROWS),
            Some(limit @ 1..) => Ok(usize::try_from(limit).unwrap_or(usize::MAX - 1)),
            Some(_) => Err(Fault::bad("Limit should be greater than zero")),
        }
    }

    /// The region that is asked for, where an omitted one means the default region.
    ///
    /// # Errors
    ///
    /// 400 if the system has no such region.
    pub(super) fn region(&self) -> Result<&'static str, Fault> {
        self.store.region_named(self.text("region"))
    }

    /// The regions that are asked for, where an omitted one means all of them.
    ///
    /// # Errors
    ///
    /// 400 if the system has no such region.
    pub(super) fn regions(&self) -> Result<Vec<&'static str>, Fault> {
        match self.text("region") {
            None => Ok(self.store.regions.iter().map(|region| region.name).collect()),
            name => self.store.region_named(name).map(|region| vec![region]),
        }
    }

    /// The canonical id of the user that `userId` and `groupId`, or `canonicalUserId`, name. By their names only users
    /// are found that aren't deleted; by the canonical id the deleted ones too, which is what the documents say in one
    /// place and deny in another.
    ///
    /// # Errors
    ///
    /// 400 if neither way is complete, or both are taken.
    pub(super) fn user(&self) -> Result<Option<String>, Fault> {
        match (self.text("userId"), self.text("groupId"), self.text("canonicalUserId")) {
            (None, None, Some(canonical)) => {
                Ok(self.store.users.contains_key(canonical).then(|| canonical.to_owned()))
            }
            (Some(user), Some(group), None) => Ok(self.store.canonical(group, user).map(str::to_owned)),
            (_, _, Some(_)) => Err(Fault::bad("Conflicting parameters : {userId, groupId, canonicalUserId}")),
            _ => Err(Fault::missing(&["userId", "groupId", "canonicalUserId"])),
        }
    }

    /// The same where an unknown user is a wrong parameter.
    ///
    /// # Errors
    ///
    /// Those of [`Call::user`], and 400 if there is no such user.
    pub(super) fn known_user(&self) -> Result<String, Fault> {
        self.user()?.ok_or_else(|| Fault::bad("User does not exist : {userId, groupId}"))
    }

    /// Whether the request is one for a page that isn't the first.
    pub(super) fn resumed(&self) -> bool {
        self.text("offset").is_some()
    }
}

/// A page of the paging scheme with one row more than asked for, whose id is where the next page starts. The trap that
/// is documented: if that one row is the last that there is, the next page doesn't have it but is empty.
pub(super) fn page<T>(rows: impl Iterator<Item = T>, limit: usize, resumed: bool) -> Vec<T> {
    let page: Vec<T> = rows.take(limit.saturating_add(1)).collect();
    if resumed && page.len() == 1 { Vec::new() } else { page }
}

/// A list as the service answers it: one without rows is an empty body, as those say who have met the real service.
pub(super) fn rows(rows: Vec<Json>) -> Response {
    if rows.is_empty() { Response::empty(200) } else { Response::json(200, &Json::Array(rows)) }
}

/// A text as the answer.
pub(super) fn text(text: impl Into<String>) -> Response {
    Response::typed(200, "text/plain", text.into().into_bytes())
}

/// What most changes are answered with. Where the documents name no body there is none.
pub(super) fn done() -> Response {
    Response::empty(200)
}
