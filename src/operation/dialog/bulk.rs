//! The dialog of one operation on many records: each of them with its request, and what became of it.

use std::sync::Arc;

use boxdeck_dialect::Outcome;
use leptos::{html, prelude::*};
use words::bulk as say;

use super::confirm::Word;
use super::focus::focus_on_news;
use super::steps::told;
use crate::operation::bulk::{Bulk, Item, Order, Phase, Tally};
use crate::operation::form_body::action_style;
use crate::operation::run::{Settlement, StepState};
use crate::operation::settled::{Verdict, judged};
use crate::operation::stage::close_on_leaving;
use crate::operation::words as sentences;
use crate::ui::{self, Button, ButtonKind, Tone};

/// Shows what would be sent, takes the person's word, and tells what became of each record.
#[component]
pub fn BulkDialog(
    /// What a person wants done.
    order: Arc<Order>,
    /// Closes the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let bulk = Bulk::new(order.clone());
    let phase = Memo::new(move |_| bulk.phase());
    let busy = Memo::new(move |_| phase.get() == Phase::Busy);
    close_on_leaving(move || phase.get_untracked() == Phase::Asking, on_close);
    let items = bulk.items();
    let title = called(&order, bulk.count());
    let body = NodeRef::<html::Div>::new();
    focus_on_news(body, move || Some(phase.get()).filter(|phase| *phase != Phase::Busy));
    let warning = items.first().map(|item| item.plan.warning.clone()).unwrap_or_default();
    // The catalog words it for one.
    let is_for_each = bulk.count() > 1 && !warning.is_empty();
    let warning = StoredValue::new(if is_for_each { say::warning_each(warning) } else { warning });
    let after = StoredValue::new(order.operation.after.clone());
    let asks_word = move || matches!(phase.get(), Phase::Asking);
    let needs_approval = items.iter().any(|item| item.plan.may_need_approval);
    let lost = move || (bulk.tally().unknown > 0).then(|| view! { <p>{say::lost()}</p> });
    let notice = move || match phase.get() {
        Phase::Asking => (!warning.with_value(String::is_empty)).then(|| {
            view! { <ui::Notice tone=Tone::Warn quiet=true>{warning.get_value()}</ui::Notice> }.into_any()
        }),
        Phase::Approval(_) => Some(
            view! {
                <ui::Notice tone=Tone::Warn title=Some(words::plan::asks_approval().to_owned())>
                    <p>{say::approval()}</p>
                    {lost}
                </ui::Notice>
            }
            .into_any(),
        ),
        Phase::Halted(left) => Some(
            view! {
                <ui::Notice tone=Tone::Warn title=Some(say::halted(left as u64))>
                    {lost}
                </ui::Notice>
            }
            .into_any(),
        ),
        Phase::Over => (bulk.tally().done > 0 && !after.with_value(String::is_empty)).then(|| {
            view! { <ui::Notice tone=Tone::Info quiet=true>{after.get_value()}</ui::Notice> }.into_any()
        }),
        Phase::Busy => None,
    };
    let summary = move || (phase.get() != Phase::Asking).then(|| summed(bulk.tally(), bulk.count()));
    let left_out = left_out(bulk, &order);
    let list =
        items.iter().map(|item| view! { <Entry item=item.clone() bulk order=order.clone()/> }).collect_view();
    let footer = {
        let title = title.clone();
        move || view! { <Footer bulk phase title=title.clone() on_close/> }.into_any()
    };
    view! {
        <ui::Dialog
            title=title.clone()
            close_label=::words::common::close()
            size=ui::DialogSize::Large
            busy=busy
            on_close=move |_| on_close.run(())
            footer=footer
        >
            <div class="plan" tabindex="-1" node_ref=body>
                <p class="muted">{say::about()}{needs_approval.then(|| format!(" {}", words::form::may_need_approval()))}</p>
                {notice}
                <p class="bulk-sum" role="status">{summary}</p>
                {left_out}
                <ol class="plan-steps bulk-list" aria-label=title tabindex="0">{list}</ol>
                <Show when=asks_word><Word confirmation=bulk.confirmation on_enter=Callback::new(move |()| bulk.send(false))/></Show>
            </div>
        </ui::Dialog>
    }
}

/// What is done with how many.
fn called(order: &Order, count: usize) -> String {
    let things =
        if count == 1 { order.resource.singular.clone() } else { sentences::inside(&order.resource.title) };
    say::title(count as u64, &order.operation.title, things)
}

