//! What stands in a cell, as data: a table paints thousands of cells, and compares what it has painted with what is new.

use leptos::prelude::ViewFn;

use crate::ui::Tone;

/// The contents of a cell.
#[derive(Clone)]
pub enum Cell {
    /// Text.
    Text {
        /// What is read.
        text: String,
        /// More, on hover: the exact value, or all of a text that is cut off.
        hint: Option<Hint>,
    },
    /// The sign for "nothing here", and why.
    Nothing(&'static str),
    /// One link or several, with commas between them.
    Links(Vec<CellLink>),
    /// A state with its mark.
    State(String, Tone),
    /// An amount and the share that it is of a whole.
    Share {
        /// The amount.
        text: String,
        /// The exact amount.
        hint: Option<Hint>,
        /// The share, from 0 to 1 and beyond.
        share: f64,
        /// The same in words, such as "30 % of 4 TiB".
        words: String,
        /// What is measured.
        label: String,
    },
    /// A view of its own, such as a menu.
    View {
        /// What it depends on: the view is built anew when this changes.
        key: String,
        /// Makes the view.
        view: ViewFn,
    },
}

/// A number behind a text, told when somebody asks: to write them all would cost more than the texts.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    /// The number.
    pub number: i128,
    /// What is said of it.
    pub tell: fn(i128) -> String,
}

impl Hint {
    fn text(self) -> String {
        (self.tell)(self.number)
    }
}

impl PartialEq for Hint {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// Text that leads somewhere, or, without an address, only stands between links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLink {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// More, on hover.
    pub hint: Option<String>,
}

impl Cell {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), hint: None }
    }

    /// A link.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Links(vec![CellLink { text: text.into(), href: Some(href.into()), hint: None }])
    }

    /// What is read, as far as it is text.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Text { text, .. } | Self::State(text, _) | Self::Share { text, .. } => text,
            Self::Links(links) => links.first().map_or("", |link| &link.text),
            Self::Nothing(_) | Self::View { .. } => "",
        }
    }

    /// What shows on hover.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Text { text, hint } => Some(hint.map_or_else(|| text.clone(), Hint::text)),
            Self::Share { hint, words, .. } => {
                Some(hint.map(Hint::text).into_iter().chain([words.clone()]).collect::<Vec<_>>().join(" · "))
            }
            Self::Nothing(why) => Some((*why).to_owned()),
            Self::State(text, _) => Some(text.clone()),
            Self::Links(links) => {
                let hints = links.iter().map(|link| link.hint.as_ref().unwrap_or(&link.text).as_str());
                Some(hints.collect::<Vec<_>>().join(", "))
            }
            Self::View { .. } => None,
        }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text { text, hint }, Self::Text { text: other, hint: other_hint }) => {
                text == other && hint == other_hint
            }
            (Self::Nothing(why), Self::Nothing(other)) => why == other,
            (Self::Links(links), Self::Links(others)) => links == others,
            (Self::State(text, tone), Self::State(other, other_tone)) => text == other && tone == other_tone,
            (
                Self::Share { text, hint, words, label, .. },
                Self::Share { text: other, hint: other_hint, words: other_words, label: other_label, .. },
            ) => text == other && hint == other_hint && words == other_words && label == other_label,
            (Self::View { key, .. }, Self::View { key: other, .. }) => key == other,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, CellLink, Hint};

    #[test]
    fn hints_say_more_than_the_cell() {
        let exact = Cell::Text {
            text: "2 h ago".into(),
            hint: Some(Hint { number: 14, tell: |hour| format!("31 March 2026, {hour}:00") }),
        };
        assert_eq!(exact.hint().as_deref(), Some("31 March 2026, 14:00"));
        assert_eq!(Cell::text("long").hint().as_deref(), Some("long"));
        let share = Cell::Share {
            text: "1 TB".into(),
            hint: Some(Hint { number: 1_000, tell: |count| format!("{count} bytes") }),
            share: 0.5,
            words: "50 % of 2 TB".into(),
            label: "Used".into(),
        };
        assert_eq!(share.hint().as_deref(), Some("1000 bytes · 50 % of 2 TB"));
        let link = |text: &str| CellLink { text: text.into(), href: None, hint: None };
        assert_eq!(Cell::Links(vec![link("a"), link("b")]).hint().as_deref(), Some("a, b"));
    }
}
