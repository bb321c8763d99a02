//! The Boxdeck console.
#![allow(
    unreachable_pub,
    reason = "a program exports nothing; `pub` says here what a module offers to the others"
)]

mod activity;
mod app;
mod begun;
mod bills;
mod certificates;
mod chart;
mod collection;
mod factors;
mod files;
mod format;
mod gallery;
mod in_words;
mod language;
mod load;
mod lookup;
mod operation;
mod overview;
mod palette;
mod panic;
mod parts;
mod place;
mod protection;
mod purge;
mod record;
mod refusal;
mod registry;
mod save;
mod session;
mod settings;
mod site;
mod storage;
mod system;
mod systems;
mod transport;
mod ui;
mod value;
mod when;

fn main() {
    panic::announce_panics();
    leptos::mount::mount_to_body(app::App);
}
