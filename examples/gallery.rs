//! Every component on one page, to look at and to test.

#[path = "../src"]
mod console {
    pub(crate) mod ui;
}

use console::ui;
use leptos::prelude::*;
fn main() {
    leptos::mount::mount_to_body(|| view! { <p>"x"</p> });
}
