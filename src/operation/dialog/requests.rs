//! What a plan changes, and on request the exact requests.

use boxdeck_dialect::{Change, Plan};
use leptos::prelude::*;
use words::plan as say;

use crate::operation::command::{self, CopyCommand};
use crate::operation::facts;
use crate::operation::form::Subject;
use crate::system::use_system;
use crate::ui;
use crate::when::use_now;

/// The changes as a table, old and new.
#[component]
pub(super) fn Changes(subject: Subject, plan: Plan) -> impl IntoView {
    let mut changes: Vec<Change> = Vec::new();
    for change in plan.steps.iter().flat_map(|step| &step.changes) {
        if !changes.iter().any(|other| other.field == change.field) {
            changes.push(change.clone());
        }
    }
    let lines = facts::lines(&subject, &changes, use_now().get_untracked());
    let has_old = lines.iter().any(|line| !line.old.is_empty());
    (!lines.is_empty()).then(|| view! {
        <div class="plan-table" role="region" aria-label=say::changes() tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say::field()}</th>
                        {has_old.then(|| view! { <th scope="col">{say::now()}</th> })}
                        <th scope="col">{if has_old { say::after() } else { say::value() }}</th>
                    </tr>
                </thead>
                <tbody>
                    {lines.into_iter().map(|line| view! {
                        <tr>
                            <th scope="row">{line.label}</th>
                            {has_old.then(|| view! { <td class="plan-old">{if line.old.is_empty() { "—".to_owned() } else { line.old }}</td> })}
                            <td class="plan-new">{line.new}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    })
}

/// The exact requests, folded at first, and the command that sends them. The step that the box wants approved is shown as
/// approving it sends it.
#[component]
pub(super) fn Requests(plan: Plan, approving: Option<usize>) -> impl IntoView {
    let system = use_system();
    let dialect = system.dialect;
    let made = plan.clone();
    let make = Callback::new(move |()| {
        command::command(&system, &command::steps(dialect, &made, |step| approving == Some(step)))
    });
    let count = plan.steps.len();
    let summary = say::exact_requests(count as u64);
    let steps = plan.steps.iter().enumerate().map(|(index, step)| {
        let planned = step.redacted();
        let request =
            Some(&planned).filter(|_| approving == Some(index)).and_then(|asked| dialect.approve(asked));
        let request = request.unwrap_or(planned);
        let mut text = request.line();
        if let Some(body) = plan.redacted_body(index) {
            text.push_str(&format!("\n\n{body:#}"));
        }
        let label = if count == 1 { say::request().to_owned() } else { say::request_of(index + 1, count) };
        view! { <ui::CodeBlock label=label text=text wrap=true/> }
    });
    let steps = steps.collect_view();
    view! { <ui::Disclosure summary=summary><div class="plan-requests">{steps}<CopyCommand make/></div></ui::Disclosure> }
}
