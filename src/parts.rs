//! The parts of the program that are fetched when they are first needed.
//!
//! What a first visit needs until it shows rows is in the main module. Everything else is reached through a function in
//! here, each marked with the part that it belongs to; `cargo xtask dist` cuts the program at these functions, and what
//! only they reach comes as a file of its own. What the main module calls directly, anywhere, weighs on the first visit.
//!
//! Once the first data are on the page, the parts are fetched ahead, so that nobody waits for them at the first click.
#![allow(
    unsafe_code,
    reason = "the macro declares the cut as an import and an export of the module, which Rust calls unsafe attributes"
)]

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use boxdeck_catalog::{Field, Resource};
use boxdeck_dialect::{Record, Term, query};
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::app::overlay::{Overlay, overlay_view};
use crate::chart::Amounts;
use crate::collection::body::states::ListState;
use crate::collection::chart::ListChart;
use crate::collection::pager::{Pager, Pages};
use crate::collection::source::Source;
use crate::collection::{ColumnChoice, ListTools, Selected, SelectionActions};
use crate::operation::{Act, act_dialog};
use crate::system::System;
use crate::ui;

type Made = Result<AnyView, SplitLoaderError>;
type Making = Pin<Box<dyn Future<Output = Made>>>;
type Make = Box<dyn Fn() -> Making + Send + Sync>;

/// How far a part has come.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Fetching,
    Ready,
    Failed,
}

/// Whether the first data have come, or failed to: what is not needed to show them may be fetched now.
static FIRST_DATA: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Shows what a part makes as soon as it is there, and what to do when it cannot be fetched.
fn lazily(make: Make) -> AnyView {
    fetched(make, || view! { <ui::PageLoading label=words::files::part_loading()/> }.into_any())
}

fn fetched(make: Make, waiting: fn() -> AnyView) -> AnyView {
    let known = use_context::<System>().map(|system| system.known);
    let state = RwSignal::new(State::Fetching);
    let made = StoredValue::new_local(None::<AnyView>);
    let make = StoredValue::new(make);
    let fetch = move || {
        state.set(State::Fetching);
        let making = make.with_value(|make| make());
        spawn_local_scoped_with_cancellation(async move {
            // Only the main module makes do with a part of the catalog.
            let is_known = match known {
                Some(known) => known.whole().await.is_ok(),
                None => true,
            };
            // The loader writes the browser's reason to the console.
            let view = if is_known { making.await.ok() } else { None };
            state.set(if view.is_some() { State::Ready } else { State::Failed });
            made.set_value(view);
        });
    };
    fetch();
    (move || match state.get() {
        State::Fetching => waiting(),
        State::Ready => made.try_update_value(Option::take).flatten().unwrap_or_else(|| ().into_any()),
        State::Failed => view! {
            <ui::Notice tone=ui::Tone::Bad title=words::files::part_missing()>
                <p>{words::files::part_missing_text()}</p>
                <ui::Button on_click=move |_| fetch()>{words::reading::try_again()}</ui::Button>
            </ui::Notice>
        }
        .into_any(),
    })
    .into_any()
}

/// Fetches the parts ahead, once, now that the first data have come or failed to.
pub fn fetch_ahead() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    if ASKED.swap(true, Ordering::Relaxed) {
        return;
    }
    // Not before the rows are painted, however long that takes on a busy machine: what comes now must not compete with them.
    let ahead = || {
        spawn_local(async {
            // Whoever needs the part will ask for it again, and is told then.
            preload_work().await.unwrap_or_default();
        });
    };
    let soon = move || {
        FIRST_DATA.set(true);
        set_timeout(ahead, Duration::from_millis(250));
    };
    let painted = move || set_timeout(soon, Duration::from_millis(50));
    request_animation_frame(move || request_animation_frame(painted));
}

/// What can be told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InWords {
    /// A policy of backups.
    Policy,
    /// What is backed up together by such a policy.
    ProtectionGroup,
    /// What is charged for use.
    Prices,
}

/// What the part `work` makes. One way into a part for all of it: each would weigh a kilobyte in the main module.
enum Work {
    Overview,
    Owner,
    Record,
    Form,
    Certificates,
    FactorList,
    FactorForm,
    Purge,
    InWords(InWords, bool),
    Systems,
    Act(Act, Callback<()>),
    Selection(Source, Selected),
    Chart(ListChart),
    Overlay(Overlay, Callback<()>),
    SignInAgain,
    Renewal,
    LeaveGuard,
}

