//! Families: a master with its snapshots, their snapshots, and so on.

use std::collections::HashSet;

use crate::infinibox::array::Array;
use crate::infinibox::dataset::Dataset;

/// The ids of everything below a dataset, parents before their children. Internal datasets are among them.
pub(crate) fn descendants(array: &Array, id: i64) -> Vec<i64> {
    let Some(root) = array.dataset(id) else {
        return Vec::new();
    };
    let mut relatives: Vec<&Dataset> =
        array.datasets().filter(|dataset| dataset.family_id == root.family_id).collect();
    relatives.sort_by_key(|dataset| (dataset.depth, dataset.id));
    let mut below = HashSet::from([id]);
    relatives
        .into_iter()
        .filter(|dataset| below.contains(&dataset.parent_id) && below.insert(dataset.id))
        .map(|dataset| dataset.id)
        .collect()
}

/// How many datasets the family of a dataset has.
pub(crate) fn size(array: &Array, family_id: i64) -> usize {
    array.datasets().filter(|dataset| dataset.family_id == family_id).count()
}

/// Takes a dataset and everything below it away, and its parent's count of children down. Returns what is gone, the
/// lowest first.
pub(crate) fn remove(array: &mut Array, id: i64) -> Vec<Dataset> {
    let mut ids = vec![id];
    ids.extend(descendants(array, id));
    let gone: Vec<Dataset> = ids.into_iter().rev().filter_map(|id| array.remove_dataset(id)).collect();
    if let Some(top) = gone.last() {
        leave_parent(array, top.parent_id, top.internal);
    }
    gone
}

/// Counts one child less.
pub(crate) fn leave_parent(array: &mut Array, parent_id: i64, internal: bool) {
    let Some(parent) = array.dataset_mut(parent_id) else {
        return;
    };
    if internal {
        let rare = parent.rare_mut();
        rare.internal_children = rare.internal_children.saturating_sub(1);
    } else {
        parent.children = parent.children.saturating_sub(1);
    }
}
