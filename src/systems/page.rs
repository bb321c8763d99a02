//! The page that manages the list of systems: adding, checking, changing, removing, importing and exporting.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::systems as say;

use super::form::EntryDialog;
use super::import::ImportDialog;
use super::row::SystemRow;
use super::{KnownKind, Source, SystemEntry, kept, known_kinds, list};
use crate::app::Shared;
use crate::place::Place;
use crate::save;
use crate::ui::{self, ButtonKind, Tone};

/// Name of the file that an export makes.
const FILE: &str = "systems.json";

/// What the page's parts share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The application's list of systems.
    pub shared: Shared,
    /// The kinds that the console has catalogs for, once they are read.
    pub kinds: RwSignal<Vec<KnownKind>>,
    /// Counts the presses of "Check all".
    pub rounds: RwSignal<u32>,
    /// What is open above the list.
    pub open: RwSignal<Open>,
}

impl Desk {
    /// Names of the systems that nobody has added here: the site's, or the serving box's. Tracked.
    pub(super) fn given(self) -> Vec<String> {
        self.shared.systems.with(|systems| {
            let systems = systems.as_ref().and_then(|systems| systems.as_ref().ok());
            let entries = systems.into_iter().flat_map(|systems| systems.iter());
            entries.filter(|entry| entry.source != Source::Own).map(|entry| entry.name.clone()).collect()
        })
    }
}

/// What is open above the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Open {
    /// Nothing.
    #[default]
    Nothing,
    /// The form of a new system, or of one of the person's own.
    Form(Option<SystemEntry>),
    /// The question whether one is to be removed.
    Removal(SystemEntry),
    /// The import of a list.
    Import,
}

impl Desk {
    /// The title of a kind, as far as the console knows it.
    pub fn kind_title(self, id: &str) -> String {
        self.kinds.with(|kinds| {
            kinds.iter().find(|kind| kind.id == id).map_or_else(|| id.to_owned(), |kind| kind.title.clone())
        })
    }

    /// Changes the list of the person's own systems, shows it, and says so where the browser does not keep it.
    ///
    /// # Errors
    /// Why nothing has changed, as a sentence: what the browser keeps cannot be read.
    pub fn change(self, edit: impl FnOnce(&mut Vec<SystemEntry>)) -> Result<(), String> {
        let (own, is_kept) = kept::change(edit).map_err(|fault| say::kept_broken(fault.text()))?;
        self.show(&own, is_kept);
        Ok(())
    }

    /// Begins a new list in place of one that cannot be read.
    fn discard(self) {
        let is_kept = kept::discard();
        self.show(&[], is_kept);
    }

    fn show(self, own: &[SystemEntry], is_kept: bool) {
        self.shared.show_own(own);
        if let (false, Some(voice)) = (is_kept, ui::use_voice()) {
            voice.toast(Tone::Warn, say::not_kept().to_owned(), words::common::close().to_owned());
        }
        self.open.set(Open::Nothing);
    }
}

/// The page.
#[component]
pub fn ManageSystems() -> impl IntoView {
    let desk = Desk {
        shared: expect_context(),
        kinds: RwSignal::new(Vec::new()),
        rounds: RwSignal::new(0),
        open: RwSignal::new(Open::Nothing),
    };
    provide_context(desk);
    let failure = RwSignal::new(None::<String>);
    ui::window_title(&[say::title()]);
    spawn_local(async move {
        match known_kinds().await {
            Ok(kinds) => drop(desk.kinds.try_set(kinds)),
            Err(fault) => drop(failure.try_set(Some(say::index_failed(fault.message)))),
        }
    });
    let any = Memo::new(move |_| {
        desk.shared.systems.with(|systems| matches!(systems, Some(Ok(systems)) if !systems.is_empty()))
    });
    let export = move |_| {
        let systems = desk.shared.systems.get_untracked();
        let Some(Ok(systems)) = systems else { return };
        failure.set(save::bytes(FILE, list::write(&systems).as_bytes()).err());
    };
    view! {
        <main class="door" id="main">
            <div class="door-panel systems-panel">
                <h1>{say::title()}</h1>
                <p class="muted">{say::intro()}</p>
                <div class="systems-tools">
                    <ui::Button kind=ButtonKind::Primary icon="plus".to_owned() on_click=move |_| desk.open.set(Open::Form(None))>{say::add()}</ui::Button>
                    <ui::Button disabled=Signal::derive(move || !any.get()) on_click=move |_| desk.rounds.update(|rounds| *rounds += 1)>{say::check_all()}</ui::Button>
                    <ui::Button on_click=move |_| desk.open.set(Open::Import)>{say::import()}</ui::Button>
                    <ui::Button disabled=Signal::derive(move || !any.get()) on_click=export>{say::export()}</ui::Button>
                </div>
                {move || failure.get().map(|text| view! { <ui::Notice tone=Tone::Bad>{text}</ui::Notice> })}
                <KeptNotices/>
                <List/>
                <Show when=move || any.get()><p><a href=Place::default().href()>{say::back()}</a></p></Show>
            </div>
        </main>
        {move || match desk.open.get() {
            Open::Nothing => ().into_any(),
            Open::Form(entry) => view! { <EntryDialog entry/> }.into_any(),
            Open::Removal(entry) => view! { <Removal entry/> }.into_any(),
            Open::Import => view! { <ImportDialog/> }.into_any(),
        }}
    }
    .into_any()
}

