//! One input of a form: label, control, mark of a change, fault and help.

use boxdeck_catalog::OperationKind;
use leptos::prelude::*;
use words::form as say;

use super::file::FileControl;
use super::items::Items;
use super::leaf::LeafControl;
use super::rules::rules_in_words;
use crate::operation::form::Form;
use crate::operation::form::control::Control;
use crate::operation::form::node::{Content, Node, is_shown};
use crate::operation::form::typed::{Known, can_be_none};
use crate::ui;

/// One input with everything around it.
#[component]
pub(super) fn InputView(node: Node, form: Form) -> impl IntoView {
    let tried = form.tried;
    let is_update = form.subject.operation.kind == OperationKind::Update;
    let error = {
        let node = node.clone();
        Memo::new(move |_| node.error(tried.get()))
    };
    let changed = {
        let node = node.clone();
        Memo::new(move |_| (is_update && node.is_changed()).then(|| say::changed().to_owned()))
    };
    let touched = node.touched;
    let field = node.field.clone();
    let help = help(&node, is_update);
    match (&node.content, &*node.control) {
        (Content::Object(members), _) => {
            let members = members.clone();
            let inputs = move || {
                let all = members.clone();
                members
                    .iter()
                    .map(|member| {
                        view! { <Member member=member.clone() all=all.clone() form=form.clone()/> }.into_any()
                    })
                    .collect_view()
            };
            let told = move || {
                error.get().map(|error| view! { <p class="field-error"><ui::Icon name="error"/>{error}</p> })
            };
            // What may be left out and is not there yet makes no long form longer.
            if !node.required && matches!(untrack(|| node.known()), Known::Nothing) {
                return view! {
                    <div class="operation-nested" id=node.id.clone() tabindex="-1" role="group" aria-label=field.label.clone()>
                        <ui::Disclosure summary=field.label.clone()>
                            {help.map(|text| view! { <p class="field-help">{text}</p> })}
                            {told}
                            {inputs()}
                        </ui::Disclosure>
                    </div>
                }
                .into_any();
            }
            return view! {
                <div class="operation-nested" id=node.id.clone() tabindex="-1">
                    <ui::Fieldset title=field.label.clone() help=help>
                        {told}
                        {inputs()}
                    </ui::Fieldset>
                </div>
            }
            .into_any();
        }
        (Content::Items(_), _) => {
            let (id, list) = (node.id.clone(), node.clone());
            return view! {
                <div class="operation-nested" id=id tabindex="-1">
                    <ui::Fieldset title=field.label.clone() help=help>
                        {move || error.get().map(|error| view! { <p class="field-error"><ui::Icon name="error"/>{error}</p> })}
                        <Items node=list form/>
                    </ui::Fieldset>
                </div>
            }
            .into_any();
        }
        // A switch has its label beside it.
        // What can have no value, or is left to the box, has three states and is chosen from a list.
        (Content::Leaf(leaf), Control::Flag)
            if !can_be_none(&node.field) && !matches!(untrack(|| node.known()), Known::Nothing) =>
        {
            return view! {
                <div class="operation-switch" on:focusout=move |_| touched.set(true)>
                    <super::leaf::FlagControl leaf=*leaf label=field.label.clone() help=help id=node.id.clone()/>
                    {move || changed.get().map(|text| view! { <span class="field-changed">{text}</span> })}
                    {move || error.get().map(|error| view! { <p class="field-error"><ui::Icon name="error"/>{error}</p> })}
                </div>
            }
            .into_any();
        }
        _ => {}
    }
    // Built inside the field, so that the control finds its name and fault there.
    let id = node.id.clone();
    let required = node.required;
    let rules = field.rules.as_ref().map(|rules| rules_in_words(&form.subject.system, rules));
    let help = Signal::derive(move || {
        let parts = [help.clone(), rules.and_then(|rules| rules.get())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    let control = move || match &node.content {
        Content::Leaf(leaf) => {
            let leaf = *leaf;
            view! { <LeafControl node=node.clone() leaf form/> }.into_any()
        }
        Content::File(file) => view! { <FileControl leaf=*file accept=accept(&node) form/> }.into_any(),
        Content::Object(_) | Content::Items(_) => ().into_any(),
    };
    view! {
        <div class="operation-input" on:focusout=move |_| touched.set(true)>
            <ui::FormField
                label=field.label.clone()
                help=help
                error=error
                required=required
                changed=changed
                id=id
            >
                {control()}
            </ui::FormField>
        </div>
    }
    .into_any()
}

/// A member of an object, while it shows.
#[component]
fn Member(member: Node, all: std::sync::Arc<Vec<Node>>, form: Form) -> impl IntoView {
    let shown = {
        let member = member.clone();
        Memo::new(move |_| is_shown(&member, &all))
    };
    move || shown.get().then(|| view! { <InputView node=member.clone() form=form.clone()/> }.into_any())
}

fn accept(node: &Node) -> String {
    match &*node.control {
        Control::File(accept) => accept.clone(),
        _ => String::new(),
    }
}

/// Help, with what leaving it empty means.
fn help(node: &Node, is_update: bool) -> Option<String> {
    let mut parts = Vec::new();
    if !node.field.help.is_empty() {
        parts.push(node.field.help.clone());
    }
    if node.field.secret && is_update {
        parts.push(say::secret_kept().to_owned());
    }
    if node.field.nullable && can_be_none(&node.field) && matches!(node.control.as_ref(), Control::Json) {
        parts.push(say::null_is_none().to_owned());
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
