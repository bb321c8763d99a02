//! The dialog of a plan: what it concerns, what it changes, the person's word, and what became of it.

mod bulk;
mod confirm;
mod focus;
mod outcome;
mod requests;
mod steps;

use ::words::plan as say;
use boxdeck_catalog::{FieldType, Reference};
use boxdeck_dialect::Record;
use leptos::{html, prelude::*};
use serde_json::Value;

use super::facts;
use super::form::Subject;
use super::friction::{Friction, is_grave};
use super::performance::{Performance, Phase};
use super::words;
use crate::ui::{self, Button, ButtonKind};
use crate::value::{self, Name, Names, link, use_setting};
pub use bulk::BulkDialog;
use confirm::Word;
use focus::focus_on_news;
use outcome::{ApprovalMessage, Refusal, Unknown};
use requests::{Changes, Requests};
use steps::Steps;

/// Shows a plan and takes it to its end.
#[component]
pub fn PerformanceDialog(
    /// The plan in hand.
    performance: Performance,
    /// Whether it comes from a form that is still there below.
    from_form: bool,
    /// Closes the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let plan = StoredValue::new(performance.plan());
    let subject = StoredValue::new(performance.subject());
    let phase = Memo::new(move |_| performance.phase());
    let busy = Memo::new(move |_| phase.with(|phase| *phase == Phase::Busy));
    let body = NodeRef::<html::Div>::new();
    focus_on_news(body, move || {
        phase.with(|phase| {
            (!matches!(phase, Phase::Busy | Phase::Done)).then(|| std::mem::discriminant(phase))
        })
    });
    let large = plan.with_value(|plan| plan.steps.iter().any(|step| !step.changes.is_empty()));
    let owner = StoredValue::new(subject.with_value(owner_name));
    let title = Signal::derive(move || {
        subject.with_value(|subject| {
            let record = subject.record.as_deref().filter(|_| subject.operation.concerns_record());
            let called = record.and_then(|record| link::record_name(&subject.resource, record));
            let owner = owner.with_value(|owner| owner.as_ref().and_then(|name| name.get()));
            let called = match (called, owner) {
                (Some(called), Some(owner)) => Some(say::of_owner(called, owner)),
                (called, _) => called,
            };
            plan.with_value(|plan| words::question(plan, &subject.resource, called.as_deref()))
        })
    });
    let needs_word =
        Memo::new(move |_| phase.with(|phase| matches!(phase, Phase::Asking | Phase::Approval(..))));
    let approving = Memo::new(move |_| performance.approving());
    let footer = move || view! { <Footer performance phase from_form on_close/> }.into_any();
    view! {
        <ui::Dialog
            title=title
            close_label=::words::common::close()
            size=if large { ui::DialogSize::Large } else { ui::DialogSize::Medium }
            busy=busy
            on_close=move |_| on_close.run(())
            footer=footer
        >
            <div class="plan" tabindex="-1" node_ref=body>
                {move || match phase.get() {
                    Phase::Asking | Phase::Done => ().into_any(),
                    Phase::Busy => view! { <Waiting performance/> }.into_any(),
                    Phase::Approval(message) => view! { <ApprovalMessage performance message/> }.into_any(),
                    Phase::Refused(failure) => view! { <Refusal performance failure/> }.into_any(),
                    Phase::Unknown(reason) => view! { <Unknown performance reason/> }.into_any(),
                    Phase::StillWorking => view! {
                        <ui::Notice tone=ui::Tone::Warn title=Some(say::still_working().to_owned())>
                            {say::still_working_text()}
                        </ui::Notice>
                    }.into_any(),
                }}
                <Concerned subject=subject.get_value() name=plan.with_value(words::name)/>
                {move || {
                    let warning = plan.with_value(|plan| plan.warning.clone());
                    // A form has said already what it is for, and changes say it by themselves.
                    let help = subject.with_value(|subject| subject.operation.help.clone());
                    let help = Some(help).filter(|help| !from_form && !large && !help.is_empty());
                    if !needs_word.get() {
                        ().into_any()
                    } else if warning.is_empty() {
                        help.map(|help| view! { <p class="muted">{help}</p> }).into_any()
                    } else {
                        view! { <ui::Notice tone=ui::Tone::Warn quiet=true>{warning}</ui::Notice> }.into_any()
                    }
                }}
                <Changes subject=subject.get_value() plan=plan.get_value()/>
                <Steps performance/>
                <Show when=move || needs_word.get()><Word confirmation=performance.confirmation on_enter=Callback::new(move |()| performance.confirm())/></Show>
                {move || view! { <Requests plan=plan.get_value() approving=approving.get()/> }.into_any()}
            </div>
        </ui::Dialog>
    }
}

