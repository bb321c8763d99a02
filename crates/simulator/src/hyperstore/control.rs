//! Orders of tests, see [`System::control`](crate::world::System::control).

use serde_json::Value as Json;

use super::fault::Format;
use super::license::{MODES, SINGLE_NODE};
use super::store::Store;

/// Carries out an order:
///
/// | key | value |
/// |---|---|
/// | `advance_seconds` | how far a fixed clock moves on |
/// | `deleting_seconds` | how long a user is on the way to be deleted |
/// | `region` | the region of the service that answers |
/// | `error_format` | `html`, `json` or `text`: the bodies of refusals |
/// | `requests`, `bucket_statistics`, `bucket_counts` | whether it is counted |
/// | `object_lock_mode` | the licence's mode |
/// | `single_node` | whether the system has one node only |
/// | `expire_passwords` | `true`: every password has to be changed |
///
/// # Errors
///
/// A sentence that names the key that isn't known or whose value isn't.
pub(super) fn order(store: &mut Store, order: &Json) -> Result<(), String> {
    let order = order.as_object().ok_or("an order is an object")?;
    for (key, value) in order {
        let seconds = value.as_u64().and_then(|value| u32::try_from(value).ok());
        match (key.as_str(), seconds, value.as_bool(), value.as_str()) {
            ("advance_seconds", Some(seconds), _, _) => store.clock.advance(i64::from(seconds) * 1000),
            ("deleting_seconds", Some(seconds), _, _) => store.deleting_millis = i64::from(seconds) * 1000,
            ("region", _, _, Some(name)) => {
                let region = store.regions.iter().find(|region| region.name == name);
                store.local_region = region.ok_or_else(|| format!("there is no region '{name}'"))?.name;
            }
            ("error_format", _, _, Some("html")) => store.format = Format::Html,
            ("error_format", _, _, Some("json")) => store.format = Format::Json,
            ("error_format", _, _, Some("text")) => store.format = Format::Text,
            ("requests", _, Some(on), _) => store.features.requests = on,
            ("bucket_statistics", _, Some(on), _) => store.features.bucket_statistics = on,
            ("bucket_counts", _, Some(on), _) => store.features.bucket_counts = on,
            ("object_lock_mode", _, _, Some(mode)) => {
                let known = MODES.iter().find(|known| **known == mode);
                store.license.object_lock = known.ok_or_else(|| format!("there is no mode '{mode}'"))?;
            }
            ("single_node", _, Some(single), _) => store.license.environment = single.then_some(SINGLE_NODE),
            ("expire_passwords", _, Some(true), _) => {
                let passwords = store.users.values_mut().filter_map(|user| user.password.as_mut());
                passwords.for_each(|password| password.expired = true);
            }
            _ => return Err(format!("a HyperStore takes no order '{key}' with that value")),
        }
    }
    Ok(())
}
