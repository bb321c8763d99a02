//! The inputs of a form in their groups, with what is wrong on top.

mod clock;
mod file;
mod input;
mod items;
mod leaf;
mod pick;
mod rules;
mod zone;

use std::sync::Arc;

use boxdeck_catalog::Operation;
use leptos::{html, prelude::*};
use serde_json::{Map, Value};
use words::form as say;

use super::attempt::Attempt;
use super::form::node::Fault;
use super::form::{Form, groups};
use super::friction::is_grave;
use crate::refusal::RefusalNotice;
use crate::ui::{self, ButtonKind, Tone};
use input::InputView;

/// What the button of a form looks like.
pub(super) fn action_style(operation: &Operation) -> ButtonKind {
    if is_grave(operation.kind, operation.destroys) { ButtonKind::Danger } else { ButtonKind::Primary }
}

/// The values of a record's fields, or of a form's inputs, by name.
pub type Values = Signal<Arc<Map<String, Value>>>;

/// What is known of a record, or of what a form would send.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The values that are whole.
    pub whole: Values,
    /// These, and what is known of those that are not whole yet.
    pub known: Values,
    /// Names of the inputs that are still to be filled in, or hold nothing that can be sent.
    pub missing: Signal<Vec<String>>,
}

impl Draft {
    /// A record, of which nothing is missing.
    pub fn of_record(values: Values) -> Self {
        Self { whole: values, known: values, missing: Signal::default() }
    }

    /// What a form holds as it is now.
    fn of_form(form: &Form) -> Self {
        let gathered = form.gathered();
        let whole = Memo::new(move |_| gathered.with(|gathered| Arc::new(gathered.inputs.body.clone())));
        let missing =
            Memo::new(move |_| gathered.with(|gathered| gathered.faults.iter().map(place).collect()));
        let form = form.clone();
        let known = Memo::new(move |_| Arc::new(form.draft()));
        Self { whole: whole.into(), known: known.into(), missing: missing.into() }
    }
}

/// Where a fault is, in labels from the outermost on.
fn place(fault: &Fault) -> String {
    fault.within.iter().chain([&fault.label]).map(String::as_str).collect::<Vec<_>>().join(" › ")
}

/// What a page shows beside the inputs of its form, or above the fields of a record, made from what is known of it.
#[derive(Clone)]
pub struct Above(Arc<dyn Fn(Draft) -> AnyView + Send + Sync>);

impl Above {
    /// Shows what `make` makes.
    pub fn new(make: impl Fn(Draft) -> AnyView + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// What it shows for this.
    pub fn show(&self, draft: Draft) -> AnyView {
        (self.0)(draft)
    }
}

/// Summary of faults, refusal, partial result, and the inputs.
#[component]
pub(super) fn FormBody(attempt: Attempt) -> impl IntoView {
    let form = attempt.form.clone();
    let summary = {
        let form = form.clone();
        Memo::new(move |_| form.summary())
    };
    let summary_title = {
        let form = form.clone();
        Memo::new(move |_| {
            let is_answer =
                form.answered.get() && form.gathered().with(|gathered| gathered.faults.is_empty());
            let title = if is_answer { say::summary_answered() } else { say::summary() };
            title.to_owned()
        })
    };
    let (refusal, partial) = (form.refusal, attempt.partial);
    let groups = groups(&form.subject.resource, &form.inputs).into_iter().map(|(title, folded, places)| {
        let inputs = {
            let (form, places) = (form.clone(), places.clone());
            move || places.iter().map(|place| view! { <Place form=form.clone() place=*place/> }).collect_view()
        };
        let form = form.clone();
        let any = Memo::new(move |_| places.iter().any(|place| form.is_shown(*place)));
        if title.is_empty() {
            view! { <div class="operation-group">{inputs()}</div> }.into_any()
        } else if folded {
            view! { <div hidden=move || !any.get()><ui::Disclosure summary=title><div class="operation-group">{inputs()}</div></ui::Disclosure></div> }.into_any()
        } else {
            view! { <div hidden=move || !any.get()><ui::Fieldset title=title>{inputs()}</ui::Fieldset></div> }.into_any()
        }
    });
    let groups = groups.collect_view();
    let head = NodeRef::<html::Div>::new();
    let failures = attempt.failures;
    let faults = form.gathered();
    Effect::new(move |before: Option<u32>| {
        let now = failures.get();
        if before.is_some_and(|before| before != now) {
            let ids: Vec<String> = faults
                .with_untracked(|gathered| gathered.faults.iter().map(|fault| fault.id.clone()).collect());
            request_animation_frame(move || {
                ids.iter().for_each(|id| unfold(id));
                // Focus can only fail for elements that left the page.
                if let Some(head) = head.try_get_untracked().flatten() {
                    drop(head.focus());
                }
            });
        }
        now
    });
    let above = use_context::<Above>().map(|above| {
        view! { <div class="operation-above">{above.show(Draft::of_form(&form))}</div> }
    });
    view! {
        <div class="operation-head" tabindex="-1" node_ref=head>
        {move || refusal.get().map(|failure| view! { <RefusalNotice failure partial=partial.get()/> })}
        {move || partial.get().filter(|_| refusal.with(Option::is_none)).map(|partial| view! {
            <ui::Notice tone=Tone::Warn title=Some(say::partial().to_owned())>{partial}</ui::Notice>
        })}
        <ui::ErrorSummary title=summary_title errors=summary/>
        </div>
        {above}
        <div class="operation-body">{groups}</div>
    }
}

/// An input of the form, while it shows.
#[component]
fn Place(form: super::form::Form, place: usize) -> impl IntoView {
    let node = form.inputs.get(place).map(|input| input.node.clone());
    let shown = {
        let form = form.clone();
        Memo::new(move |_| form.is_shown(place))
    };
    move || {
        let node = node.clone().filter(|_| shown.get())?;
        Some(view! { <InputView node form=form.clone()/> })
    }
}

/// Opens what an input is folded away in, so that its fault can be seen and reached.
fn unfold(id: &str) {
    let mut inside = document().get_element_by_id(id);
    while let Some(folded) = inside.and_then(|element| element.closest("details").ok().flatten()) {
        // An attribute that the browser knows can't be refused.
        drop(folded.set_attribute("open", ""));
        inside = folded.parent_element();
    }
}
