//! The console: which system is open, who is signed in, and which page shows.

mod folds;
pub mod overlay;
pub mod pages;
pub mod recent;
pub mod shell;
pub mod shortcut;
pub mod theme;

use std::collections::HashMap;
use std::sync::Arc;

use boxdeck_dialect::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;

use overlay::{OverlayHost, Overlays};
use shortcut::{Shortcuts, SingleKeys};

use crate::language;
use crate::operation::StageProvider;
use crate::parts;
use crate::place::browser::{Navigation, use_navigation};
use crate::place::{GALLERY, SYSTEMS};
use crate::session::{self, SignInPage};
use crate::system::{self, SessionState, System};
use crate::systems::{self, Source, SystemEntry, list};
use crate::ui;
use crate::when::Now;

/// The list of systems as far as it is known.
pub type SystemList = Option<Result<Arc<Vec<SystemEntry>>, Failure>>;

/// What every page of the application shares.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The systems that can be opened.
    pub systems: RwSignal<SystemList>,
    /// Those that have been opened, by name, so that going back to one does not ask for a password again.
    opened: StoredValue<HashMap<String, System>>,
}

/// The whole console.
#[component]
pub fn App() -> impl IntoView {
    Navigation::start();
    theme::start();
    SingleKeys::start();
    Overlays::start();
    Now::start();
    parts::start();
    let shared = Shared { systems: RwSignal::new(None), opened: StoredValue::new(HashMap::new()) };
    provide_context(shared);
    shared.load();
    let spoken = language::start();
    // Until the first texts are there, the page's own "Loading" stays.
    move || {
        spoken.language().map(|_made_anew_in_it| {
            remove_boot_screen();
            view! { <ui::Announcer toasts=parts::toasts><Main/></ui::Announcer> }.into_any()
        })
    }
}

/// Takes away what `index.html` shows until the console runs.
fn remove_boot_screen() {
    if let Some(screen) = document().get_element_by_id("boot") {
        screen.remove();
    }
}

impl Shared {
    /// Reads the list of systems.
    pub fn load(self) {
        spawn_local(async move {
            let systems = systems::load().await.map(Arc::new);
            self.systems.set(Some(systems));
        });
    }

    /// The system of that name, if it has been opened on this page.
    pub fn opened(self, name: &str) -> Option<System> {
        self.opened.with_value(|opened| opened.get(name).cloned())
    }

    /// Shows another list of the person's own systems.
    pub fn show_own(self, own: &[SystemEntry]) {
        let site = self.systems.with_untracked(|systems| match systems {
            Some(Ok(systems)) => {
                Some(systems.iter().filter(|entry| entry.source != Source::Own).cloned().collect())
            }
            _ => None,
        });
        let Some(site) = site else {
            self.load();
            return;
        };
        let all = list::join(site, own);
        // One that is elsewhere now, or no longer listed, is opened anew when it is asked for.
        self.opened.update_value(|opened| opened.retain(|_, system| all.contains(&system.entry)));
        self.systems.set(Some(Ok(Arc::new(all))));
    }

    /// The system of that name, once the list is there: `None` in it where the list names no such system.
    fn entry(self, name: &str) -> Option<Result<Option<SystemEntry>, Failure>> {
        self.systems.with(|systems| {
            let systems = systems.as_ref()?;
            Some(match systems {
                Ok(systems) => Ok(systems.iter().find(|entry| entry.name == name).cloned()),
                Err(failure) => Err(failure.clone()),
            })
        })
    }
}

/// Chooses between the list of systems and one of them.
#[component]
fn Main() -> impl IntoView {
    let navigation = use_navigation();
    let name = Memo::new(move |_| navigation.place().system);
    let voice = ui::use_voice();
    let spoken: language::Spoken = expect_context();
    Effect::new(move |_| {
        // Whoever wanted another language than this one did not ask for it in a dialog that would tell.
        if let (Some(voice), Some(failure)) = (voice, spoken.failure_untracked()) {
            voice.toast(ui::Tone::Warn, failure, words::outcome::close_message());
        }
    });
    Effect::new(move |_| {
        // The pages of a system say where they are themselves; these have a title when they have been made.
        let is_outside =
            name.with(|name| name.as_deref().is_none_or(|name| [SYSTEMS, GALLERY].contains(&name)));
        if let Some(voice) = voice.filter(|_| is_outside) {
            request_animation_frame(move || voice.announce(document().title()));
        }
    });
    move || match name.get() {
        None => view! { <pages::Systems/><Shortcuts/><OverlayHost/> }.into_any(),
        Some(name) if name == SYSTEMS => {
            view! { {parts::systems_page()}<Shortcuts/><OverlayHost/> }.into_any()
        }
        Some(name) if name == GALLERY => parts::gallery_page(),
        Some(name) => view! { <Opening name/> }.into_any(),
    }
}

/// Opens a system: its catalog, then its door.
#[component]
fn Opening(name: String) -> impl IntoView {
    let shared: Shared = expect_context();
    let navigation = use_navigation();
    let opened =
        RwSignal::new(shared.opened.with_value(|opened| opened.get(&name).cloned()).map(Ok::<_, Failure>));
    let name_of_entry = name.clone();
    let entry = Memo::new(move |_| shared.entry(&name_of_entry));
    Effect::new(move |_| {
        let Some(Ok(Some(entry))) = entry.get() else { return };
        if opened.with_untracked(Option::is_some) {
            return;
        }
        let only = navigation.place_untracked().listed().map(str::to_owned);
        spawn_local(async move {
            let result = system::open(Arc::new(entry), only).await;
            if let Ok(system) = &result {
                session::knock(system);
                shared.opened.update_value(|opened| {
                    opened.insert(system.entry.name.clone(), system.clone());
                });
            }
            opened.try_set(Some(result));
        });
    });
    move || match (entry.get(), opened.get()) {
        (Some(Err(failure)), _) => view! { <pages::NoList failure/> }.into_any(),
        (Some(Ok(None)), _) => view! { <pages::UnknownSystem name=name.clone()/> }.into_any(),
        (_, Some(Ok(system))) => view! { <Opened system/> }.into_any(),
        (_, Some(Err(failure))) => view! { <pages::CannotOpen failure/> }.into_any(),
        _ => view! { <ui::PageLoading label=words::door::opening()/> }.into_any(),
    }
}

/// A system whose catalog is there: the sign-in, or its pages.
#[component]
fn Opened(system: System) -> impl IntoView {
    provide_context(system.clone());
    let state = system.state;
    let signed_in = Memo::new(move |_| state.with(|state| state.session.is_some()));
    let failure =
        Memo::new(move |_| state.with(|state| state.failure.clone().filter(|_| state.session.is_none())));
    let asked = Memo::new(move |_| state.with(|state| state.challenge.is_some()));
    let renews = Memo::new(move |_| state.with(SessionState::renews));
    move || {
        if signed_in.get() {
            view! {
                <StageProvider><shell::Shell/></StageProvider>
                {move || asked.get().then(parts::sign_in_again)}
                {move || renews.get().then(parts::renewal)}
                <pages::LeaveGuard/>
            }
            .into_any()
        } else if asked.get() {
            view! { <SignInPage/> }.into_any()
        } else if let Some(failure) = failure.get() {
            view! { <pages::NotReached failure/> }.into_any()
        } else {
            view! { <ui::PageLoading label=words::door::asking()/> }.into_any()
        }
    }
}
