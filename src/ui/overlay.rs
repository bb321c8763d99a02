//! What lies above the page.

mod dialog;
mod disclosure;
mod menu;
mod popup;
mod position;

pub use dialog::{CloseReason, Dialog, DialogSize};
pub use disclosure::Disclosure;
pub use menu::{Menu, MenuGroup, MenuItem};
pub use popup::Popup;
pub(super) use position::{place_below, place_beside};
