//! What tells a person how things are.

mod empty;
mod notice;
mod progress;
mod state;
mod tone;

pub use empty::EmptyState;
pub use notice::Notice;
pub use progress::{ProgressBar, Skeleton, Spinner};
pub use state::StateDot;
pub use tone::{Tone, ToneIcon};
