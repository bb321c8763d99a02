//! The parts of the program that are fetched when they are first needed.
//!
//! What a first visit needs until it shows rows is in the main module. Everything else is reached through a function in
//! here, each marked with the part that it belongs to; `cargo xtask dist` cuts the program at these functions, and what
//! only they reach comes as a file of its own. What the main module calls directly, anywhere, weighs on the first visit.
//!
//! Once the first data are on the page, the parts are fetched ahead, so that nobody waits for them at the first click.
#![allow(
    unsafe_code,
    reason = "the macro declares the cut as an import and an export of the module, which Rust calls unsafe attributes"
)]

mod ahead;
mod fetch;
mod lists;
mod work;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use fetch::{Made, lazily};

pub use ahead::start;
pub use lists::{
    ListLogic, auto_refresh, column_tools, filter_bar, list_actions, list_logic, list_state, pager, toasts,
};
pub use work::{
    InWords, act, certificates_page, factor_form, factor_list, form_page, in_words, leave_guard, list_chart,
    overlay, overview_page, owner_page, purge_page, record_page, renewal, selection_actions, sign_in_again,
    systems_page,
};

#[wasm_split(gallery, fallible)]
fn make_gallery_page() -> Made {
    Ok(view! { <crate::gallery::GalleryPage/> }.into_any())
}

/// The gallery of components: a part of its own, which nobody fetches ahead.
pub fn gallery_page() -> AnyView {
    lazily(Box::new(|| Box::pin(make_gallery_page())))
}
