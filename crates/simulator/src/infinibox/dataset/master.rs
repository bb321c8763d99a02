//! Making a master: what a volume and a filesystem have in common when they come into being.

use super::{Dataset, DatasetKind, Provisioning, Rare, rules};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity as _;
use crate::infinibox::fault::Fault;
use crate::infinibox::pools::Pool;

/// What the kind of dataset has already checked.
pub(crate) struct Wanted<'a> {
    pub(crate) kind: DatasetKind,
    pub(crate) name: &'a str,
    pub(crate) pool_id: i64,
    /// Bytes.
    pub(crate) size: i64,
}

/// A master with an id of its own, which fits into its pool and has the approval that SSA Express asks for.
pub(crate) fn make(call: &mut Call<'_>, body: &Body, wanted: &Wanted<'_>) -> Result<Dataset, Fault> {
    let policy_id = rules::policy(call.array, body)?;
    let pool = Pool::find(call.array, wanted.pool_id)?;
    let now = call.now();
    let usual_provisioning = match wanted.kind {
        DatasetKind::Volume => Provisioning::Thick,
        DatasetKind::Filesystem => Provisioning::Thin,
    };
    let dataset = Dataset {
        id: 0,
        name: wanted.name.to_owned(),
        kind: wanted.kind,
        pool_id: wanted.pool_id,
        parent_id: 0,
        family_id: 0,
        cg_id: 0,
        size: wanted.size,
        used: 0,
        created_at: now,
        updated_at: now,
        children: 0,
        depth: 0,
        provisioning: body.text("provtype").map_or(usual_provisioning, Provisioning::parse),
        ssd_enabled: body.boolean("ssd_enabled").unwrap_or(pool.ssd_enabled),
        compression_enabled: body.boolean("compression_enabled").unwrap_or(pool.compression_enabled),
        write_protected: body.boolean("write_protected").unwrap_or(false),
        ssa_express_enabled: body.boolean("ssa_express_enabled").unwrap_or(false),
        internal: false,
        rare: policy_id
            .map(|policy_id| Box::new(Rare { snapshot_policy_id: Some(policy_id), ..Rare::default() })),
    };
    rules::check_room(call.array, wanted.pool_id, dataset.virtual_consumed(), dataset.physical_consumed())?;
    if dataset.ssa_express_enabled {
        rules::check_ssa_express(&dataset)?;
        call.approve(|| rules::ssa_express_consequence(&dataset))?;
    }
    let id = call.array.next_id();
    Ok(Dataset { id, family_id: id, ..dataset })
}
