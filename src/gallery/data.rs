//! How values are shown: states, capacity, lists of properties, code, tabs.

use leptos::prelude::*;

use super::specimen;
use crate::ui::{
    CapacityBar, CodeBlock, CopyButton, Description, DescriptionList, Disclosure, Icon, StateDot, Tabs, Tone,
};

/// The section.
pub(super) fn section() -> AnyView {
    let tab = RwSignal::new("details".to_owned());
    view! {
        {specimen("States", view! {
            <StateDot label="Not in use"/>
            <StateDot tone=Tone::Info label="Rebuilding"/>
            <StateDot tone=Tone::Good label="Online"/>
            <StateDot tone=Tone::Warn label="Degraded"/>
            <StateDot tone=Tone::Bad label="Offline"/>
        })}
        {specimen("Capacity", view! {
            {[0.0, 0.42, 0.83, 0.97, 1.2].into_iter().map(|share: f64| {
                let text = format!("{:.0} % of 2.00 TB", share * 100.0);
                view! { <CapacityBar label="Used" share text/> }.into_any()
            }).collect::<Vec<AnyView>>()}
        })}
        {specimen("Chips", view! {
            <div class="chip-bar">
                {chip("Size is at least 8 GB", true)}
                {chip("Pool is pool-east", true)}
                {chip("A filter whose value is so long that there is not nearly enough room for it in the width of a narrow page", true)}
                {chip("Not to be removed", false)}
            </div>
        })}
        {specimen("Tabs", view! {
            <Tabs items=tabs() current=tab on_select=move |to| tab.set(to)>
                <p>{move || format!("What belongs to {}.", tab.get())}</p>
            </Tabs>
        })}
        {specimen("Properties", view! {
            <DescriptionList title=Some("Capacity".to_owned())>
                <Description label="Size">"2.00 TB"</Description>
                <Description label="Used" help=Some("What hosts have written, before compression.".to_owned())>
                    <CapacityBar label="Used" share=0.83 text="83 % of 2.00 TB"/>
                </Description>
                <Description label="State"><StateDot tone=Tone::Good label="Online"/></Description>
                <Description label="Serial number">"742b0f000004a1e0000000000001b2c" <CopyButton text="742b0f000004a1e0000000000001b2c"/></Description>
                <Description label="Pool"><a href="#/~gallery/data">"pool-east"</a></Description>
                <Description label="Note" wide=true>"Kept until the audit is over; ask the archive before it is taken away."</Description>
            </DescriptionList>
        })}
        {specimen("Code", view! {
            <CodeBlock label="The record as JSON" text="{\n  \"id\": 18446744073709551615,\n  \"name\": \"archive-01\"\n}"/>
        })}
        {specimen("Folded", view! {
            <Disclosure summary="The request">"GET /api/rest/volumes"</Disclosure>
            <Disclosure summary="The answer" open=true>"200, 41 records"</Disclosure>
        })}
    }
    .into_any()
}

fn chip(text: &'static str, removable: bool) -> AnyView {
    view! {
        <span class="chip">
            <span class="chip-text">{text}</span>
            {removable.then(|| view! {
                <button type="button" class="chip-remove" aria-label=format!("Remove {text}")><Icon name="close"/></button>
            })}
        </span>
    }
    .into_any()
}

fn tabs() -> Vec<(String, String)> {
    [("details", "Details"), ("mappings", "Mappings"), ("json", "JSON")]
        .map(|(id, title)| (id.to_owned(), title.to_owned()))
        .to_vec()
}
