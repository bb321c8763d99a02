//! A list under an input: in the top layer, as wide as the input at least, never in the way of its focus.

use leptos::{html, prelude::*};
use web_sys::Element;

use super::place_below;
use crate::ui::{fixed, id::reveal};

/// A popover that its owner opens and closes; `list` is its element.
#[derive(Clone, Copy)]
pub struct Popup {
    /// The element, with `popover="manual"`.
    pub list: NodeRef<html::Div>,
    is_open: RwSignal<bool>,
}

impl Popup {
    /// Closed.
    pub fn new() -> Self {
        Self { list: NodeRef::new(), is_open: RwSignal::new(false) }
    }

    /// Whether it is open; tracked.
    pub fn shown(self) -> bool {
        self.is_open.get()
    }

    /// Whether it is open.
    pub fn is_open(self) -> bool {
        self.is_open.get_untracked()
    }

    /// Opens it below its anchor.
    pub fn open(self, anchor: &Element) {
        let Some(list) = self.list.get_untracked() else { return };
        if !self.is_open() {
            if list.show_popover().is_err() {
                return;
            }
            self.is_open.set(true);
        }
        let width = anchor.get_bounding_client_rect().width().min(480.0);
        // A property that the style sheet knows can't be refused.
        drop((*list).style().set_property("width", &format!("{}px", fixed(width, 0))));
        // Its height is known once the options are in it.
        let anchor = anchor.clone();
        place_below(&list, &anchor);
        request_animation_frame(move || place_below(&list, &anchor));
    }

    /// Closes it.
    pub fn close(self) {
        if self.is_open.try_get_untracked() == Some(true) {
            self.is_open.set(false);
            if let Some(list) = self.list.get_untracked() {
                // It can only fail when the browser has just closed it.
                drop(list.hide_popover());
            }
        }
    }

    /// Scrolls the list until the element of that id shows. The page stays where it is.
    pub fn reveal(self, id: &str) {
        if let Some(list) = self.list.get_untracked() {
            reveal(&list, id);
        }
    }
}

impl Default for Popup {
    fn default() -> Self {
        Self::new()
    }
}
