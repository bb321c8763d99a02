//! Where the result of a run stands in the README.

use std::{fs, path::Path};

use anyhow::{Context, Result};

const BEGIN: &str = "<!-- measure: begin, written by `cargo xtask measure --readme` -->";
const END: &str = "<!-- measure: end -->";

/// Puts the result between the two marks of the file.
///
/// # Errors
/// When the file cannot be read or written, or has no such marks.
pub(super) fn put(file: &Path, result: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = replaced(&text, result)
        .with_context(|| format!("{} lacks the marks {BEGIN} and {END}", file.display()))?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn replaced(text: &str, result: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", result.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let text = format!("# A\n{BEGIN}\nold\n{END}\nrest\n");
        assert_eq!(replaced(&text, "new\n"), Some(format!("# A\n{BEGIN}\nnew\n{END}\nrest\n")));
        assert_eq!(replaced("# A\n", "new"), None);
    }
}
