//! Where operations take place: dialogs above the page that outlive the button that opened them.
//!
//! A record's page builds its buttons anew when the record is read again, which happens in the middle of an operation that
//! changes it. What is going on therefore belongs to the stage, of which there is one in each opened system.

use std::sync::Arc;

use boxdeck_dialect::{Answer, FieldFault, Plan};
use leptos::prelude::*;

use super::after;
use super::bulk::Order;
use super::dialog::{BulkDialog, PerformanceDialog};
use super::form::Subject;
use super::form_dialog::FormDialog;
use super::inline_form::Done;
use super::performance::{Performance, Phase};
use super::progress::ProgressDialog;
use super::result::{ReadDialog, ResultDialog};
use super::way::{Way, form_place, way};
use super::words;
use crate::parts;
use crate::place::Place;
use crate::place::browser::{Navigation, use_navigation};
use crate::ui::{Tone, Voice, use_voice};

/// What is going on.
#[derive(Clone)]
pub enum Act {
    /// An operation that asks a person for nothing before its plan.
    Begin(Subject),
    /// A form of a few inputs.
    Form(Subject),
    /// A plan that waits for a person's word.
    Plan(Subject, Arc<Plan>, Option<Callback<Answer>>),
    /// One operation on many records.
    Bulk(Arc<Order>),
    /// A query or download.
    Read(Subject, Arc<Plan>),
    /// Work that was begun and goes on: what began it, and the query that tells how far it is.
    Progress(Subject, Subject, Arc<Plan>),
    /// What an operation answered.
    Result(Subject, Arc<Answer>),
}

/// The stage of a system's pages.
#[derive(Clone, Copy)]
pub struct Stage {
    act: RwSignal<Option<Act>>,
    navigation: Navigation,
    voice: Option<Voice>,
}

/// The stage around.
///
/// # Panics
/// Outside of a system's pages.
pub fn use_stage() -> Stage {
    expect_context()
}

/// Gives the pages inside it their stage.
#[component]
pub fn StageProvider(
    /// The pages.
    children: Children,
) -> impl IntoView {
    let stage = Stage { act: RwSignal::new(None), navigation: use_navigation(), voice: use_voice() };
    provide_context(stage);
    let close = Callback::new(move |()| stage.act.set(None));
    view! {
        {children()}
        {move || stage.act.get().map(|act| parts::act(act, close))}
    }
}

/// The dialog of what is going on.
pub fn act_dialog(act: Act, on_close: Callback<()>) -> AnyView {
    match act {
        Act::Begin(subject) => {
            let stage = use_stage();
            // What this one makes takes its place on the stage, which it can only do once it is there.
            Effect::new(move |_| stage.begin(subject.clone()));
            ().into_any()
        }
        Act::Form(subject) => view! { <FormDialog subject on_close/> }.into_any(),
        Act::Plan(subject, plan, on_done) => {
            view! { <PlanAct subject plan=(*plan).clone() on_done on_close/> }.into_any()
        }
        Act::Bulk(order) => view! { <BulkDialog order on_close/> }.into_any(),
        Act::Read(subject, plan) => view! { <ReadDialog subject plan=(*plan).clone() on_close/> }.into_any(),
        Act::Progress(subject, question, plan) => {
            view! { <ProgressDialog subject question plan on_close/> }.into_any()
        }
        Act::Result(subject, answer) => view! { <ResultDialog subject answer on_close/> }.into_any(),
    }
}

/// A plan that is confirmed and sent from a dialog of its own.
#[component]
fn PlanAct(
    subject: Subject,
    plan: Plan,
    on_done: Option<Callback<Answer>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let stage = use_stage();
    let ended = Callback::new(move |performance: Performance| {
        if untrack(|| performance.phase()) != Phase::Done {
            return;
        }
        let answer = performance.answer().unwrap_or_default();
        on_close.run(());
        match on_done {
            Some(on_done) => on_done.run(answer),
            None => stage.finish(&performance.subject(), &performance.plan(), answer),
        }
    });
    let performance = Performance::new(subject, plan, ended);
    performance.open.set(true);
    close_on_leaving(move || performance.waits_for_word(), on_close);
    view! { <PerformanceDialog performance from_form=false on_close/> }
}

/// Closes a dialog when its page is left: a word that was asked for there must not be given anywhere else. What is on its
/// way, or has an outcome that a person has to know, stays.
pub(super) fn close_on_leaving(may_close: impl Fn() -> bool + Send + Sync + 'static, on_close: Callback<()>) {
    let navigation = use_navigation();
    let page = Memo::new(move |_| navigation.place().with_query(""));
    Effect::new(move |before: Option<Place>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) && untrack(&may_close) {
            on_close.run(());
        }
        now
    });
}

