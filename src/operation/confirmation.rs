//! A person's word on what is about to be sent: what it takes, what of it has been given, and whether it was given once.

use leptos::prelude::*;

use super::friction::Friction;

/// What a person has to do before something goes, and how far that is.
#[derive(Clone, Copy)]
pub struct Confirmation {
    asked: StoredValue<Friction>,
    /// What was typed where a name or a number is asked for.
    pub typed: RwSignal<String>,
    /// Whether the consequence was ticked.
    pub acknowledged: RwSignal<bool>,
    given: RwSignal<bool>,
}

impl Confirmation {
    /// Nothing was given of what is asked.
    pub fn new(asked: Friction) -> Self {
        Self {
            asked: StoredValue::new(asked),
            typed: RwSignal::new(String::new()),
            acknowledged: RwSignal::new(false),
            given: RwSignal::new(false),
        }
    }

    /// What a person has to do; a press once more was given before. Tracked.
    pub fn friction(self) -> Friction {
        if self.given.get() { Friction::Press } else { self.asked.get_value() }
    }

    /// Why it does not go yet; tracked.
    pub fn missing(self) -> Option<String> {
        match self.friction() {
            Friction::Press => None,
            Friction::Acknowledge => {
                (!self.acknowledged.get()).then(|| words::outcome::tick_first().to_owned())
            }
            Friction::TypeName(name) => {
                (self.typed.get().trim() != name).then(|| words::outcome::type_first(name))
            }
        }
    }

    /// The word was given: it is not asked for again.
    pub fn give(self) {
        self.given.set(true);
    }
}
