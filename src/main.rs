//! The Boxdeck console.
fn main() {}
