//! Asks the linker for what cutting the program into parts needs.

fn main() {
    // `cargo xtask dist` cuts along these; they are gone from what it writes.
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
