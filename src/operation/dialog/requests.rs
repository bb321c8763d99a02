//! What a plan changes, and on request the exact requests.

use boxdeck_dialect::{Change, Plan, Request};
use leptos::prelude::*;

use crate::operation::facts;
use crate::operation::form::Subject;
use crate::ui;

/// The changes as a table, old and new.
#[component]
pub(super) fn Changes(subject: Subject, plan: Plan) -> impl IntoView {
    let mut changes: Vec<Change> = Vec::new();
    for change in plan.steps.iter().flat_map(|step| &step.changes) {
        if !changes.iter().any(|other| other.field == change.field) {
            changes.push(change.clone());
        }
    }
    let lines = facts::lines(&subject, &changes, js_sys::Date::now());
    let has_old = lines.iter().any(|line| !line.old.is_empty());
    (!lines.is_empty()).then(|| view! {
        <div class="plan-table" role="region" aria-label="What changes" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Field"</th>
                        {has_old.then(|| view! { <th scope="col">"Now"</th> })}
                        <th scope="col">{if has_old { "After" } else { "Value" }}</th>
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

/// The exact requests, folded at first.
#[component]
pub(super) fn Requests(plan: Plan) -> impl IntoView {
    let count = plan.steps.len();
    let summary =
        if count == 1 { "The exact request".to_owned() } else { format!("The {count} exact requests") };
    let steps = plan.steps.iter().enumerate().map(|(index, step)| {
        let mut text = line(&step.redacted());
        if let Some(body) = plan.redacted_body(index) {
            text.push_str("\n\n");
            // Writing a value that is JSON already cannot fail.
            text.push_str(&serde_json::to_string_pretty(&body).unwrap_or_default());
        }
        let label =
            if count == 1 { "Request".to_owned() } else { format!("Request {} of {count}", index + 1) };
        view! { <ui::CodeBlock label=label text=text wrap=true/> }
    });
    let steps = steps.collect_view();
    view! { <ui::Disclosure summary=summary><div class="plan-requests">{steps}</div></ui::Disclosure> }
}

/// Method, path and query of a request, as it is sent.
fn line(request: &Request) -> String {
    let mut line =
        format!("{} {}{}", request.method, request.origin.as_deref().unwrap_or_default(), request.path);
    for (index, (name, value)) in request.query.iter().enumerate() {
        line.push(if index == 0 { '?' } else { '&' });
        line.push_str(&boxdeck_dialect::http::encode_segment(name));
        line.push('=');
        line.push_str(&boxdeck_dialect::http::encode_segment(value));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_read_as_they_are_sent() {
        let request = Request {
            method: "DELETE".to_owned(),
            path: "/api/rest/volumes/7".to_owned(),
            query: vec![("approved".to_owned(), "yes".to_owned()), ("a b".to_owned(), "1&2".to_owned())],
            ..Request::default()
        };
        assert_eq!(line(&request), "DELETE /api/rest/volumes/7?approved=yes&a%20b=1%262");
    }
}
