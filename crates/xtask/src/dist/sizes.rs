//! What a first visit costs on the wire, and the limit for it.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::parts;
use crate::report::kilobytes;

/// What a first load may take on the wire until the first rows of a list show, compressed with Brotli, in bytes.
const AGREED: u64 = 350_000;

/// What of it is not in the folder: the list of systems, and the box's answers to signing in and for the first page.
const ANSWERS: u64 = 12_000;

/// What the files may take of it. The build says by how much it is missed.
const GOAL: u64 = AGREED - ANSWERS;

/// What the files may take at most, in bytes: the build fails above. [`GOAL`] leaves room for the answers beside them.
const FIRST_LOAD: u64 = AGREED;

/// End of the name of a catalog's outline.
const OUTLINE: &str = ".outline.json";

/// The sizes of one file, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Size {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    /// Whether every visit needs the file: the page, its main module and its style.
    fn is_for_all(&self) -> bool {
        !self.file.contains('/')
            && !self.file.starts_with(parts::LATER)
            && [".html", ".js", ".css", "_bg.wasm"].iter().any(|end| self.file.ends_with(end))
    }

    /// Whether it is the dialect of this kind: a part called like it.
    fn is_dialect(&self, kind: &str) -> bool {
        let rest = self.file.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'));
        rest.and_then(|rest| rest.strip_suffix(".wasm"))
            .is_some_and(|stamp| stamp.chars().all(|character| character.is_ascii_hexdigit()))
    }
}

/// What a first list of a kind needs besides: its dialect, the outline of its catalog, and the largest of its resources.
fn of_kind<'a>(sizes: &'a [Size], kind: &str) -> Vec<&'a Size> {
    let (outline, details) = (format!("catalogs/{kind}{OUTLINE}"), format!("catalogs/{kind}/"));
    let detail = sizes.iter().filter(|size| size.file.starts_with(&details)).max_by_key(|size| size.brotli);
    let others = sizes.iter().filter(|size| size.file == outline || size.is_dialect(kind));
    others.chain(detail).collect()
}

/// The files of a first load: those that every visit needs, and those of the kind that needs most. Other parts are fetched
/// when they are needed or once the rows are there, and so is the rest of the catalog.
fn first_load(sizes: &[Size]) -> Vec<&Size> {
    let kinds = sizes
        .iter()
        .filter_map(|size| size.file.strip_prefix("catalogs/").and_then(|rest| rest.strip_suffix(OUTLINE)));
    let largest = kinds
        .map(|kind| of_kind(sizes, kind))
        .max_by_key(|files| files.iter().map(|size| size.brotli).sum::<u64>());
    sizes.iter().filter(|size| size.is_for_all()).chain(largest.unwrap_or_default()).collect()
}

/// Reads what `compress.mjs` prints.
///
/// # Errors
/// When it is not that.
pub(super) fn parse(text: &str) -> Result<Vec<Size>> {
    let all: Vec<Value> = serde_json::from_str(text).context("the sizes are not JSON")?;
    all.iter().map(|size| size_of(size).with_context(|| format!("not a size: {size}"))).collect()
}

fn size_of(value: &Value) -> Option<Size> {
    Some(Size {
        file: value.get("file")?.as_str()?.to_owned(),
        raw: value.get("raw")?.as_u64()?,
        gzip: value.get("gzip")?.as_u64()?,
        brotli: value.get("brotli")?.as_u64()?,
    })
}

/// Checks the first load against its limit.
///
/// # Errors
/// When it is above, or when there is nothing to check.
pub(super) fn check(sizes: &[Size]) -> Result<()> {
    let total = total(sizes, |size| size.brotli);
    if total == 0 {
        bail!("the build left no page behind");
    }
    if total > FIRST_LOAD {
        bail!(
            "the first load takes {} with Brotli; the limit is {}",
            kilobytes(total),
            kilobytes(FIRST_LOAD)
        );
    }
    Ok(())
}

/// The files of the first load, their sum, and the sum of everything else.
pub(super) fn table(sizes: &[Size]) -> String {
    let mut text = String::new();
    line(&mut text, "file", ["raw", "gzip", "brotli"].map(str::to_owned));
    let first = first_load(sizes);
    for size in &first {
        line(&mut text, &size.file, [size.raw, size.gzip, size.brotli].map(kilobytes));
    }
    let columns: [fn(&Size) -> u64; 3] = [|size| size.raw, |size| size.gzip, |size| size.brotli];
    line(&mut text, "first load", columns.map(|column| kilobytes(total(sizes, column))));
    let others =
        |column: fn(&Size) -> u64| kilobytes(sizes.iter().map(column).sum::<u64>() - total(sizes, column));
    line(&mut text, "everything else", columns.map(others));
    let over = total(sizes, |size| size.brotli).saturating_sub(GOAL);
    if over > 0 {
        text.push_str(&format!("first load is {} over the goal of {}\n", kilobytes(over), kilobytes(GOAL)));
    }
    text
}

fn line(text: &mut String, name: &str, [raw, gzip, brotli]: [String; 3]) {
    text.push_str(&format!("{name:<40} {raw:>10} {gzip:>10} {brotli:>10}\n"));
}

fn total(sizes: &[Size], column: fn(&Size) -> u64) -> u64 {
    first_load(sizes).into_iter().map(column).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: &str = r#"[{"file":"index.html","raw":2000,"gzip":900,"brotli":700},
        {"file":"boxdeck_bg.wasm","raw":900000,"gzip":400000,"brotli":300000},
        {"file":"later-0a1f.css","raw":9000,"gzip":4000,"brotli":3000},
        {"file":"favicon.svg","raw":400,"gzip":350,"brotli":300},
        {"file":"one-0a1f.wasm","raw":30000,"gzip":9000,"brotli":7000},
        {"file":"one-more-0a1f.wasm","raw":30000,"gzip":9000,"brotli":7000},
        {"file":"catalogs/one.json","raw":90000,"gzip":9000,"brotli":8000},
        {"file":"catalogs/one.outline.json","raw":20000,"gzip":2500,"brotli":2000},
        {"file":"catalogs/one/a.json","raw":5000,"gzip":900,"brotli":800},
        {"file":"catalogs/one/b.json","raw":9000,"gzip":1000,"brotli":900},
        {"file":"catalogs/two.outline.json","raw":20000,"gzip":2500,"brotli":2100}]"#;

    #[test]
    fn the_first_load_is_the_page_and_what_the_largest_kind_needs() {
        let sizes = parse(SIZES).unwrap();
        assert_eq!(total(&sizes, |size| size.brotli), 310_600);
        check(&sizes).unwrap();
        let table = table(&sizes);
        assert!(table.contains("310.6 kB") && table.contains("21.2 kB"), "{table}");
    }

    #[test]
    fn too_much_is_refused_and_so_is_nothing() {
        let big = parse(r#"[{"file":"a_bg.wasm","raw":1,"gzip":1,"brotli":600001}]"#).unwrap();
        assert!(check(&big).is_err());
        assert!(check(&[]).is_err());
        assert!(parse("[{}]").is_err());
    }
}
