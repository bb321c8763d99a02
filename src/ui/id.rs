//! Element ids that are unique on the page, for `for`, `aria-describedby` and their like.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A new id such as `field-12`; the prefix only helps who reads the page's source.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
