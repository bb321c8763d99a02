//! The part `work`: what is opened from a list, and what is done there.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::fetch::{Made, fetched, lazily, painted};
use crate::app::overlay::{Overlay, overlay_view};
use crate::collection::chart::ListChart;
use crate::collection::source::Source;
use crate::collection::{Selected, SelectionActions};
use crate::operation::{Act, act_dialog};

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

/// Fetches the part. Whoever needs it will ask for it again where that failed, and is told then.
pub(super) async fn preload() {
    preload_work().await.unwrap_or_default();
}

fn work(what: impl Fn() -> Work + Send + Sync + 'static) -> AnyView {
    lazily(Box::new(move || Box::pin(make_work(what()))))
}

/// What stands beside something else: until it is there, nothing is in its place.
fn aside(what: impl Fn() -> Work + Send + Sync + 'static) -> AnyView {
    fetched(Box::new(move || Box::pin(make_work(what()))), || ().into_any())
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
    let here = painted();
    (move || here.get().then(|| aside(|| Work::Renewal))).into_any()
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
    aside(move || Work::Selection(source.clone(), selected))
}

/// The chart of a list.
pub fn list_chart(chart: ListChart) -> AnyView {
    aside(move || Work::Chart(chart.clone()))
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