/// What is left out, and why.
fn left_out(bulk: Bulk, order: &Order) -> Option<AnyView> {
    let mut lines: Vec<String> =
        bulk.left_out().into_iter().map(|(name, reason)| say::left_out_of(name, reason)).collect();
    if order.missing > 0 {
        lines.push(say::not_loaded(order.missing as u64));
    }
    let count = lines.len().saturating_sub(usize::from(order.missing > 0)) + order.missing;
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <ui::Notice tone=Tone::Info title=Some(say::left_out(count as u64))>
                <ul class="doubt-list">{lines}</ul>
            </ui::Notice>
        }
        .into_any()
    })
}

/// What has become of all, in a sentence; what there is none of is not said.
fn summed(tally: Tally, all: usize) -> String {
    let Tally { done, gone, refused, asks, unknown, left } = tally;
    let parts = [
        Some(say::done(done, all)),
        (gone > 0).then(|| say::gone(gone)),
        (refused > 0).then(|| say::refused(refused)),
        (asks > 0).then(|| say::asks(asks as u64)),
        (unknown > 0).then(|| say::unknown(unknown)),
        (left > 0).then(|| say::left(left)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One record: its request, and what became of it, in the box's own words.
#[component]
fn Entry(item: Item, bulk: Bulk, order: Arc<Order>) -> impl IntoView {
    let requests = item.plan.steps.iter().map(|step| step.redacted().line()).collect::<Vec<_>>().join("\n");
    let name = item.name.clone();
    let item = StoredValue::new(item);
    let state = Memo::new(move |_| item.with_value(Item::state));
    let message = move || {
        let text = match state.get() {
            StepState::Ended(Outcome::Refused(failure)) => failure.message,
            StepState::Ended(Outcome::ApprovalRequired { message, .. }) => message,
            StepState::Ended(Outcome::Unknown { reason }) => reason,
            _ => return None,
        };
        Some(view! { <span class="bulk-words">{text}</span> })
    };
    let kind = order.operation.kind;
    let verdict = move || {
        let settlement = item.with_value(|item| item.run.settlement());
        let text = match &settlement {
            Settlement::Open => return None,
            Settlement::Reading => words::list::reading().to_owned(),
            Settlement::Failed(failure) => failure.message.clone(),
            known => match item.with_value(|item| judged(kind, &item.plan, &item.run.steps(), known))? {
                Verdict::Happened => words::settling::happened().to_owned(),
                Verdict::DidNotHappen => words::settling::did_not_happen().to_owned(),
                Verdict::CannotTell => words::settling::record_unclear().to_owned(),
            },
        };
        Some(view! { <span class="bulk-words">{text}</span> })
    };
    let mark = move || {
        let state = state.get();
        if item.with_value(|item| item.is_gone(&order)) {
            return view! { <ui::StateDot tone=Tone::Neutral label=say::step_gone()/> };
        }
        let (tone, text) = told(&state, bulk.is_halted() && bulk.phase() != Phase::Busy);
        view! { <ui::StateDot tone=tone label=text/> }
    };
    view! {
        <li class="plan-step bulk-entry">
            <span class="plan-step-label">
                <strong>{name}</strong>
                <code class="bulk-request">{requests}</code>
                {message}
                {verdict}
            </span>
            {mark}
        </li>
    }
}

/// The buttons, by phase. The one that destroys never has the focus at first.
#[component]
fn Footer(bulk: Bulk, phase: Memo<Phase>, title: String, on_close: Callback<()>) -> impl IntoView {
    let order = bulk.order();
    let style = action_style(&order.operation);
    let is_empty = bulk.items().is_empty();
    let reason = Signal::derive(move || bulk.confirmation.missing());
    let close =
        move |text: &'static str| view! { <Button on_click=move |_| on_close.run(())>{text}</Button> };
    move || {
        let title = title.clone();
        match phase.get() {
            Phase::Asking if is_empty => close(::words::common::close()).into_any(),
            Phase::Asking => view! {
                {close(::words::common::cancel())}
                <Button kind=style reason=reason on_click=move |_| bulk.send(false)>{title}</Button>
            }
            .into_any(),
            Phase::Busy => view! {
                <Button on_click=move |_| bulk.stop()>{move || if bulk.is_halted() { say::stopping() } else { say::stop() }}</Button>
            }
            .into_any(),
            Phase::Halted(left) => view! {
                {close(::words::common::close())}
                <Button kind=style on_click=move |_| bulk.send(false)>{say::go_on(left as u64)}</Button>
            }
            .into_any(),
            Phase::Approval(count) => view! {
                {close(::words::common::close())}
                <Button kind=ButtonKind::Danger on_click=move |_| bulk.send(true)>
                    {words::plan::approve_and(sentences::inside(&called(&bulk.order(), count)))}
                </Button>
            }
            .into_any(),
            Phase::Over => close(::words::common::close()).into_any(),
        }
    }
}
