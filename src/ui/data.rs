//! Values and lists of values.

mod capacity;
mod code;
mod copy;
mod description;
mod steps;
mod tabs;

pub use capacity::CapacityBar;
pub use code::CodeBlock;
pub use copy::{CopyButton, copy_text};
pub use description::{Description, DescriptionList};
pub use steps::Steps;
pub use tabs::Tabs;
