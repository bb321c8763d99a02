//! What is wrong with a catalog, and where.

use crate::position::line_of;
use crate::read::Read;

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
    /// Reads a file that must be JSON of the expected form.
    ///
    /// # Errors
    /// When it is not, with the line of what is wrong.
    pub(crate) fn read<T: Read>(file: &str, text: &str) -> Result<T, Self> {
        // As bytes, like everything that arrives: reading from text is the same code once more.
        let value = serde_json::from_slice(text.as_bytes()).map_err(|error| Self::of_json(file, &error))?;
        T::read(value).map_err(|misread| {
            let (message, steps) = misread.into_parts();
            Self { file: file.to_owned(), line: line_of(text, &steps), message }
        })
    }

    /// A fault of a file that is not JSON.
    pub(crate) fn of_json(file: &str, error: &serde_json::Error) -> Self {
        // serde_json appends the position, which the fault already carries.
        let text = error.to_string();
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
        Self { file: file.to_owned(), line: error.line().max(1), message }
    }
}
