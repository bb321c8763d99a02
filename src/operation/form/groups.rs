//! The inputs of a form under their headings.

use std::collections::BTreeMap;

use boxdeck_catalog::Resource;
use boxdeck_dialect::InputPlace;

use super::Input;

/// Groups of inputs in the order of the resource's headings: title, whether folded, and the inputs' places.
pub fn groups(resource: &Resource, inputs: &[Input]) -> Vec<(String, bool, Vec<usize>)> {
    let mut by_group: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // What only steers the request comes after what it is about.
    let steers = |input: &Input| input.place == InputPlace::Parameter && !input.node.required;
    let mut ordered: Vec<(usize, &Input)> = inputs.iter().enumerate().collect();
    ordered.sort_by_key(|(_, input)| steers(input));
    let mut options = Vec::new();
    for (index, input) in ordered {
        if steers(input) && inputs.len() > 1 {
            options.push(index);
            continue;
        }
        let group = input.node.field.group.as_str();
        let known = resource.groups.iter().any(|known| known.id == group);
        by_group.entry(if known { group } else { "" }).or_default().push(index);
    }
    let first = by_group.remove("").map(|inputs| (String::new(), false, inputs));
    let named = resource.groups.iter().filter_map(|group| {
        let inputs = by_group.remove(group.id.as_str())?;
        Some((group.title.clone(), group.folded, inputs))
    });
    let options = (!options.is_empty()).then(|| (words::form::options().to_owned(), false, options));
    first.into_iter().chain(named).chain(options).collect()
}
