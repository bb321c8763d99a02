//! Listens to the keyboard and does what shortcuts mean.

use std::time::Duration;

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Context, blocked};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Command, Destination, Meaning, Press, SingleKeys, destinations, meaning};
use crate::app::overlay::{Overlay, Overlays};
use crate::place::browser::{Navigation, use_navigation};
use crate::place::{Place, Verb};
use crate::system::System;
use crate::ui::{Voice, use_voice};

/// How long a letter is waited for after `g`.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Where keys mean text or a choice.
const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, \
    [contenteditable], [role=combobox], [role=menu], [role=listbox]";

/// What shortcuts act on.
#[derive(Clone)]
struct Desk {
    system: Option<System>,
    navigation: Navigation,
    overlays: Overlays,
    voice: Option<Voice>,
}

/// Makes the shortcuts work while it is on the page. `going` becomes true while a letter is waited for.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let desk = Desk {
        system: use_context(),
        navigation: use_navigation(),
        overlays: expect_context(),
        voice: use_voice(),
    };
    let single: SingleKeys = expect_context();
    let going = StoredValue::new(0_u32);
    let counter = StoredValue::new(0_u32);
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || event.repeat() {
            return;
        }
        let key = event.key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let press = Press {
            key: &key,
            control: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            typing: target.is_some_and(|target| target.closest(TYPING).ok().flatten().is_some()),
            dialog: document().query_selector("dialog[open]").ok().flatten().is_some(),
            single: single.0.get_untracked(),
            going: going.get_value() != 0,
        };
        if !matches!(key.as_str(), "Shift" | "Control" | "Alt" | "Meta") {
            going.set_value(0);
        }
        let has_acted = match meaning(press) {
            Meaning::Nothing => false,
            Meaning::GoTo(letter) => desk.go(letter),
            Meaning::Do(Command::Go) => {
                counter.update_value(|count| *count = count.wrapping_add(1).max(1));
                let mark = counter.get_value();
                going.set_value(mark);
                // A letter that comes much later is not meant for this.
                set_timeout(
                    move || {
                        going.try_update_value(|going| {
                            if *going == mark {
                                *going = 0;
                            }
                        });
                    },
                    PATIENCE,
                );
                true
            }
            Meaning::Do(command) => desk.perform(command),
        };
        if has_acted {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

impl Desk {
    /// Does it; whether there was anything to do.
    fn perform(&self, command: Command) -> bool {
        match command {
            Command::Palette => self.overlays.open(Overlay::Palette),
            Command::Help => self.overlays.open(Overlay::Help),
            Command::Filter => {
                return focus("main [data-shortcut=filter]") || focus("main input[type=search]");
            }
            Command::Create => return self.create(),
            Command::Refresh => {
                let Some(system) = &self.system else { return false };
                system.touch_all();
                self.say(words::palette::refreshing());
            }
            Command::Actions => {
                return press("main .page-actions [aria-haspopup=menu]")
                    || focus("main .page-actions button, main .page-actions a");
            }
            Command::Leave => return blur(),
            Command::Go => {}
        }
        true
    }

    fn go(&self, letter: char) -> bool {
        let catalog = self.system.as_ref().map(System::catalog);
        let found = destinations(catalog.as_deref()).into_iter().find(|(known, _)| *known == letter);
        let home = self.system.as_ref().map(|system| Place::system(&system.entry.name));
        match (found, home) {
            (None, _) => {
                self.say(&words::palette::no_place(letter));
                return true;
            }
            (Some((_, Destination::Activity)), _) => self.overlays.open(Overlay::Activity),
            (Some((_, Destination::Overview)), Some(home)) => self.navigation.go(&home),
            (Some((_, Destination::Resource(id))), Some(home)) => self.navigation.go(&home.resource(&id)),
            // Not the start, which leads on to the only system where there is just one.
            (Some((_, Destination::Systems)), _) => self.navigation.go(&Place::systems()),
            // Without a system there are no letters for its places.
            (Some((_, Destination::Overview | Destination::Resource(_))), None) => {}
        }
        true
    }

    /// Opens the form of the list that shows.
    fn create(&self) -> bool {
        let Some(system) = &self.system else { return false };
        let place = self.navigation.place_untracked();
        let catalog = system.catalog();
        let resource = place.resource.as_deref().and_then(|id| catalog.resource(id));
        let operation = resource.and_then(|resource| resource.first(OperationKind::Create));
        let is_list = place.key.is_none() && place.verb == Verb::Show;
        let Some(operation) = operation.filter(|_| is_list) else {
            self.say(words::palette::nothing_to_create());
            return true;
        };
        let session = system.session();
        let context = Context { catalog: &catalog, session: &session };
        match blocked(context, operation, None) {
            Some(reason) => self.say(&reason),
            None => self.navigation.go(&place.list().with_verb(Verb::New)),
        }
        true
    }

    fn say(&self, text: &str) {
        if let Some(voice) = self.voice {
            voice.announce(text);
        }
    }
}

/// Whether the browser says that it runs on a Mac, whose shortcuts use Command.
pub fn is_mac() -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains("Mac OS"))
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn focus(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.focus().is_ok())
}

fn press(selector: &str) -> bool {
    find(selector).map(|element| element.click()).is_some()
}

/// Leaves the text input that has the focus, so that shortcuts of a single key work again.
fn blur() -> bool {
    let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    let input = active.filter(|active| active.matches("main input, main textarea").unwrap_or(false));
    let Some(input) = input else { return false };
    let main = find("main");
    // The page takes the focus: with none at all the keyboard would start over at the top of the window.
    input.blur().is_ok() && main.is_some_and(|main| main.focus().is_ok())
}