#[wasm_split(work, fallible, preload(preload_work))]
fn make_work(work: Work) -> Made {
    Ok(match work {
        Work::Overview => view! { <crate::overview::OverviewPage/> }.into_any(),
        Work::Owner => view! { <crate::collection::OwnerPage/> }.into_any(),
        Work::Record => view! { <crate::record::RecordPage/> }.into_any(),
        Work::Form => view! { <crate::operation::FormPage/> }.into_any(),
        Work::Certificates => view! { <crate::certificates::page::CertificatesPage/> }.into_any(),
        Work::FactorList => view! { <crate::factors::FactorList/> }.into_any(),
        Work::FactorForm => view! { <crate::factors::FactorForm/> }.into_any(),
        Work::Purge => view! { <crate::purge::PurgePage/> }.into_any(),
        Work::InWords(what, is_form) => crate::in_words::in_words(what, is_form),
        Work::Systems => view! { <crate::systems::page::ManageSystems/> }.into_any(),
        Work::Act(act, on_close) => act_dialog(act, on_close),
        Work::Selection(source, selected) => view! { <SelectionActions source selected/> }.into_any(),
        Work::Chart(chart) => chart.view(),
        Work::Overlay(overlay, on_close) => overlay_view(overlay, on_close),
        Work::SignInAgain => view! { <crate::session::SignInAgain/> }.into_any(),
        Work::Renewal => view! { <crate::session::Renewal/> }.into_any(),
        Work::LeaveGuard => view! { <crate::app::pages::LeaveDialog/> }.into_any(),
    })
}

fn work(what: impl Fn() -> Work + Send + Sync + 'static) -> AnyView {
    lazily(Box::new(move || Box::pin(make_work(what()))))
}

/// What the part `lists` makes.
#[derive(Clone)]
enum Piece {
    FilterBar(ListTools),
    Actions(ListTools),
    AutoRefresh(ListTools),
    Pager(Pages),
    ColumnTools(ColumnChoice, RwSignal<Option<ui::ColumnTools>>),
    State(ListState),
    Toasts(ui::Voice),
}

#[wasm_split(lists, fallible)]
fn make_list_piece(piece: Piece) -> Made {
    Ok(match piece {
        Piece::FilterBar(list) => list.filter_bar(),
        Piece::Actions(list) => list.actions(),
        Piece::AutoRefresh(list) => list.auto_refresh(),
        Piece::Pager(pages) => view! { <Pager pages/> }.into_any(),
        Piece::ColumnTools(choice, tools) => {
            tools.set(Some(choice.tools()));
            ().into_any()
        }
        Piece::State(state) => state.view(),
        Piece::Toasts(voice) => view! { <ui::Toasts voice/> }.into_any(),
    })
}

/// What the first rows of a whole list do without.
#[derive(Clone, Copy)]
pub struct ListLogic {
    /// Fixes the moving points in time of a term; see [`query::resolved`].
    pub resolved: fn(&Field, &Term, i64) -> Term,
    /// Whether a record satisfies a term; see [`query::matches`].
    pub matches: fn(&Resource, &Term, &Record, i64) -> bool,
    /// Tells a number that a chart draws; see [`Amounts::text`].
    pub amount_text: fn(&Amounts, f64) -> String,
}

/// What reads a list with a filter, and tells the numbers of a chart.
#[wasm_split(lists, fallible)]
pub fn list_logic() -> Result<ListLogic, SplitLoaderError> {
    Ok(ListLogic { resolved: query::resolved, matches: query::matches, amount_text: Amounts::text })
}

/// Shows a piece of a list once the first data are there, and `waiting` until then.
fn list_piece(piece: Piece, waiting: fn() -> AnyView) -> AnyView {
    let here = FIRST_DATA.clone();
    (move || {
        let piece = piece.clone();
        if here.get() {
            fetched(Box::new(move || Box::pin(make_list_piece(piece.clone()))), waiting)
        } else {
            waiting()
        }
    })
    .into_any()
}

#[wasm_split(gallery, fallible)]
fn make_gallery_page() -> Made {
    Ok(view! { <crate::gallery::GalleryPage/> }.into_any())
}

