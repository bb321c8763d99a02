//! One input of a form: label, control, mark of a change, fault and help.

use std::borrow::Cow;
use std::sync::Arc;

use boxdeck_catalog::OperationKind;
use leptos::context::Provider;
use leptos::prelude::*;
use words::form as say;

use super::clock::ClockInput;
use super::file::FileControl;
use super::items::Items;
use super::leaf::LeafControl;
use super::rules::rules_in_words;
use crate::format;
use crate::operation::form::Form;
use crate::operation::form::control::Control;
use crate::operation::form::node::{Content, Node, is_shown};
use crate::operation::form::typed::{Entered, Known, can_be_none};
use crate::ui;

/// From so many members on, those that may be left out and hold nothing are folded.
const MANY: usize = 4;

/// Whether the object that an input is a member of is wanted at all: one that may be left out, and is, asks for nothing.
#[derive(Clone, Copy)]
struct Asked(Memo<bool>);

/// One input with everything around it.
#[component]
pub(super) fn InputView(node: Node, form: Form) -> impl IntoView {
    let tried = form.tried;
    let is_update = form.subject.operation.kind == OperationKind::Update;
    let asked = use_context::<Asked>();
    let is_asked = move || asked.is_none_or(|Asked(asked)| asked.get());
    let error = {
        let node = node.clone();
        Memo::new(move |_| is_asked().then(|| node.error(tried.get())).flatten())
    };
    let inside = {
        let node = node.clone();
        Asked(Memo::new(move |_| is_asked() && node.is_begun()))
    };
    let changed = {
        let node = node.clone();
        Memo::new(move |_| (is_update && node.is_changed()).then(|| say::changed().to_owned()))
    };
    let caution = {
        let node = node.clone();
        let caution = Memo::new(move |_| caution(&node));
        move || {
            let text = caution.get()?;
            Some(view! { <p class="field-caution"><ui::Icon name="warning"/>{text}</p> })
        }
    };
    let touched = node.touched;
    let field = node.field.clone();
    let help = help(&node, is_update);
    match (&node.content, &*node.control) {
        (Content::Object(members), _) if field.field_type.is_time_of_day() => {
            return view! { <ClockInput node=node.clone() members=members.clone() help form/> }.into_any();
        }
        (Content::Object(members), _) => {
            let members = members.clone();
            let inputs = move || view! { <Provider value=inside><Members members form/></Provider> };
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
                    {caution}
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
            {caution}
        </div>
    }
    .into_any()
}

/// The members of an object. Where some of them hold something or have to be filled in, many others that need not are folded.
#[component]
pub(super) fn Members(
    members: Arc<Vec<Node>>,
    /// Id of the one that is shown elsewhere.
    #[prop(optional)]
    except: String,
    form: Form,
) -> impl IntoView {
    // What the system works out goes back with the rest of the object, and is nobody's to type.
    let is_typed = move |member: &&Node| !member.field.computed && member.id != except;
    let typed: Vec<Node> = members.iter().filter(is_typed).cloned().collect();
    let (further, first): (Vec<Node>, Vec<Node>) = typed.iter().cloned().partition(|member| {
        !member.required
            && matches!(member.content, Content::Leaf(_) | Content::Items(_))
            && matches!(untrack(|| member.known()), Known::Nothing)
    });
    let view = |members_of: Vec<Node>| {
        let (all, form) = (members.clone(), form.clone());
        let view = |member| view! { <Member member all=all.clone() form=form.clone()/> }.into_any();
        members_of.into_iter().map(view).collect_view()
    };
    if first.is_empty() || further.len() < MANY {
        return view(typed).into_any();
    }
    let (first, further) = (view(first), view(further));
    view! {
        {first}
        <ui::Disclosure summary=say::further_settings()>{further}</ui::Disclosure>
    }
    .into_any()
}

/// A member of an object, while it shows.
#[component]
pub(super) fn Member(member: Node, all: Arc<Vec<Node>>, form: Form) -> impl IntoView {
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

/// What the value says that needs attention, where the catalog has a word for it; tracked.
fn caution(node: &Node) -> Option<String> {
    let value = match node.entered().ok()? {
        Entered::Value(value) => value,
        Entered::Absent => node.known().value()?.clone(),
    };
    match node.field.within(|name| (name == node.field.name).then_some(&value)) {
        Cow::Owned(field) => {
            let shown = format::value(&field, Some(&value), 0.0);
            matches!(shown.tone, boxdeck_catalog::Tone::Warn | boxdeck_catalog::Tone::Bad)
                .then_some(shown.text)
        }
        Cow::Borrowed(_) => None,
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