/// The name of the record that owns what a number alone names, once it is read: every host has its LUN 1.
fn owner_name(subject: &Subject) -> Option<Name> {
    let Subject { system, resource, parent, .. } = subject;
    let field = resource.field(resource.name_field())?;
    let (owner, key) = resource.parent.clone().zip(parent.clone())?;
    let reference = Reference { resource: owner, ..Reference::default() };
    let key = Value::String(key);
    let (owner, key) = link::unnamed(&system.catalog(), &reference, &key, &Record::default())?;
    (field.field_type == FieldType::Integer).then(|| Names::new(system).of(&owner, key))
}

/// What is waited for.
#[component]
fn Waiting(performance: Performance) -> impl IntoView {
    let title = performance.plan().title;
    view! {
        <p class="plan-waiting" role="status"><ui::Spinner/>{say::waiting(title)}</p>
        <Show when=move || performance.waits_long()><p>{::words::settling::waiting_long()}</p></Show>
    }
}

/// The record that a plan concerns.
#[component]
fn Concerned(subject: Subject, name: Option<String>) -> impl IntoView {
    let setting = use_setting().in_dialog();
    let record = subject.record.clone().unwrap_or_default();
    let facts = facts::facts(&subject);
    let name = name.filter(|_| subject.operation.concerns_record())?;
    let name = link::record_name(&subject.resource, &record).unwrap_or(name);
    Some(view! {
        <ui::DescriptionList>
            <ui::Description label=words::starting(&subject.resource.singular)><strong>{name}</strong></ui::Description>
            {facts.into_iter().map(|field| {
                let value = value::inline(&setting, &field, record.get(&field.name), &record);
                view! { <ui::Description label=field.label>{value}</ui::Description> }
            }).collect_view()}
        </ui::DescriptionList>
    })
}

/// The buttons, by phase. The one that destroys never has the focus at first.
#[component]
fn Footer(
    performance: Performance,
    phase: Memo<Phase>,
    from_form: bool,
    on_close: Callback<()>,
) -> impl IntoView {
    let plan = performance.plan();
    let kind = performance.subject().operation.kind;
    let danger = is_grave(kind, plan.destroys);
    let style = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let title = StoredValue::new({
        let subject = performance.subject();
        words::button(&subject.operation, &subject.resource)
    });
    let types_name = matches!(untrack(|| performance.confirmation.friction()), Friction::TypeName(_));
    let reason = Signal::derive(move || performance.confirmation.missing());
    let close = move |text: &'static str, focus: bool| {
        view! { <Button autofocus=focus on_click=move |_| on_close.run(())>{text}</Button> }
    };
    move || {
        match phase.get() {
        Phase::Asking => view! {
            {close(if from_form { say::back_to_form() } else { ::words::common::cancel() }, danger && !types_name)}
            <Button kind=style reason=reason autofocus=!danger on_click=move |_| performance.send(false)>{title.get_value()}</Button>
        }
        .into_any(),
        Phase::Approval(..) => view! {
            {close(::words::common::cancel(), false)}
            <Button kind=ButtonKind::Danger reason=reason on_click=move |_| performance.send(true)>
                {say::approve_and(words::inside(&title.get_value()))}
            </Button>
        }
        .into_any(),
        Phase::Busy => view! { <CancelUpload performance/> }.into_any(),
        Phase::Refused(failure) => view! {
            {close(::words::common::close(), false)}
            {crate::refusal::can_retry(failure.kind).then(|| view! {
                <Button kind=style on_click=move |_| performance.send(false)>{::words::reading::try_again()}</Button>
            })}
        }
        .into_any(),
        Phase::Unknown(_) => view! { {close(::words::common::close(), false)} <outcome::CheckNow performance on_close/> }.into_any(),
        Phase::StillWorking | Phase::Done => close(::words::common::close(), false).into_any(),
    }
    }
}

/// An upload can be given up, and so can waiting for an answer that does not come in a moment.
#[component]
fn CancelUpload(performance: Performance) -> impl IntoView {
    let uploads = move || {
        performance.run().steps().iter().any(|step| matches!(step, super::run::StepState::Sending(Some(_))))
    };
    let label = move || if uploads() { say::cancel_upload() } else { ::words::settling::stop_waiting() };
    view! {
        <Show when=move || uploads() || performance.waits_long()>
            <Button on_click=move |_| performance.run().cancel()>{label}</Button>
        </Show>
    }
}