impl Stage {
    /// Sets an operation off in the way that its inputs ask for.
    pub fn set_off(self, subject: Subject) {
        match way(&subject.resource, &subject.operation, subject.key.as_deref(), subject.record.as_deref()) {
            Way::AtOnce => self.start(subject),
            Way::Dialog => self.form(subject),
            Way::Page => self.go(&form_place(&subject)),
        }
    }

    /// Opens the form of an operation as a dialog.
    pub fn form(self, subject: Subject) {
        self.act.set(Some(Act::Form(subject)));
    }

    /// Opens the dialog of a ready plan: shows it, asks for the person's word, sends it and tells what became of it. When it
    /// is done, `on_done` gets the answer; without one the stage announces it and goes where the result is.
    pub fn perform(self, subject: Subject, plan: Plan, on_done: Option<Callback<Answer>>) {
        if subject.operation.kind.is_read() {
            self.act.set(Some(Act::Read(subject, Arc::new(plan))));
        } else {
            self.act.set(Some(Act::Plan(subject, Arc::new(plan), on_done)));
        }
    }

    /// Opens the dialog of one operation on many records.
    pub fn bulk(self, order: Order) {
        self.act.set(Some(Act::Bulk(Arc::new(order))));
    }

    /// Performs an operation that asks a person for nothing: a query at once, everything else after confirmation.
    pub fn start(self, subject: Subject) {
        self.act.set(Some(Act::Begin(subject)));
    }

    fn begin(self, subject: Subject) {
        match subject.plan() {
            Ok(plan) => self.perform(subject, plan, None),
            Err(faults) => {
                self.act.set(None);
                self.cannot(&subject, &faults);
            }
        }
    }

    /// Performs an operation that asks a person for nothing, after confirmation, for a page that goes on by itself: `on_done`
    /// gets what was done.
    pub fn ask(self, subject: Subject, on_done: Callback<Done>) {
        match subject.plan() {
            Ok(plan) => {
                let (of, sent) = (subject.clone(), plan.clone());
                let done = Callback::new(move |answer| on_done.run((of.clone(), sent.clone(), answer)));
                self.perform(subject, plan, Some(done));
            }
            Err(faults) => self.cannot(&subject, &faults),
        }
    }

    /// Says why an operation cannot be sent.
    pub fn cannot(self, subject: &Subject, faults: &[FieldFault]) {
        let words: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        self.say(Tone::Bad, ::words::outcome::cannot_be_sent(&subject.operation.title, words.join(" ")));
    }

    /// Announces that an operation is done, shows its answer where that is what was wanted, and goes where the result is.
    pub fn finish(self, subject: &Subject, plan: &Plan, answer: Answer) {
        let name_field = subject.resource.name_field();
        let new_name = after::record_of(subject, &answer).and_then(|record| record.text(name_field));
        let picked: Vec<&str> = subject.names.iter().map(|(.., name)| name.as_str()).collect();
        let mut told =
            words::done(subject.operation.kind, &subject.resource, plan, new_name.as_deref(), &picked);
        if let Some(note) = answer.note.as_ref().filter(|note| !note.is_empty()) {
            told = format!("{told} {note}");
        }
        if !subject.operation.after.is_empty() {
            told = format!("{told} {}", subject.operation.after);
        }
        self.say(Tone::Good, told);
        let here = untrack(|| self.navigation.place());
        if let Some(next) = after::next_place(subject, plan, &answer, &here) {
            self.navigation.go(&next);
        }
        if after::shows_result(subject, &answer) {
            self.act.set(Some(Act::Result(subject.clone(), Arc::new(answer))));
        } else if let Some(question) = after::question(subject) {
            match question.plan() {
                Ok(plan) => self.act.set(Some(Act::Progress(subject.clone(), question, Arc::new(plan)))),
                Err(faults) => self.cannot(&question, &faults),
            }
        } else if let Some(next) = after::next_step(subject, &answer) {
            self.start(next);
        }
    }

    /// Goes to a place.
    pub fn go(self, place: &crate::place::Place) {
        self.navigation.go(place);
    }

    fn say(self, tone: Tone, text: String) {
        if let Some(voice) = self.voice {
            voice.toast(tone, text, ::words::outcome::close_message());
        }
    }
}
