//! Keyboard shortcuts: one table, from which they are performed and explained.
//!
//! Shortcuts of a single key work only where no text is typed and no dialog is open, and a person can turn them off
//! (WCAG 2.1.4).

mod go;
mod listen;

pub use go::{Destination, destinations};
pub use listen::{Shortcuts, is_mac};

use leptos::prelude::*;

use crate::storage;

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Opens the palette.
    Palette,
    /// Moves the focus to the filter of the page.
    Filter,
    /// Waits for a letter that names a place.
    Go,
    /// Opens the form that creates a record in the list.
    Create,
    /// Reads what the page shows again.
    Refresh,
    /// Opens the actions of the page.
    Actions,
    /// Explains the shortcuts.
    Help,
    /// Leaves a text input; dialogs and menus close by themselves.
    Leave,
}

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// This key with Control, or with Command on a Mac.
    WithControl(&'static str),
    /// This key alone.
    Single(&'static str),
    /// This key alone, also while text is typed.
    Anywhere(&'static str),
}

/// One shortcut.
#[derive(Debug, Clone, Copy)]
pub struct Shortcut {
    /// What is pressed.
    pub keys: Keys,
    /// What it does.
    pub command: Command,
    /// What a person reads about it.
    pub label: fn() -> &'static str,
}

/// Every shortcut, in the order of the help.
pub const SHORTCUTS: [Shortcut; 8] = [
    Shortcut {
        keys: Keys::WithControl("k"),
        command: Command::Palette,
        label: words::palette::shortcut_palette,
    },
    Shortcut { keys: Keys::Single("/"), command: Command::Filter, label: words::palette::shortcut_filter },
    Shortcut { keys: Keys::Single("g"), command: Command::Go, label: words::palette::shortcut_go },
    Shortcut { keys: Keys::Single("c"), command: Command::Create, label: words::palette::shortcut_create },
    Shortcut { keys: Keys::Single("r"), command: Command::Refresh, label: words::palette::shortcut_refresh },
    Shortcut { keys: Keys::Single("."), command: Command::Actions, label: words::palette::shortcut_actions },
    Shortcut { keys: Keys::Single("?"), command: Command::Help, label: words::palette::shortcut_help },
    Shortcut {
        keys: Keys::Anywhere("Escape"),
        command: Command::Leave,
        label: words::palette::shortcut_leave,
    },
];

/// A key press and where it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Press<'a> {
    /// The browser's name of the key.
    pub key: &'a str,
    /// Control or Command is held.
    pub control: bool,
    /// Alt is held.
    pub alt: bool,
    /// The focus is where keys mean text or a choice.
    pub typing: bool,
    /// A dialog is open.
    pub dialog: bool,
    /// Shortcuts of a single key are on.
    pub single: bool,
    /// The key before asked for a place.
    pub going: bool,
}

/// What a key press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing of ours.
    Nothing,
    /// This shortcut.
    Do(Command),
    /// The place of this letter.
    GoTo(char),
}

/// What a key press means.
pub fn meaning(press: Press<'_>) -> Meaning {
    if press.alt || press.dialog {
        return Meaning::Nothing;
    }
    let alone = !press.control && !press.typing && press.single;
    if press.going
        && alone
        && let Some(letter) = only_char(press.key)
    {
        return Meaning::GoTo(letter);
    }
    let fits = |shortcut: &&Shortcut| match shortcut.keys {
        Keys::WithControl(key) => press.control && press.key.eq_ignore_ascii_case(key),
        Keys::Single(key) => alone && press.key == key,
        Keys::Anywhere(key) => !press.control && press.key == key,
    };
    SHORTCUTS.iter().find(fits).map_or(Meaning::Nothing, |shortcut| Meaning::Do(shortcut.command))
}

fn only_char(key: &str) -> Option<char> {
    let mut chars = key.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Whether shortcuts of a single key are on; kept by the browser.
#[derive(Clone, Copy)]
pub struct SingleKeys(pub RwSignal<bool>);

impl SingleKeys {
    /// Reads the preference and keeps it. Called once, by the application.
    pub fn start() -> Self {
        let keys = Self(RwSignal::new(storage::get(storage::SHORTCUTS).as_deref() != Some("off")));
        Effect::new(move |_| {
            if keys.0.get() {
                storage::remove(storage::SHORTCUTS);
            } else {
                storage::set(storage::SHORTCUTS, "off");
            }
        });
        provide_context(keys);
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(key: &str) -> Press<'_> {
        Press { key, single: true, ..Press::default() }
    }

    #[test]
    fn keys_mean_what_the_table_says() {
        for (key, command) in
            [("/", Command::Filter), ("?", Command::Help), ("g", Command::Go), (".", Command::Actions)]
        {
            assert_eq!(meaning(on(key)), Meaning::Do(command));
        }
        assert_eq!(meaning(on("x")), Meaning::Nothing);
        assert_eq!(meaning(Press { going: true, ..on("v") }), Meaning::GoTo('v'));
        assert_eq!(meaning(Press { going: true, ..on("Escape") }), Meaning::Do(Command::Leave));
    }

    #[test]
    fn who_types_is_left_alone_but_for_the_palette() {
        for key in ["/", "g", "c", "r", ".", "?"] {
            assert_eq!(meaning(Press { typing: true, ..on(key) }), Meaning::Nothing, "{key}");
            assert_eq!(meaning(Press { single: false, ..on(key) }), Meaning::Nothing, "{key}");
            assert_eq!(meaning(Press { control: true, ..on(key) }), Meaning::Nothing, "{key}");
            assert_eq!(meaning(Press { dialog: true, ..on(key) }), Meaning::Nothing, "{key}");
        }
        let palette = Press { control: true, typing: true, single: false, ..on("K") };
        assert_eq!(meaning(palette), Meaning::Do(Command::Palette));
        assert_eq!(meaning(Press { alt: true, ..palette }), Meaning::Nothing);
        assert_eq!(meaning(Press { typing: true, going: true, ..on("v") }), Meaning::Nothing);
    }

    #[test]
    fn no_two_shortcuts_share_a_key() {
        let mut keys: Vec<String> = SHORTCUTS.iter().map(|shortcut| format!("{:?}", shortcut.keys)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), SHORTCUTS.len());
    }
}
