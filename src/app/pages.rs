//! Pages and dialogs that belong to no system, or to a system that cannot be shown.

use boxdeck_dialect::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::door as say;

use super::Shared;
use crate::parts;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::session;
use crate::system::{SessionState, use_system};
use crate::systems::{KnownKind, SystemEntry, listed_kinds};
use crate::ui;

/// The systems that can be opened. With only one, it opens by itself.
#[component]
pub fn Systems() -> impl IntoView {
    let shared: Shared = expect_context();
    let navigation = use_navigation();
    // What a person calls the kinds; `None` until it is known.
    let kinds = RwSignal::new(None::<Vec<KnownKind>>);
    spawn_local(async move {
        // The identifiers stand for the names that cannot be read.
        kinds.try_set(Some(listed_kinds().await.unwrap_or_default()));
    });
    Effect::new(move |_| {
        ui::window_title(&[words::systems::title()]);
        if let Some(Ok(systems)) = shared.systems.get()
            && let [only] = systems.as_slice()
        {
            navigation.replace(&Place::system(&only.name));
        }
    });
    view! {
        <main class="door" id="main">
            <div class="door-panel door-panel-wide">
                <h1>{words::systems::title()}</h1>
                {move || match shared.systems.get() {
                    None => view! { <ui::PageLoading label=words::systems::loading()/> }.into_any(),
                    Some(Err(failure)) => view! {
                        <ui::Notice tone=ui::Tone::Bad title=words::systems::list_failed()>
                            <p>{failure.message}</p>
                            <ui::Button on_click=move |_| shared.load()>{words::reading::try_again()}</ui::Button>
                        </ui::Notice>
                    }.into_any(),
                    Some(Ok(systems)) if systems.is_empty() => view! {
                        <ui::EmptyState
                            title=words::systems::empty()
                            text=say::no_systems_text()
                        />
                    }.into_any(),
                    Some(Ok(systems)) => view! {
                        <ul class="system-list">
                            {systems.iter().map(|entry| view! { <li><SystemLink entry=entry.clone() kinds/></li> }).collect_view()}
                        </ul>
                    }.into_any(),
                }}
                <p><a href=Place::systems().href()>{words::systems::manage()}</a></p>
            </div>
        </main>
    }
}

#[component]
fn SystemLink(entry: SystemEntry, kinds: RwSignal<Option<Vec<KnownKind>>>) -> impl IntoView {
    let id = entry.kind.clone();
    let kind = move || {
        kinds.with(|kinds| {
            let known = kinds.as_ref()?.iter().find(|kind| kind.id == id);
            Some(known.map_or_else(|| id.clone(), |kind| kind.title.clone()))
        })
    };
    view! {
        <a class="system-link" href=Place::system(&entry.name).href()>
            <ui::Icon name="system"/>
            <span class="system-link-title">{entry.title().to_owned()}</span>
            <span class="muted">{kind}" · "{entry.address.clone()}</span>
        </a>
    }
}

/// The address names a system that is not in the list.
#[component]
pub fn UnknownSystem(name: String) -> impl IntoView {
    view! {
        <Door title=say::no_such_system()>
            <p>{say::no_such_system_text(name)}</p>
            <p><a href=Place::systems().href()>{say::all_systems()}</a></p>
        </Door>
    }
}

/// The catalog of the system's kind cannot be loaded.
#[component]
pub fn CannotOpen(failure: Failure) -> impl IntoView {
    view! {
        <Door title=say::cannot_open()>
            <p>{failure.message}</p>
            <p>{say::cannot_open_text()}</p>
            <p><a href=Place::systems().href()>{say::all_systems()}</a></p>
        </Door>
    }
}

/// The list of systems cannot be read, so that nothing is known of the one that was asked for.
#[component]
pub fn NoList(failure: Failure) -> impl IntoView {
    let shared: Shared = expect_context();
    view! {
        <Door title=words::systems::list_failed()>
            <p>{failure.message}</p>
            <ui::Button kind=ui::ButtonKind::Primary on_click=move |_| shared.load()>{words::reading::try_again()}</ui::Button>
            <p><a href=Place::systems().href()>{words::systems::manage()}</a></p>
        </Door>
    }
}

/// The rest of the catalog, which this page needs, did not come.
#[component]
pub fn CatalogMissing(failure: Failure) -> impl IntoView {
    let system = use_system();
    view! {
        <ui::Notice tone=ui::Tone::Bad title=say::cannot_open()>
            <p>{failure.message}</p>
            <ui::Button on_click=move |_| system.want_whole()>{words::reading::try_again()}</ui::Button>
        </ui::Notice>
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
        <Door title=say::not_reached(system.entry.title())>
            <p>{failure.message}</p>
            <p class="muted">{say::asked_at(address)}</p>
            <ui::Button kind=ui::ButtonKind::Primary on_click=again>{words::reading::try_again()}</ui::Button>
            <p><a href=Place::systems().href()>{say::all_systems()}</a></p>
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
                title=say::no_such_page()
                text=say::no_such_page_text()
                actions=move || view! { <ui::LinkButton href=home.clone()>{say::overview()}</ui::LinkButton> }
            />
        </div>
    }
}

/// Asks before something typed is lost.
#[component]
pub fn LeaveGuard() -> impl IntoView {
    let navigation = use_navigation();
    let asks = Memo::new(move |_| navigation.warning().is_some());
    move || asks.get().then(parts::leave_guard)
}

/// The question that [`LeaveGuard`] asks. Whoever has something to lose has the part that this is in.
#[component]
pub fn LeaveDialog() -> impl IntoView {
    let navigation = use_navigation();
    view! {
        <ui::Dialog
            title=say::leave_title()
            close_label=words::common::close()
            size=ui::DialogSize::Small
            on_close=move |_| navigation.stay()
            footer=move || view! {
                <ui::Button on_click=move |_| navigation.stay()>{say::stay()}</ui::Button>
                <ui::Button kind=ui::ButtonKind::Danger on_click=move |_| navigation.leave()>{say::leave()}</ui::Button>
            }
        >
            <p>{move || navigation.warning()}</p>
        </ui::Dialog>
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
