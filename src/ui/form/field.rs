//! A labelled place for one input.

use leptos::attr::Attribute;
use leptos::prelude::*;

use crate::ui::{Icon, OptText, Text, id::unique_id};

/// How an input is tied to its label, help and error.
#[derive(Clone)]
pub(super) struct Wiring {
    /// Id of the input.
    pub(super) id: String,
    /// Its own name, where no field gives one.
    pub(super) own_label: OptText,
    /// Ids of help and error, as far as they are there.
    pub(super) described_by: OptText,
    /// Whether there is an error.
    pub(super) invalid: Signal<bool>,
    /// Whether it has to be filled in.
    pub(super) required: Signal<bool>,
}

#[derive(Clone)]
struct Inherited(Wiring);

impl Wiring {
    /// The wiring of the field around, or that of an input that stands alone under `label`.
    pub(super) fn find(label: OptText) -> Self {
        if let Some(Inherited(wiring)) = use_context() {
            return Self { own_label: label, ..wiring };
        }
        Self::alone(label)
    }

    /// The wiring of an input that has nothing to do with the field around.
    pub(super) fn alone(label: OptText) -> Self {
        Self {
            id: unique_id("input"),
            own_label: label,
            described_by: OptText::default(),
            invalid: Signal::default(),
            required: Signal::default(),
        }
    }

    /// What ties an input to its field: id, name, help, error and whether it is needed.
    pub(super) fn attributes(&self) -> impl Attribute + use<> {
        let Self { id, own_label, described_by, .. } = self.clone();
        view! {
            <{..}
                id=id
                aria-label=move || own_label.get()
                aria-describedby=move || described_by.get()
                aria-invalid=self.aria_invalid()
                aria-required=self.aria_required()
            />
        }
    }

    /// `true` or nothing, for `aria-invalid`.
    pub(super) fn aria_invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + use<> {
        let invalid = self.invalid;
        move || invalid.get().then_some("true")
    }

    /// `true` or nothing, for `aria-required`.
    pub(super) fn aria_required(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + use<> {
        let required = self.required;
        move || required.get().then_some("true")
    }
}

/// Label, help, input and error, one below the other.
#[component]
pub fn FormField(
    /// The label.
    #[prop(into)]
    label: Text,
    /// What to know before typing.
    #[prop(optional, into)]
    help: OptText,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: OptText,
    /// Has to be filled in.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Text for the mark of a required field.
    #[prop(into, default = "required".into())]
    required_label: Text,
    /// Text of the mark that shows when the value differs from the box's.
    #[prop(optional, into)]
    changed: OptText,
    /// The id of the input, so that an error summary can lead to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| unique_id("field"));
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let described_by = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        Signal::derive(move || {
            let ids: Vec<&str> = [(help, help_id.as_str()), (error, error_id.as_str())]
                .into_iter()
                .filter(|(text, _)| text.with(Option::is_some))
                .map(|(_, id)| id)
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let wiring = Wiring { id: id.clone(), own_label: OptText::default(), described_by, invalid, required };
    view! {
        <div class="field" class:field-invalid=move || invalid.get()>
            <div class="field-head">
                <label class="field-label" for=id>
                    {move || label.get()}
                    {move || required.get().then(|| view! {
                        <span class="field-required" data-hint=required_label aria-hidden="true">"*"</span>
                    })}
                </label>
                {move || changed.get().map(|text| view! { <span class="field-changed">{text}</span> })}
            </div>
            <leptos::context::Provider value=Inherited(wiring)>{children()}</leptos::context::Provider>
            {move || error.get().map(|text| view! {
                <p class="field-error" id=error_id.clone()><Icon name="error"/>{text}</p>
            })}
            {move || help.get().map(|text| view! { <p class="field-help" id=help_id.clone()>{text}</p> })}
        </div>
    }
}
