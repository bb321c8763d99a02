//! Two style sheets out of many files: a browser would fetch every `@import` one after the other.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// The sheets, each with the file that it is joined from: what a first visit needs, and what the parts of the program need
/// besides. index.html names both.
pub(crate) const SHEETS: [(&str, &str); 2] =
    [("console.css", "style/main.css"), ("later.css", "style/later.css")];

/// Reads one of these files and everything that it imports.
///
/// # Errors
/// When a file is missing, imports itself, or an import is not one that can be joined.
pub(crate) fn joined(root: &Path, file: &str) -> Result<String> {
    join(&root.join(file), &mut Vec::new())
}

fn join(file: &Path, open: &mut Vec<PathBuf>) -> Result<String> {
    if open.iter().any(|path| path == file) {
        bail!("{} imports itself", file.display());
    }
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    open.push(file.to_path_buf());
    let mut sheet = String::with_capacity(text.len());
    for line in text.lines() {
        match import(line).with_context(|| format!("{}: {line}", file.display()))? {
            None => {
                sheet.push_str(line);
                sheet.push('\n');
            }
            Some(Import { path, layer }) => {
                let inner = join(&file.with_file_name(path), open)?;
                match layer {
                    Some(layer) => sheet.push_str(&format!("@layer {layer} {{\n{inner}}}\n")),
                    None => sheet.push_str(&inner),
                }
            }
        }
    }
    open.pop();
    Ok(sheet)
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
}

/// The import that a line is, if it is one: `@import "file.css";` or `@import "file.css" layer(name);`.
fn import(line: &str) -> Result<Option<Import<'_>>> {
    let Some(rest) = line.trim().strip_prefix("@import") else { return Ok(None) };
    let parse = || {
        let (path, rest) = rest.trim().strip_suffix(';')?.strip_prefix('"')?.split_once('"')?;
        let layer = match rest.trim() {
            "" => None,
            rest => Some(rest.strip_prefix("layer(")?.strip_suffix(')')?.trim()),
        };
        Some(Import { path, layer })
    };
    parse()
        .map(Some)
        .context("only `@import \"file.css\";` and `@import \"file.css\" layer(name);` can be joined")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_imports_and_leaves_other_lines_alone() {
        assert_eq!(import("a { color: red }").unwrap(), None);
        assert_eq!(import("@import \"a.css\";").unwrap(), Some(Import { path: "a.css", layer: None }));
        assert_eq!(
            import("  @import \"ui/a.css\" layer(base);").unwrap(),
            Some(Import { path: "ui/a.css", layer: Some("base") })
        );
        for other in ["@import url(a.css);", "@import \"a.css\" print;", "@import \"a.css\""] {
            assert!(import(other).is_err(), "{other}");
        }
    }

    #[test]
    fn joins_in_order_and_refuses_a_circle() {
        let dir = crate::workspace::scratch(&crate::workspace::root().unwrap()).unwrap().join("styles-test");
        fs::create_dir_all(dir.join("style/ui")).unwrap();
        fs::write(dir.join("style/main.css"), "@layer a, b;\n@import \"ui/x.css\" layer(a);\nb {}\n")
            .unwrap();
        fs::write(dir.join("style/ui/x.css"), "@import \"y.css\";\nx {}\n").unwrap();
        fs::write(dir.join("style/ui/y.css"), "y {}\n").unwrap();
        assert_eq!(
            joined(&dir, "style/main.css").unwrap(),
            "@layer a, b;\n@layer a {\ny {}\nx {}\n}\nb {}\n"
        );
        fs::write(dir.join("style/ui/y.css"), "@import \"x.css\";\n").unwrap();
        assert!(joined(&dir, "style/main.css").is_err());
    }
}
