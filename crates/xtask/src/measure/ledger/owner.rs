//! Whose code a function is, by its mangled name.
//!
//! Generic code counts for the crate that wrote it where the name tells, and that is so in Rust's newer scheme ("v0"), in
//! which the standard library comes: the first crate in the name is the one whose source the function stands in. The
//! older scheme, in which everything else comes, knows the implementing type first. Only the glue that drops a value
//! counts for the crate of the value, since nobody wrote it.

use rustc_demangle::demangle;

/// Functions that are not from Rust, or whose names tell nothing.
pub(super) const UNKNOWN: &str = "(no crate)";

/// The crate of a function.
pub(super) fn of(mangled: &str) -> String {
    let owner = if mangled.starts_with("_R") {
        of_symbol(mangled).map(str::to_owned)
    } else {
        // The alternate form leaves out hashes.
        of_path(&format!("{:#}", demangle(mangled))).map(str::to_owned)
    };
    owner.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The crate of a function in the newer scheme.
fn of_symbol(mangled: &str) -> Option<&str> {
    let mut crates = crates(mangled);
    let first = crates.next();
    let is_glue =
        ["4core3ptr13drop_in_place", "4core3ptr9drop_glue"].iter().any(|glue| mangled.contains(glue));
    // The glue of a type of `core` or of no crate names no second one.
    crates.next().filter(|_| is_glue).or(first)
}

/// The crates in a name of the newer scheme, in their order: each is `Cs`, a number in the base of 62, `_`, and the
/// length and text of its name.
fn crates(mangled: &str) -> impl Iterator<Item = &str> {
    mangled.match_indices("Cs").filter_map(|(at, mark)| {
        let (number, named) = mangled.get(at + mark.len()..)?.split_once('_')?;
        let end = named.find(|sign: char| !sign.is_ascii_digit())?;
        let (length, text) = named.split_at(end);
        let name = text.get(..length.parse().ok()?)?;
        number.chars().all(|sign| sign.is_ascii_alphanumeric()).then_some(name)
    })
}

/// The crate of a path of the older scheme.
fn of_path(path: &str) -> Option<&str> {
    match path.strip_prefix("core::ptr::drop_in_place<") {
        Some(value) => of_type(value).or(Some("core")),
        None => of_type(path),
    }
}

/// The crate of a path or type: `a::b`, `&mut a::B`, `[a::B]`, `<a::B as c::D>::e`, `<T as c::D>::e`.
fn of_type(text: &str) -> Option<&str> {
    let is_sign = |sign: char| !sign.is_alphanumeric() && sign != '_';
    let text = text.trim_start_matches(is_sign);
    for word in ["mut ", "const ", "dyn ", "impl "] {
        if let Some(rest) = text.strip_prefix(word) {
            return of_type(rest);
        }
    }
    let (first, rest) = text.split_at(text.find(is_sign).unwrap_or(text.len()));
    if rest.starts_with("::") {
        return Some(first);
    }
    // A primitive or a parameter: then the trait tells.
    rest.split_once(" as ").and_then(|(_, after)| of_type(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_scheme_names_the_writer_first() {
        for (mangled, owner) in [
            // An inherent method of a primitive type.
            ("_RNvMs3_NtCs5cOc02OMXlo_5alloc3stre12to_lowercase", "alloc"),
            // A trait of one crate, written in it for a type of another.
            ("_RNvXs_NtCs1_6tachys4viewNtNtCs2_5alloc6string6StringNtB4_6Render5build", "tachys"),
            ("_RINvNtCs3_4core3ptr13drop_in_placeNtNtCs4_7boxdeck5place5PlaceEB4_", "boxdeck"),
            ("_RINvNtCs3_4core3ptr13drop_in_placeAhj4_E", "core"),
        ] {
            assert_eq!(of(mangled), owner, "{mangled}");
        }
    }

    #[test]
    fn the_older_scheme_names_the_type_first() {
        for (path, owner) in [
            ("leptos::mount::mount_to", "leptos"),
            ("<boxdeck::ui::Table as core::clone::Clone>::clone", "boxdeck"),
            ("<&mut alloc::vec::Vec<u8> as core::fmt::Debug>::fmt", "alloc"),
            ("<u64 as serde::de::Deserialize>::deserialize", "serde"),
            ("<T as tachys::view::Render>::build", "tachys"),
            ("<[u8] as core::fmt::Debug>::fmt", "core"),
            ("core::ptr::drop_in_place<boxdeck::place::Place>", "boxdeck"),
            ("core::ptr::drop_in_place<[u8; 4]>", "core"),
            ("<dyn core::any::Any>::type_id", "core"),
        ] {
            assert_eq!(of_path(path), Some(owner), "{path}");
        }
        assert_eq!(of("_ZN6leptos5mount17h0123456789abcdefE"), "leptos");
    }

    #[test]
    fn other_names_have_no_crate() {
        for name in ["memcpy", "__wbindgen_malloc", "_RNvCs", "_RCsx_9short", ""] {
            assert_eq!(of(name), UNKNOWN, "{name}");
        }
    }
}