/// The gallery of components: a part of its own, which nobody fetches ahead.
pub fn gallery_page() -> AnyView {
    lazily(Box::new(|| Box::pin(make_gallery_page())))
}

/// The filter of a list.
pub fn filter_bar(list: ListTools) -> AnyView {
    list_piece(Piece::FilterBar(list), || view! { <div class="filter-bar"></div> }.into_any())
}

/// What can be done with a list: its operations, columns, views, export.
pub fn list_actions(list: ListTools) -> AnyView {
    list_piece(Piece::Actions(list), || ().into_any())
}

/// How often a list is read by itself.
pub fn auto_refresh(list: ListTools) -> AnyView {
    list_piece(Piece::AutoRefresh(list), || ().into_any())
}

/// The messages of the page's voice. They may come before any data, such as that a language could not be fetched.
pub fn toasts(voice: ui::Voice) -> AnyView {
    fetched(Box::new(move || Box::pin(make_list_piece(Piece::Toasts(voice)))), || ().into_any())
}

/// What a list tells beside its rows or in their place.
pub fn list_state(state: ListState) -> AnyView {
    list_piece(Piece::State(state), || ().into_any())
}

/// What leads to the other pages of a list.
pub fn pager(pages: Pages) -> AnyView {
    list_piece(Piece::Pager(pages), || ().into_any())
}

/// Puts into `tools` what changes the columns of a list; it shows nothing itself.
pub fn column_tools(choice: ColumnChoice, tools: RwSignal<Option<ui::ColumnTools>>) -> AnyView {
    list_piece(Piece::ColumnTools(choice, tools), || ().into_any())
}

/// The first page of a system.
pub fn overview_page() -> AnyView {
    work(|| Work::Overview)
}

/// The sign-in above a page whose session ended.
pub fn sign_in_again() -> AnyView {
    work(|| Work::SignInAgain)
}

/// What makes a session last; not needed before the first data are there.
pub fn renewal() -> AnyView {
    let here = FIRST_DATA.clone();
    let make = || -> Making { Box::pin(make_work(Work::Renewal)) };
    (move || here.get().then(|| fetched(Box::new(make), || ().into_any()))).into_any()
}

/// The question whether to leave what is not kept yet.
pub fn leave_guard() -> AnyView {
    work(|| Work::LeaveGuard)
}

/// The page on which systems are added, checked and taken out.
pub fn systems_page() -> AnyView {
    work(|| Work::Systems)
}

/// What opens above any page.
pub fn overlay(overlay: Overlay, on_close: Callback<()>) -> AnyView {
    work(move || Work::Overlay(overlay, on_close))
}

/// The dialog of an operation that is going on.
pub fn act(act: Act, on_close: Callback<()>) -> AnyView {
    work(move || Work::Act(act.clone(), on_close))
}

/// What can be done with all selected records.
pub fn selection_actions(source: Source, selected: Selected) -> AnyView {
    let make: Make = Box::new(move || Box::pin(make_work(Work::Selection(source.clone(), selected))));
    fetched(make, || ().into_any())
}

/// The chart of a list.
pub fn list_chart(chart: ListChart) -> AnyView {
    let make: Make = Box::new(move || Box::pin(make_work(Work::Chart(chart.clone()))));
    fetched(make, || ().into_any())
}

/// The choice of the record that a sub-collection belongs to.
pub fn owner_page() -> AnyView {
    work(|| Work::Owner)
}

/// The page of a form.
pub fn form_page() -> AnyView {
    work(|| Work::Form)
}

/// The page of a record or of a single object.
pub fn record_page() -> AnyView {
    work(|| Work::Record)
}

/// The page of a resource that holds certificates.
pub fn certificates_page() -> AnyView {
    work(|| Work::Certificates)
}

/// A form, or the page of a record, with what it means in words.
pub fn in_words(what: InWords, is_form: bool) -> AnyView {
    work(move || Work::InWords(what, is_form))
}

/// The list of the second factors of a user, with those that the system does not list.
pub fn factor_list() -> AnyView {
    work(|| Work::FactorList)
}

/// The way to a second factor.
pub fn factor_form() -> AnyView {
    work(|| Work::FactorForm)
}

/// The way to an empty bucket.
pub fn purge_page() -> AnyView {
    work(|| Work::Purge)
}
