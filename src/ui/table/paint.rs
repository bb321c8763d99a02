//! Puts cells into the document by as few calls as it takes. Elements that fit are kept: only what differs is written.

use std::any::Any;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::cell::{Cell, CellLink};
use crate::ui::{Tone, fixed};

/// Sign for "nothing here".
const NOTHING: &str = "—";

/// A view inside a cell; it ends when this is dropped.
pub(super) type Mounted = Box<dyn Any>;

/// Elements to copy, which is quicker than to build them.
pub(super) struct Stencils {
    state: HtmlElement,
    share: HtmlElement,
    link: HtmlElement,
    nothing: HtmlElement,
}

impl Stencils {
    /// `None` where the browser makes no elements.
    pub(super) fn new() -> Option<Self> {
        let state = element("span", "state")?;
        for class in ["state-mark", "state-label"] {
            let part = element("span", class)?;
            append(&state, &part);
        }
        set(&state.first_element_child()?, "aria-hidden", "true");
        // As `ui::CapacityBar` has it beside a number.
        let (share, track) = (element("span", "value-share")?, element("span", "capacity-track")?);
        for (name, value) in [("role", "meter"), ("aria-valuemin", "0"), ("aria-valuemax", "100")] {
            set(&track, name, value);
        }
        append(&share, &document().create_text_node(NOTHING));
        append(&share, &track);
        let link = element("a", "")?;
        set(&link, "tabindex", "-1");
        let nothing = element("span", "value-none")?;
        nothing.set_text_content(Some(NOTHING));
        Some(Self { state, share, link, nothing })
    }
}

/// Shows a cell in its element, which shows `old` so far. `None` where the browser refuses an element.
pub(super) fn paint(
    stencils: &Stencils,
    owner: &Owner,
    place: &HtmlElement,
    old: Option<&Cell>,
    new: &Cell,
) -> Option<Option<Mounted>> {
    match (old, new) {
        (Some(Cell::State(..)), Cell::State(text, tone)) => {
            let state = place.first_element_child()?;
            write_state(&state, text, *tone);
        }
        (Some(old @ Cell::Share { .. }), Cell::Share { .. }) => {
            let share = place.first_element_child()?;
            write_share(&share, Some(old), new);
        }
        (Some(Cell::Text { .. }), Cell::Text { text, .. }) => write(place, text),
        (Some(Cell::Links(olds)), Cell::Links(links)) if alike(olds, links) => {
            let (anchor, link) = (place.first_element_child()?, links.first()?);
            write(&anchor, &link.text);
            set(&anchor, "href", link.href.as_deref().unwrap_or_default());
        }
        (_, Cell::Text { text, .. }) => place.set_text_content(Some(text)),
        (_, Cell::Nothing(_)) => {
            let nothing = copy(&stencils.nothing)?;
            fill(place, &nothing);
        }
        (_, Cell::State(text, tone)) => {
            let state = copy(&stencils.state)?;
            write_state(&state, text, *tone);
            fill(place, &state);
        }
        (_, Cell::Share { .. }) => {
            let share = copy(&stencils.share)?;
            write_share(&share, None, new);
            fill(place, &share);
        }
        (_, Cell::Links(links)) => {
            place.set_text_content(None);
            for (index, link) in links.iter().enumerate() {
                if index > 0 {
                    append(place, &document().create_text_node(", "));
                }
                match &link.href {
                    Some(href) => {
                        let anchor = copy(&stencils.link)?;
                        anchor.set_text_content(Some(&link.text));
                        set(&anchor, "href", href);
                        append(place, &anchor);
                    }
                    None => append(place, &document().create_text_node(&link.text)),
                }
            }
        }
        (_, Cell::View { view, .. }) => {
            place.set_text_content(None);
            let (place, view) = (place.clone(), view.clone());
            // The view belongs to the table, not to the effect that paints it.
            return Some(Some(owner.with(|| Box::new(mount_to(place, move || view.run())) as Mounted)));
        }
    }
    Some(None)
}

/// Writes the text of an element that holds nothing else. The node of the text stays, where there is one: another one would
/// have to be laid out from the beginning.
fn write(element: &Element, text: &str) {
    match element.first_child() {
        Some(node) => node.set_node_value(Some(text)),
        None => element.set_text_content(Some(text)),
    }
}

/// Whether one link stands in the place of another.
fn alike(olds: &[CellLink], links: &[CellLink]) -> bool {
    matches!((olds, links), ([old], [link]) if old.href.is_some() && link.href.is_some())
}

fn write_state(state: &Element, text: &str, tone: Tone) {
    state.set_class_name(match tone {
        Tone::Neutral => "state tone-neutral",
        Tone::Info => "state tone-info",
        Tone::Good => "state tone-good",
        Tone::Warn => "state tone-warn",
        Tone::Bad => "state tone-bad",
    });
    if let Some(label) = state.last_element_child() {
        write(&label, text);
    }
}

fn write_share(element: &Element, old: Option<&Cell>, cell: &Cell) {
    let Cell::Share { text, share, words, label, .. } = cell else { return };
    write(element, text);
    let Some(track) = element.first_element_child().and_then(|track| track.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let percent = share.clamp(0.0, 1.0) * 100.0;
    // It is that of the column, which seldom changes.
    if !matches!(old, Some(Cell::Share { label: old, .. }) if old == label) {
        set(&track, "aria-label", label);
    }
    set(&track, "aria-valuenow", &fixed(percent, 0));
    set(&track, "aria-valuetext", words);
    style(&track, "background-size", &format!("{}%", fixed(percent, 2)));
}

/// A new element. `None` where the browser makes none.
pub(super) fn element(tag: &str, class: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element(tag).ok()?.dyn_into().ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Some(element)
}

/// A copy of an element with what is in it.
pub(super) fn copy(element: &HtmlElement) -> Option<HtmlElement> {
    element.clone_node_with_deep(true).ok()?.dyn_into().ok()
}

fn fill(place: &HtmlElement, content: &HtmlElement) {
    place.set_text_content(None);
    append(place, content);
}

/// Adds a node at the end. It cannot fail for a new node.
pub(super) fn append(parent: &Node, child: &Node) {
    parent.append_child(child).map(drop).unwrap_or_default();
}

/// Sets an attribute. It cannot fail for a name that is one.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).unwrap_or_default();
}

/// Removes an attribute; nothing happens where there is none.
pub(super) fn unset(element: &Element, name: &str) {
    element.remove_attribute(name).unwrap_or_default();
}

/// Sets a property of the element's style; the browser ignores what it does not understand.
pub(super) fn style(element: &HtmlElement, name: &str, value: &str) {
    element.style().set_property(name, value).unwrap_or_default();
}
