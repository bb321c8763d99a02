//! The fields of a record by group.

use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, Resource};
use boxdeck_dialect::Record;
use leptos::prelude::*;

use super::history::Histories;
use super::sections::{Section, sections};
use crate::ui;
use crate::value::FieldValue;

/// Every field that the record has, under its group's heading.
#[component]
pub fn Fields(
    /// What the catalog says of it.
    resource: Arc<Resource>,
    /// The record.
    record: Arc<Record>,
    /// Leads to how fields were over time, on the record's own page.
    #[prop(optional)]
    histories: Option<Histories>,
) -> impl IntoView {
    sections(&resource, &record)
        .into_iter()
        .map(move |section| {
            let Section { title, folded, fields } = section;
            let list = fields_of(fields, &record, histories.as_ref());
            if folded {
                view! { <ui::Disclosure summary=title>{list}</ui::Disclosure> }.into_any()
            } else {
                let heading = (!title.is_empty()).then(|| view! { <h2>{title}</h2> });
                view! { <section class="record-section">{heading}{list}</section> }.into_any()
            }
        })
        .collect_view()
}

fn fields_of(fields: Vec<Field>, record: &Arc<Record>, histories: Option<&Histories>) -> AnyView {
    let lines: Vec<_> = fields
        .into_iter()
        .map(|field| {
            let record = record.clone();
            let (label, help, wide) = (field.label.clone(), field.help.clone(), is_long(&field.field_type));
            let history = histories.and_then(|histories| histories.link(&field.name, &field.label));
            view! {
                <ui::Description label help wide>
                    <FieldValue field record/>
                    {history}
                </ui::Description>
            }
        })
        .collect();
    view! { <ui::DescriptionList>{lines}</ui::DescriptionList> }.into_any()
}

/// Values that take the whole width.
const fn is_long(field_type: &FieldType) -> bool {
    matches!(
        field_type,
        FieldType::Pem | FieldType::Multiline | FieldType::Object(_) | FieldType::Map(_) | FieldType::Json
    )
}
