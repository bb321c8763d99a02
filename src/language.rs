//! The language that the console speaks: the browser's, or the one that a person chose.
//!
//! English is in the program; the texts of another language are a file beside it. The whole view is made anew when the
//! language changes, because a text does not change by itself.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;

use crate::{format, site, storage};

/// A language that the console has all texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Language {
    /// Every language, by the name that its speakers give it.
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// Its tag (`de`), which also names its file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What its speakers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag, with or without a region (`de-AT`).
    pub fn of_tag(tag: &str) -> Option<Self> {
        let base = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(base))
    }

    /// The first of a browser's languages that the console has, else English.
    fn of_browser() -> Self {
        let wanted = window().navigator().languages();
        wanted.iter().find_map(|tag| Self::of_tag(&tag.as_string()?)).unwrap_or(Self::English)
    }
}

/// What a person chose, and what is spoken.
#[derive(Clone, Copy)]
pub struct Spoken {
    /// The choice: `None` follows the browser.
    choice: RwSignal<Option<Language>>,
    /// What is spoken now; `None` until the texts of the first language are there.
    language: RwSignal<Option<Language>>,
    /// Why another language is not spoken.
    failure: RwSignal<Option<String>>,
}

/// A language's texts as `cargo xtask dist` writes them.
#[derive(Deserialize)]
struct Texts {
    edition: String,
    texts: Vec<String>,
}

/// Begins to speak the person's language, and gives it to everything inside.
pub fn start() -> Spoken {
    words::write_numbers_with(format::amount::count);
    let choice = storage::get(storage::LANGUAGE).and_then(|tag| Language::of_tag(&tag));
    let spoken =
        Spoken { choice: RwSignal::new(choice), language: RwSignal::new(None), failure: RwSignal::new(None) };
    provide_context(spoken);
    spoken.change();
    spoken
}

impl Spoken {
    /// The person's choice; tracked. `None` follows the browser.
    pub fn choice(self) -> Option<Language> {
        self.choice.get()
    }

    /// The language that the view has to be made in; tracked. `None` until the first texts are there.
    pub fn language(self) -> Option<Language> {
        self.language.get()
    }

    /// Why the chosen language is not spoken; tracked.
    pub fn failure(self) -> Option<String> {
        self.failure.get()
    }

    /// Why the chosen language is not spoken; not tracked.
    pub fn failure_untracked(self) -> Option<String> {
        self.failure.get_untracked()
    }

    /// Speaks another language from here on, and remembers it.
    pub fn choose(self, choice: Option<Language>) {
        match choice {
            Some(language) => storage::set(storage::LANGUAGE, language.tag()),
            None => storage::remove(storage::LANGUAGE),
        }
        self.choice.set(choice);
        self.change();
    }

    fn change(self) {
        let wanted = self.choice.get_untracked().unwrap_or_else(Language::of_browser);
        self.failure.set(None);
        spawn_local(async move {
            let told = match wanted {
                Language::English => {
                    words::speak_english();
                    Ok(())
                }
                other => speak(other).await,
            };
            // Someone may have chosen again meanwhile.
            if self.choice.get_untracked().unwrap_or_else(Language::of_browser) != wanted {
                return;
            }
            match told {
                Ok(()) => self.show(wanted),
                Err(failure) => {
                    let name = wanted.name();
                    self.failure.set(Some(words::settings::language_not_loaded(name, failure.message)));
                    if self.language.with_untracked(Option::is_none) {
                        self.show(Language::English);
                    }
                }
            }
        });
    }

    fn show(self, language: Language) {
        format::date::speak(self.choice.get_untracked().map(Language::tag));
        if let Some(root) = document().document_element()
            && root.set_attribute("lang", language.tag()).is_err()
        {
            leptos::logging::error!("The browser refused the language of the page.");
        }
        self.language.set(Some(language));
    }
}

/// Fetches the texts of a language and speaks it.
async fn speak(language: Language) -> Result<(), Failure> {
    let path = format!("messages/{}.json", language.tag());
    let file = site::file(&path, |status| format!("{path}: HTTP {status}.")).await?;
    let texts: Texts = serde_json::from_slice(&file)
        .map_err(|fault| Failure::new(FailureKind::Malformed, format!("{path}: {fault}.")))?;
    let other = || Failure::new(FailureKind::Malformed, words::settings::language_of_another_edition());
    if texts.edition != words::EDITION {
        return Err(other());
    }
    words::speak(texts.texts).map_err(|words::WrongEdition| other())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_a_region_is_the_language() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::German));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("den"), None);
    }
}
