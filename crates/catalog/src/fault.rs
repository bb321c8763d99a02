//! What is wrong with a catalog, and where.

/// One fault of a catalog file, shown as `file:line: message`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Fault {
    /// The file, as it was named to the loader.
    pub file: String,
    /// Line of the offending value, counted from 1.
    pub line: usize,
    /// What is wrong, in plain words.
    pub message: String,
}

impl Fault {
    /// A fault of a file that cannot be read as JSON of the expected form.
    pub(crate) fn of_json(file: &str, error: &serde_json::Error) -> Self {
        // serde_json appends the position, which the fault already carries.
        let text = error.to_string();
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
        Self { file: file.to_owned(), line: error.line().max(1), message }
    }
}
