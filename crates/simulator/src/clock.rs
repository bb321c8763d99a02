//! The time, real or chosen.

use std::time::{SystemTime, UNIX_EPOCH};

/// Where a system takes the time from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A time that only moves when it is told to, in milliseconds since 1970.
    Fixed(i64),
}

impl Clock {
    /// The time in milliseconds since 1970.
    pub fn now(self) -> i64 {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()
                .and_then(|elapsed| i64::try_from(elapsed.as_millis()).ok())
                .unwrap_or(0),
            Self::Fixed(now) => now,
        }
    }

    /// Moves a fixed clock on; a real one goes its own way.
    pub fn advance(&mut self, milliseconds: i64) {
        if let Self::Fixed(now) = self {
            *now = now.saturating_add(milliseconds);
        }
    }
}
