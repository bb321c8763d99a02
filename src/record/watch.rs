//! Reading a record again by itself while something of it is under way: the catalog says which values mean that, by their
//! tone. The less happens, the less often.

use std::sync::Arc;

use boxdeck_catalog::{FieldType, Resource, Tone};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::format;
use crate::load::Loader;

/// The first wait, and the wait after a change, in milliseconds.
const FIRST: u32 = 2_000;
/// The longest wait in milliseconds.
const LONGEST: u32 = 30_000;

/// Whether a value of the record says that something is under way.
fn is_under_way(resource: &Resource, record: &Record) -> bool {
    resource.fields.iter().any(|field| {
        let field = record.described(field);
        let can_say = field.tone == Tone::Busy || matches!(field.field_type, FieldType::Enum(_));
        can_say && format::value(&field, record.get(&field.name), 0.0).tone == Tone::Busy
    })
}

/// The wait after one of `before` that has brought nothing new.
fn longer(before: u32) -> u32 {
    (before + before / 2).min(LONGEST)
}

/// Calls `read` again and again while something of what `loader` holds is under way. Whether it does; tracked.
pub(super) fn watch(
    resource: Arc<Resource>,
    loader: Loader<Record>,
    read: impl Fn() + Clone + 'static,
) -> Memo<bool> {
    let is_busy = Memo::new(move |_| {
        loader
            .state()
            .with(|loaded| loaded.data.as_ref().is_some_and(|record| is_under_way(&resource, record)))
    });
    watch_while(is_busy, loader, read);
    is_busy
}

/// Calls `read` again and again while `is_busy`; the less what `loader` holds changes, the less often.
pub fn watch_while<T: PartialEq + Send + Sync + 'static>(
    is_busy: Memo<bool>,
    loader: Loader<T>,
    read: impl Fn() + Clone + 'static,
) {
    let as_of = Memo::new(move |_| loader.state().with(|loaded| loaded.as_of));
    let seen = StoredValue::new((None::<Arc<T>>, FIRST));
    Effect::new(move |_| {
        as_of.track();
        if !is_busy.get() {
            return;
        }
        let record = loader.state().with_untracked(|loaded| loaded.data.clone());
        let (before, wait) = seen.get_value();
        let wait = if before.is_some() && before == record { longer(wait) } else { FIRST };
        seen.set_value((record, wait));
        let read = read.clone();
        // Ends with this run of the effect: another read is waited for anew.
        spawn_local_scoped_with_cancellation(async move {
            loop {
                gloo_timers::future::TimeoutFuture::new(wait).await;
                if !document().hidden() {
                    read();
                    return;
                }
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(status: &str) -> Record {
        Record(json!({"status": status}).as_object().expect("an object").clone())
    }

    #[test]
    fn only_what_the_catalog_calls_busy_is_under_way() {
        let resource: Resource = serde_json::from_str(
            r#"{"id": "jobs", "title": "Jobs", "singular": "job", "area": "work", "fields": [
                {"name": "status", "label": "Status", "type": {"enum": [
                    {"value": "running", "label": "Running", "tone": "busy"},
                    {"value": "done", "label": "Done", "tone": "good"}
                ]}}
            ], "operations": []}"#,
        )
        .expect("a resource");
        assert!(is_under_way(&resource, &record("running")));
        assert!(!is_under_way(&resource, &record("done")) && !is_under_way(&resource, &record("odd")));
        assert!(!is_under_way(&resource, &Record::default()));
    }

    #[test]
    fn waits_grow_to_a_limit() {
        let waits: Vec<u32> =
            std::iter::successors(Some(FIRST), |wait| Some(longer(*wait))).take(9).collect();
        assert_eq!(&waits[..3], [2_000, 3_000, 4_500]);
        assert_eq!(waits[8], LONGEST);
    }
}
