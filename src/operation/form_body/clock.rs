//! A time of day: an object with an hour and a minute, typed as one.

use std::sync::Arc;

use leptos::prelude::*;
use words::form as say;

use super::input::Member;
use crate::operation::form::Form;
use crate::operation::form::node::{Content, Leaf, Node};
use crate::ui;

/// The browser's own input for the time, and what else the object holds: the time zone.
#[component]
pub(super) fn ClockInput(
    node: Node,
    members: Arc<Vec<Node>>,
    help: Option<String>,
    form: Form,
) -> impl IntoView {
    let member = |name: &str| {
        let node = members.iter().find(|member| member.field.name == name)?;
        let Content::Leaf(leaf) = node.content else { return None };
        Some((node.clone(), leaf))
    };
    let (Some((hour_node, hour)), Some((minute_node, minute))) = (member("hour"), member("minute")) else {
        return ().into_any();
    };
    let time = RwSignal::new(untrack(|| read(&hour, &minute)));
    Effect::new(move |_| {
        let now = read(&hour, &minute);
        if time.with_untracked(|time| *time != now) {
            time.set(now);
        }
    });
    Effect::new(move |_| {
        let (of_hour, of_minute) = time.with(|time| parts(time));
        set(hour, of_hour);
        set(minute, of_minute);
    });
    let (hour_id, minute_id) = (hour_node.id.clone(), minute_node.id.clone());
    let touched = hour_node.touched;
    let tried = form.tried;
    let error = Memo::new(move |_| hour_node.error(tried.get()).or_else(|| minute_node.error(tried.get())));
    let others: Vec<Node> = members
        .iter()
        .filter(|member| !["hour", "minute"].contains(&member.field.name.as_str()))
        .cloned()
        .collect();
    let others = others
        .into_iter()
        .map(|member| view! { <Member member all=members.clone() form=form.clone()/> })
        .collect_view();
    let required = node.required;
    view! {
        <div class="operation-nested" id=node.id.clone() tabindex="-1">
            <ui::Fieldset title=node.field.label.clone() help=help>
                <div class="operation-clock">
                    // What is wrong with the minutes is shown, and led to, where both are typed.
                    <div id=minute_id tabindex="-1" on:focusout=move |_| touched.set(true)>
                        <ui::FormField label=say::time_of_day() error=error required=required id=hour_id>
                            <ui::DateTimeInput value=time exact=ui::Exactness::Clock/>
                        </ui::FormField>
                    </div>
                    {others}
                </div>
            </ui::Fieldset>
        </div>
    }
    .into_any()
}

fn set(leaf: Leaf, text: String) {
    if leaf.text.with_untracked(|now| *now != text) {
        leaf.text.set(text);
    }
}

fn read(hour: &Leaf, minute: &Leaf) -> String {
    joined(&hour.text.get(), &minute.text.get())
}

/// `1` and `5` as `01:05`; empty where one of them is no number.
fn joined(hour: &str, minute: &str) -> String {
    match (hour.parse::<u8>(), minute.parse::<u8>()) {
        (Ok(hour), Ok(minute)) => format!("{hour:02}:{minute:02}"),
        _ => String::new(),
    }
}

/// `01:05` as `1` and `5`.
fn parts(time: &str) -> (String, String) {
    let number =
        |text: &str| text.parse::<u8>().map_or_else(|_no_number| String::new(), |number| number.to_string());
    let mut parts = time.split(':');
    let mut next = || parts.next().map(number).unwrap_or_default();
    (next(), next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hour_and_minute_are_one_time() {
        assert_eq!(joined("1", "5"), "01:05");
        assert_eq!(joined("", "5"), "");
        assert_eq!(parts("01:05"), ("1".to_owned(), "5".to_owned()));
        assert_eq!(parts("23:59:30"), ("23".to_owned(), "59".to_owned()));
        assert_eq!(parts(""), (String::new(), String::new()));
    }
}