/// The systems, or why there are none.
#[component]
fn List() -> impl IntoView {
    let desk: Desk = expect_context();
    let shared = desk.shared;
    move || match shared.systems.get() {
        None => view! { <ui::PageLoading label=say::loading()/> }.into_any(),
        Some(Err(failure)) => view! {
            <ui::Notice tone=Tone::Bad title=say::list_failed().to_owned()>
                <p>{failure.message}</p>
                <ui::Button on_click=move |_| shared.load()>{words::reading::try_again()}</ui::Button>
            </ui::Notice>
        }
        .into_any(),
        Some(Ok(systems)) if systems.is_empty() => {
            view! { <ui::EmptyState title=say::empty() text=say::empty_text().to_owned()/> }.into_any()
        }
        Some(Ok(systems)) => rows(&systems),
    }
}

fn rows(systems: &Arc<Vec<SystemEntry>>) -> AnyView {
    let rows: Vec<_> =
        systems.iter().map(|entry| view! { <SystemRow entry=entry.clone()/> }.into_any()).collect();
    view! { <ul class="system-list" aria-label=say::title()>{rows}</ul> }.into_any()
}

/// What is wrong with the list that the browser keeps: it cannot be read, or the site has namesakes of what is in it.
#[component]
fn KeptNotices() -> impl IntoView {
    let desk: Desk = expect_context();
    move || {
        let given = desk.given();
        match kept::read() {
            Err(fault) => view! {
                <ui::Notice tone=Tone::Bad>
                    <p>{say::kept_broken(fault.text())}</p>
                    <ui::Button on_click=move |_| desk.discard()>{say::kept_discard()}</ui::Button>
                </ui::Notice>
            }
            .into_any(),
            Ok(own) => own
                .into_iter()
                .filter(|entry| given.contains(&entry.name))
                .map(|entry| {
                    let text = say::hidden(&entry.name);
                    let (edited, removed) = (entry.clone(), entry.clone());
                    view! {
                        <ui::Notice tone=Tone::Warn>
                            <p>{text}</p>
                            <div class="systems-tools">
                                <ui::Button small=true on_click=move |_| desk.open.set(Open::Form(Some(edited.clone())))>{say::edit()}</ui::Button>
                                <ui::Button small=true on_click=move |_| desk.open.set(Open::Removal(removed.clone()))>{say::remove()}</ui::Button>
                            </div>
                        </ui::Notice>
                    }
                    .into_any()
                })
                .collect_view()
                .into_any(),
        }
    }
}

/// Asks before a system is taken off the list.
#[component]
fn Removal(entry: SystemEntry) -> impl IntoView {
    let desk: Desk = expect_context();
    let close = move || desk.open.set(Open::Nothing);
    let title = say::remove_title(entry.title());
    let fault = RwSignal::new(None::<String>);
    let remove = move || match desk.change(|own| own.retain(|other| other.name != entry.name)) {
        Ok(()) => crate::storage::forget_user(&entry.name),
        Err(told) => fault.set(Some(told)),
    };
    let remove = StoredValue::new(remove);
    view! {
        <ui::Dialog
            title=title
            close_label=words::common::close()
            size=ui::DialogSize::Small
            on_close=move |_| close()
            footer=move || view! {
                <ui::Button autofocus=true on_click=move |_| close()>{words::common::cancel()}</ui::Button>
                <ui::Button kind=ButtonKind::Danger on_click=move |_| remove.with_value(|remove| remove())>{say::remove()}</ui::Button>
            }.into_any()
        >
            <p>{say::remove_text()}</p>
            {not_changed(fault)}
        </ui::Dialog>
    }
    .into_any()
}

/// Why a dialog could not change the list, in it.
pub(super) fn not_changed(fault: RwSignal<Option<String>>) -> impl IntoView {
    move || fault.get().map(|told| view! { <ui::Notice tone=Tone::Bad>{told}</ui::Notice> })
}
