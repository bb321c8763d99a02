//! The session's plans as files for other programs and people. Nothing in them is secret, because no entry holds a secret.

use serde_json::{Value, json};

use super::entry;
use crate::format::csv::{Cell, push_line};
use crate::operation::journal::Entry;

/// One plan, as texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// When it was sent, in ISO 8601.
    pub(super) started: String,
    /// When it ended, likewise; empty while it runs.
    pub(super) ended: String,
    /// What it concerned.
    pub(super) target: String,
    /// The rest.
    pub(super) entry: Entry,
}

impl Line {
    /// The cells, in the order of [`columns`].
    fn cells(&self) -> [String; 10] {
        let entry = &self.entry;
        [
            self.started.clone(),
            self.ended.clone(),
            entry.system.clone(),
            entry.user.clone().unwrap_or_default(),
            entry.plan.title.clone(),
            self.target.clone(),
            entry::label(entry.standing()).to_owned(),
            entry.code().unwrap_or_default(),
            entry.message(),
            entry.requests().join("\n"),
        ]
    }
}

fn columns() -> [&'static str; 10] {
    [
        words::activity::column_started(),
        words::activity::column_ended(),
        words::activity::column_system(),
        words::activity::column_user(),
        words::activity::column_operation(),
        words::activity::column_target(),
        words::activity::column_outcome(),
        words::activity::column_code(),
        words::activity::column_message(),
        words::activity::column_requests(),
    ]
}

/// JSON for programs: names and outcomes are the same in every language.
pub(super) fn json(lines: &[Line]) -> String {
    let items: Vec<Value> = lines
        .iter()
        .map(|line| {
            let entry = &line.entry;
            let key = entry.plan.target.as_ref().map(|(_, key)| key);
            json!({
                "started": line.started,
                "ended": Some(&line.ended).filter(|ended| !ended.is_empty()),
                "system": entry.system,
                "user": entry.user,
                "operation": entry.plan.operation,
                "title": entry.plan.title,
                "resource": entry.resource,
                "key": key,
                "target": Some(&line.target).filter(|target| !target.is_empty()),
                "outcome": entry::id(entry.standing()),
                "code": entry.code(),
                "message": Some(entry.message()).filter(|message| !message.is_empty()),
                "approved": !entry.approved.is_empty(),
                "requests": entry.requests(),
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(items))
}

/// CSV with a mark that tells spreadsheets of UTF-8.
pub(super) fn csv(lines: &[Line]) -> String {
    let mut text = String::from("\u{feff}");
    push_line(&mut text, columns().into_iter().map(|title| Cell::Text(title.to_owned())));
    for line in lines {
        push_line(&mut text, line.cells().into_iter().map(Cell::Text));
    }
    text
}

/// A table in Markdown, for a ticket or a protocol.
pub(super) fn markdown(lines: &[Line]) -> String {
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = row(&columns().map(str::to_owned));
    text.push_str(&row(&columns().map(|_| "---".to_owned())));
    for line in lines {
        text.push_str(&row(&line.cells().map(|cell| markdown_cell(&cell))));
    }
    text
}

fn markdown_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' => {
                cell.push('\\');
                cell.push(character);
            }
            '\n' => cell.push_str("<br>"),
            '\r' => {}
            other => cell.push(other),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use boxdeck_dialect::{Body, Outcome, Plan, PlanStep, Request, SecretPlace};

    use super::*;
    use crate::operation::run::StepState;

    fn line() -> Line {
        let request = Request {
            method: "PUT".to_owned(),
            path: "/things/7".to_owned(),
            query: vec![("key".to_owned(), "hunter2".to_owned())],
            body: Body::Json(json!({"password": "hunter2"})),
            ..Request::default()
        };
        let secrets = vec![SecretPlace::Json("/password".to_owned()), SecretPlace::Query("key".to_owned())];
        let step = PlanStep { request, changes: Vec::new(), secrets };
        let plan = Plan {
            operation: "thing.change".to_owned(),
            title: "=Change, \"thing\"".to_owned(),
            target: Some(("things".to_owned(), "7".to_owned())),
            target_name: Some("a|b".to_owned()),
            steps: vec![step],
            destroys: None,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        };
        let entry = Entry {
            id: 1,
            system: "north".to_owned(),
            user: None,
            resource: "things".to_owned(),
            parent: None,
            plan: Arc::new(plan),
            steps: vec![StepState::Ended(Outcome::Unknown { reason: "two\nlines".to_owned() })],
            approved: Vec::new(),
            started: 0.0,
            ended: Some(1.0),
            verdict: None,
        };
        Line {
            started: "2026-01-02T03:04:05Z".to_owned(),
            ended: String::new(),
            target: "a|b".to_owned(),
            entry,
        }
    }

    #[test]
    fn every_format_tells_the_outcome_and_no_secret() {
        for text in [json(&[line()]), csv(&[line()]), markdown(&[line()])] {
            assert!(text.to_lowercase().contains("unknown") && !text.contains("hunter2"), "{text}");
            assert!(text.contains("PUT /things/7"), "{text}");
        }
        let read: Value = serde_json::from_str(&json(&[line()])).expect("JSON");
        assert_eq!((&read[0]["outcome"], &read[0]["key"]), (&json!("unknown"), &json!("7")));
        assert_eq!(read[0]["ended"], Value::Null);
    }

    #[test]
    fn a_spreadsheet_reads_text_and_no_formula() {
        let text = csv(&[line()]);
        assert!(text.contains("\"'=Change, \"\"thing\"\"\"") && text.contains("\"two\nlines\""), "{text}");
        assert_eq!(text.matches("\r\n").count(), 2);
    }

    #[test]
    fn a_table_stays_a_table() {
        let text = markdown(&[line()]);
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains("a\\|b") && text.contains("two<br>lines"), "{text}");
    }
}
