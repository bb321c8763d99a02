//! The Boxdeck console.

use leptos::prelude::*;

mod failure;

fn main() {
    failure::announce_panics();
    leptos::mount::mount_to_body(App);
}

/// The whole console.
#[component]
fn App() -> impl IntoView {
    view! { <main><h1>"Boxdeck"</h1></main> }
}
