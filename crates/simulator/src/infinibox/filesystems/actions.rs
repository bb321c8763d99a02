//! Moving, refreshing and restoring filesystems.

use super::Filesystem;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{DatasetKind, actions, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::fault::Fault;
use crate::infinibox::relocation;
use crate::infinibox::reply::Reply;

/// Moves a master with its snapshots to another pool.
pub(super) fn move_to_pool(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let filesystem = Filesystem::find(call.array, id)?.dataset.clone();
    let (pool_id, with_capacity) = relocation::wanted(call)?;
    rules::pool_open(call, filesystem.pool_id)?;
    if filesystem.is_snapshot() {
        return Err(Fault::conflict("DATASET_NOT_MASTER", format!("'{}' is no master", filesystem.name)));
    }
    relocation::relocate(call, &[id], filesystem.pool_id, pool_id, with_capacity)?;
    call.record::<Filesystem>(id).map(Reply::result)
}

pub(super) fn refresh(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Filesystem::find(call.array, call.id("id")?)?.check_running()?;
    let id = actions::refresh(call, DatasetKind::Filesystem)?;
    call.record::<Filesystem>(id).map(Reply::result)
}

pub(super) fn restore(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Filesystem::find(call.array, call.id("id")?)?.check_running()?;
    actions::restore(call, DatasetKind::Filesystem)?;
    Ok(Reply::result(true))
}
