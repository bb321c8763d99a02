//! What a first visit costs on the wire, and the limit for it.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::report::kilobytes;

/// What a first load is meant to take at most, compressed with Brotli, in bytes. The build says by how much it is missed.
const GOAL: u64 = 350_000;

/// What a first load may take while it is brought down to [`GOAL`], in bytes: it must not grow. To be lowered with every gain.
const FIRST_LOAD: u64 = 435_000;

/// The sizes of one file, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Size {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    /// Whether every visit needs the file: the page, its main module and its style. Parts are fetched when they are
    /// needed, catalogs when a system is opened.
    fn is_first_load(&self) -> bool {
        !self.file.contains('/')
            && [".html", ".js", ".css", "_bg.wasm"].iter().any(|end| self.file.ends_with(end))
    }
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
    for size in sizes.iter().filter(|size| size.is_first_load()) {
        line(&mut text, &size.file, [size.raw, size.gzip, size.brotli].map(kilobytes));
    }
    let columns: [fn(&Size) -> u64; 3] = [|size| size.raw, |size| size.gzip, |size| size.brotli];
    line(&mut text, "first load", columns.map(|column| kilobytes(total(sizes, column))));
    let others = |column: fn(&Size) -> u64| {
        kilobytes(sizes.iter().filter(|size| !size.is_first_load()).map(column).sum())
    };
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
    sizes.iter().filter(|size| size.is_first_load()).map(column).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: &str = r#"[{"file":"index.html","raw":2000,"gzip":900,"brotli":700},
        {"file":"boxdeck_bg.wasm","raw":900000,"gzip":400000,"brotli":300000},
        {"file":"favicon.svg","raw":400,"gzip":300,"brotli":250},
        {"file":"catalogs/ironic.json","raw":90000,"gzip":9000,"brotli":8000}]"#;

    #[test]
    fn the_first_load_is_the_page_and_its_parts() {
        let sizes = parse(SIZES).unwrap();
        assert_eq!(total(&sizes, |size| size.brotli), 300_700);
        check(&sizes).unwrap();
        let table = table(&sizes);
        assert!(table.contains("300.7 kB") && table.contains("8.2 kB"), "{table}");
    }

    #[test]
    fn too_much_is_refused_and_so_is_nothing() {
        let big = parse(r#"[{"file":"a_bg.wasm","raw":1,"gzip":1,"brotli":600001}]"#).unwrap();
        assert!(check(&big).is_err());
        assert!(check(&[]).is_err());
        assert!(parse("[{}]").is_err());
    }
}
