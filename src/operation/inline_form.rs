//! The form of an operation in a page: its inputs, what hinders it, the buttons, and the dialog of its plan.

use boxdeck_dialect::{Answer, Context, Plan, blocked};
use leptos::prelude::*;
use words::form as say;

use super::attempt::Attempt;
use super::dialog::PerformanceDialog;
use super::form::{Form, Gathered, Subject};
use super::form_body::{FormBody, action_style};
use super::performance::Performance;
use super::words as sentences;
use crate::ui::{self, Button, LinkButton, Tone};

/// What is done, with the names of the records that were picked for it, as it was planned, and what the box answered.
pub type Done = (Subject, Plan, Answer);

/// The form. When the box has done everything, `on_done` takes it from there.
#[component]
pub fn InlineForm(
    /// What the form is about.
    subject: Subject,
    /// Called when the box has done everything.
    on_done: Callback<Done>,
    /// Follows what the inputs mean.
    #[prop(optional)]
    watch: Option<Callback<Memo<Gathered>>>,
    /// Where the link leads that gives the form up; without one there is none.
    #[prop(optional, into)]
    cancel: Option<String>,
) -> impl IntoView {
    let operation = subject.operation.clone();
    let form = Form::new(subject.clone());
    if let Some(watch) = watch {
        watch.run(form.gathered());
    }
    let filled = StoredValue::new((subject.clone(), form.clone()));
    let done = Callback::new(move |(plan, answer): (Plan, Answer)| {
        // The names go with the form.
        let names = filled.with_value(|(_, form)| form.names());
        let subject = filled.with_value(|(subject, _)| subject.clone());
        on_done.run((Subject { names: names.into(), ..subject }, plan, answer));
    });
    let attempt = StoredValue::new(Attempt::new(form, done));
    let busy = Signal::derive(move || attempt.with_value(Attempt::is_busy));
    let submit = move || attempt.with_value(Attempt::submit);
    let performance = attempt.with_value(|attempt| attempt.performance);
    let shown = Memo::new(move |_| performance.get().is_some_and(Performance::shows));
    let close_plan = Callback::new(move |()| attempt.with_value(Attempt::close));
    let reason = Memo::new(move |_| {
        subject.system.state.with(|state| {
            let session = state.session.clone().unwrap_or_default();
            let context = Context { catalog: &subject.system.catalog(), session: &session };
            blocked(context, &subject.operation, subject.record.as_deref())
        })
    });
    let reads = operation.kind.is_read();
    let (style, label, may_ask) =
        (action_style(&operation), sentences::button(&operation, &subject.resource), operation.approval);
    view! {
        {move || reason.get().map(|reason| view! {
            <ui::Notice tone=Tone::Warn title=Some(say::not_now().to_owned())>{reason}</ui::Notice>
        })}
        <form class="operation-form" novalidate=true on:submit=move |event| { event.prevent_default(); submit(); }>
            <FormBody attempt=attempt.get_value()/>
            <div class="operation-foot">
                <Button kind=style submit=true busy=busy reason=reason>{label}</Button>
                {(!reads).then(|| view! {
                    <Button on_click=move |_| attempt.with_value(Attempt::review)>{say::review()}</Button>
                })}
                {cancel.map(|href| view! {
                    <LinkButton href=href kind=ui::ButtonKind::Quiet>{words::common::cancel()}</LinkButton>
                })}
                {may_ask.then(|| view! {
                    <span class="muted">{say::may_need_approval()}</span>
                })}
            </div>
        </form>
        <Show when=move || shown.get()>
            {move || performance.get().map(|performance| view! {
                <PerformanceDialog performance from_form=true on_close=close_plan/>
            })}
        </Show>
    }
    .into_any()
}
