//! A form of a few inputs, as a dialog above the page.

use std::sync::Arc;

use ::words::form as say;
use boxdeck_dialect::{Answer, Plan};
use leptos::prelude::*;

use super::attempt::Attempt;
use super::dialog::PerformanceDialog;
use super::form::{Form, Subject};
use super::form_body::{FormBody, action_style};
use super::performance::Performance;
use super::stage::{close_on_leaving, use_stage};
use super::words;
use crate::ui::{self, Button, ButtonKind};
use crate::value::link;

/// The form of an operation in a dialog.
#[component]
pub(super) fn FormDialog(subject: Subject, on_close: Callback<()>) -> impl IntoView {
    let stage = use_stage();
    let operation = subject.operation.clone();
    let name = subject.record.as_ref().filter(|_| operation.concerns_record());
    let name = name.and_then(|record| link::record_name(&subject.resource, record));
    let title = name.map_or_else(|| operation.title.clone(), |name| format!("{} · {name}", operation.title));
    let label = words::button(&operation, &subject.resource);
    // What was only asked is not lost: there is nothing that could still be sent.
    let reads = operation.kind.is_read();
    let form = Form::new(subject.clone());
    let filled = form.clone();
    let done = Callback::new(move |(plan, answer): (Plan, Answer)| {
        // The names go with the form.
        let subject = Subject { names: Arc::new(filled.names()), ..subject.clone() };
        on_close.run(());
        stage.finish(&subject, &plan, answer);
    });
    let attempt = StoredValue::new(Attempt::new(form.clone(), done));
    let gathered = form.gathered();
    let discards = RwSignal::new(false);
    let busy = Signal::derive(move || attempt.with_value(Attempt::is_busy));
    let leave = move || {
        if !reads && gathered.with_untracked(|gathered| gathered.changed) {
            discards.set(true)
        } else {
            on_close.run(())
        }
    };
    let submit = move || attempt.with_value(Attempt::submit);
    let style = action_style(&operation);
    let performance = attempt.with_value(|attempt| attempt.performance);
    close_on_leaving(move || performance.get().is_none_or(Performance::waits_for_word), on_close);
    let shown = Memo::new(move |_| performance.get().is_some_and(|performance| performance.shows()));
    let close_plan = Callback::new(move |()| attempt.with_value(Attempt::close));
    view! {
        <ui::Dialog
            title=title
            close_label=::words::common::close()
            busy=busy
            on_close=move |_| leave()
            footer=move || {
                let label = label.clone();
                view! {
                    <Button on_click=move |_| leave()>{::words::common::cancel()}</Button>
                    {(!reads).then(|| view! {
                        <Button on_click=move |_| attempt.with_value(Attempt::review)>{say::review()}</Button>
                    })}
                    <Button kind=style busy=busy on_click=move |_| submit()>{label}</Button>
                }.into_any()
            }
        >
            <form class="operation-form" novalidate=true on:submit=move |event| { event.prevent_default(); submit(); }>
                {(!operation.help.is_empty()).then(|| view! { <p class="muted">{operation.help.clone()}</p> })}
                <FormBody attempt=attempt.get_value()/>
                // Enter in an input sends the form; the visible button is in the dialog's foot.
                <button type="submit" hidden=true tabindex="-1"></button>
            </form>
        </ui::Dialog>
        <Show when=move || shown.get()>
            {move || performance.get().map(|performance| view! {
                <PerformanceDialog performance from_form=true on_close=close_plan/>
            })}
        </Show>
        <Show when=move || discards.get()>
            <ui::Dialog
                title=say::discard_title()
                close_label=::words::common::close()
                size=ui::DialogSize::Small
                on_close=move |_| discards.set(false)
                footer=move || view! {
                    <Button autofocus=true on_click=move |_| discards.set(false)>{say::keep()}</Button>
                    <Button kind=ButtonKind::Danger on_click=move |_| on_close.run(())>{say::discard()}</Button>
                }.into_any()
            >
                <p>{say::discard_text()}</p>
            </ui::Dialog>
        </Show>
    }
    .into_any()
}

/// The heading of a form: what is done, and to what.
pub(super) fn heading(subject: &Subject) -> String {
    let record = subject.record.as_ref().filter(|_| subject.operation.concerns_record());
    let name = record.and_then(|record| link::record_name(&subject.resource, record));
    match name
        .or_else(|| subject.key.clone().filter(|key| !key.is_empty() && subject.operation.concerns_record()))
    {
        Some(name) => format!("{} · {name}", subject.operation.title),
        None => words::starting(&subject.operation.title),
    }
}
