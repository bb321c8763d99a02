//! The inputs of a form in their groups, with what is wrong on top.

mod file;
mod input;
mod items;
mod leaf;

use boxdeck_catalog::{Damage, Operation, OperationKind};
use leptos::prelude::*;

use super::attempt::Attempt;
use super::dialog::RefusalNotice;
use super::form::groups;
use crate::ui::{self, ButtonKind, Tone};
use input::InputView;

/// What the button of a form looks like.
pub(super) fn action_style(operation: &Operation) -> ButtonKind {
    let is_grave = operation.kind == OperationKind::Delete
        || operation.destroys.is_some_and(|damage| damage > Damage::Configuration);
    if is_grave { ButtonKind::Danger } else { ButtonKind::Primary }
}

/// Summary of faults, refusal, partial result, and the inputs.
#[component]
pub(super) fn FormBody(attempt: Attempt) -> impl IntoView {
    let form = attempt.form.clone();
    let summary = {
        let form = form.clone();
        Memo::new(move |_| form.summary())
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
    view! {
        {move || refusal.get().map(|failure| view! { <RefusalNotice failure partial=partial.get()/> })}
        {move || partial.get().filter(|_| refusal.with(Option::is_none)).map(|partial| view! {
            <ui::Notice tone=Tone::Warn title=Some("Only a part was done".to_owned())>{partial}</ui::Notice>
        })}
        <ui::ErrorSummary title="Some of it cannot be sent yet" errors=summary/>
        {groups}
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
