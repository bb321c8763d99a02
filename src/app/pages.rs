//! Pages and dialogs that belong to no system, or to a system that cannot be shown.

use boxdeck_dialect::Failure;
use leptos::prelude::*;

use super::Shared;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::session;
use crate::system::{SessionState, use_system};
use crate::systems::SystemEntry;
use crate::ui;

/// The systems that can be opened. With only one, it opens by itself.
#[component]
pub fn Systems() -> impl IntoView {
    let shared: Shared = expect_context();
    let navigation = use_navigation();
    Effect::new(move |_| {
        document().set_title("Systems · Boxdeck");
        if let Some(Ok(systems)) = shared.systems.get()
            && let [only] = systems.as_slice()
        {
            navigation.replace(&Place::system(&only.name));
        }
    });
    view! {
        <main class="door" id="main">
            <div class="door-panel door-panel-wide">
                <h1>"Systems"</h1>
                {move || match shared.systems.get() {
                    None => view! { <ui::PageLoading label="Reading the list of systems…"/> }.into_any(),
                    Some(Err(failure)) => view! {
                        <ui::Notice tone=ui::Tone::Bad title="The list of systems could not be read">
                            <p>{failure.message}</p>
                            <ui::Button on_click=move |_| shared.load()>"Try again"</ui::Button>
                        </ui::Notice>
                    }.into_any(),
                    Some(Ok(systems)) if systems.is_empty() => view! {
                        <ui::EmptyState
                            title="No systems yet"
                            text="The file systems.json beside the console names the systems. It is empty."
                        />
                    }.into_any(),
                    Some(Ok(systems)) => view! {
                        <ul class="system-list">
                            {systems.iter().map(|entry| view! { <li><SystemLink entry=entry.clone()/></li> }).collect_view()}
                        </ul>
                    }.into_any(),
                }}
                <p><a href=Place::systems().href()>{words::systems::manage()}</a></p>
            </div>
        </main>
    }
}

#[component]
fn SystemLink(entry: SystemEntry) -> impl IntoView {
    view! {
        <a class="system-link" href=Place::system(&entry.name).href()>
            <ui::Icon name="system"/>
            <span class="system-link-title">{entry.title().to_owned()}</span>
            <span class="muted">{entry.kind.clone()}" · "{entry.address.clone()}</span>
        </a>
    }
}

/// The address names a system that is not in the list.
#[component]
pub fn UnknownSystem(name: String) -> impl IntoView {
    view! {
        <Door title="No such system">
            <p>"The list of systems has none that is called \""{name}"\". It may have been renamed or taken out."</p>
            <p><a href=Place::systems().href()>"All systems"</a></p>
        </Door>
    }
}

/// The catalog of the system's kind cannot be loaded.
#[component]
pub fn CannotOpen(failure: Failure) -> impl IntoView {
    view! {
        <Door title="The system cannot be opened">
            <p>{failure.message}</p>
            <p>"This is a fault of the console's own files; whoever installed them can mend it."</p>
            <p><a href=Place::systems().href()>"All systems"</a></p>
        </Door>
    }
}

/// The list of systems cannot be read, so that nothing is known of the one that was asked for.
#[component]
pub fn NoList(failure: Failure) -> impl IntoView {
    let shared: Shared = expect_context();
    view! {
        <Door title="The list of systems could not be read">
            <p>{failure.message}</p>
            <ui::Button kind=ui::ButtonKind::Primary on_click=move |_| shared.load()>"Try again"</ui::Button>
            <p><a href=Place::systems().href()>{words::systems::manage()}</a></p>
        </Door>
    }
}

/// The system could not be asked whether one may come in.
#[component]
pub fn NotReached(failure: Failure) -> impl IntoView {
    let system = use_system();
    let address = system.entry.address.clone();
    let again = {
        let system = system.clone();
        move |_| {
            system.state.set(SessionState::default());
            session::knock(&system);
        }
    };
    view! {
        <Door title=format!("{} is not reached", system.entry.title())>
            <p>{failure.message}</p>
            <p class="muted">"Asked at "{address}". Check that the system is up, that the proxy forwards this path to it, and that this browser can reach both."</p>
            <ui::Button kind=ui::ButtonKind::Primary on_click=again>"Try again"</ui::Button>
            <p><a href=Place::systems().href()>"All systems"</a></p>
        </Door>
    }
}

/// The address leads nowhere in this system.
#[component]
pub fn UnknownPlace() -> impl IntoView {
    let home = Place::system(&use_system().entry.name).href();
    view! {
        <div class="stack">
            <ui::EmptyState
                title="No such page"
                text="This kind of system has nothing at this address. The link may come from a console with another catalog."
                actions=move || view! { <ui::LinkButton href=home.clone()>"Overview"</ui::LinkButton> }
            />
        </div>
    }
}

/// Asks before something typed is lost.
#[component]
pub fn LeaveGuard() -> impl IntoView {
    let navigation = use_navigation();
    view! {
        <Show when=move || navigation.warning().is_some()>
            <ui::Dialog
                title="Leave without saving?"
                close_label="Stay"
                size=ui::DialogSize::Small
                on_close=move |_| navigation.stay()
                footer=move || view! {
                    <ui::Button on_click=move |_| navigation.stay()>"Stay"</ui::Button>
                    <ui::Button kind=ui::ButtonKind::Danger on_click=move |_| navigation.leave()>"Leave and discard"</ui::Button>
                }
            >
                <p>{move || navigation.warning()}</p>
            </ui::Dialog>
        </Show>
    }
}

/// A page with one panel in the middle.
#[component]
fn Door(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <main class="door" id="main">
            <div class="door-panel stack" role="alert">
                <h1>{title}</h1>
                {children()}
            </div>
        </main>
    }
}
