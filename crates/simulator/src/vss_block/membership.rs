//! Joining groups and leaving them.

use super::Call;
use super::fault::Fault;
use super::shape::{Member, body, texts};
use super::users::{GROUP_IDS, answer, known, same_vps};
use crate::message::Response;

const MEMBERS: &[Member] = &[Member::needed("userGroupIds", GROUP_IDS)];
/// The most groups of a user.
const MOST: usize = 8;

/// `POST users/<id>/actions/add-user-group/invoke`.
pub(super) fn add(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, MEMBERS)?;
    let id = known(call)?;
    let new = texts(&body, "userGroupIds").unwrap_or_default();
    let mut groups = call.block.accounts.users.get(&id).map(|user| user.groups.clone()).unwrap_or_default();
    if let Some(group) = new.iter().find(|group| groups.contains(*group)) {
        return Err(Fault::conflict(format!(
            "The user belongs to the group {group} of 'userGroupIds' already."
        )));
    }
    groups.extend(new);
    if groups.len() > MOST {
        return Err(Fault::conflict(format!("A user belongs to at most {MOST} groups ('userGroupIds').")));
    }
    same_vps(call, &groups)?;
    if let Some(user) = call.block.accounts.users.get_mut(&id) {
        user.groups = groups;
    }
    answer(call, &id)
}

/// `POST users/<id>/actions/delete-user-group/invoke`. Ends the sessions of the user.
pub(super) fn remove(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, MEMBERS)?;
    let id = known(call)?;
    let left = texts(&body, "userGroupIds").unwrap_or_default();
    let mut accounts = call.block.accounts.clone();
    if let Some(user) = accounts.users.get_mut(&id) {
        if let Some(group) = left.iter().find(|group| !user.groups.contains(group)) {
            return Err(Fault::conflict(format!(
                "The user does not belong to the group {group} of 'userGroupIds'."
            )));
        }
        user.groups.retain(|group| !left.contains(group));
        if user.groups.is_empty() {
            return Err(Fault::conflict("A user belongs to at least one group ('userGroupIds')."));
        }
    }
    accounts.stay_manageable()?;
    call.block.accounts = accounts;
    call.block.end_sessions(&id);
    answer(call, &id)
}
