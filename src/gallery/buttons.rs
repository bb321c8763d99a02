//! Buttons, links that look like them, and where the page is.

use leptos::prelude::*;

use super::specimen;
use crate::ui::{self, Button, ButtonKind, IconButton, LinkButton};

/// The section.
pub(super) fn section() -> AnyView {
    view! {
        {specimen("Kinds", view! {
            <Button>"Normal"</Button>
            <Button kind=ButtonKind::Primary>"Primary"</Button>
            <Button kind=ButtonKind::Danger>"Danger"</Button>
            <Button kind=ButtonKind::Quiet>"Quiet"</Button>
        })}
        {specimen("With an icon", view! {
            <Button icon="refresh".to_owned()>"Refresh"</Button>
            <Button kind=ButtonKind::Primary icon="plus".to_owned()>"New volume"</Button>
            <Button kind=ButtonKind::Danger icon="trash".to_owned()>"Delete"</Button>
            <Button kind=ButtonKind::Quiet icon="download".to_owned()>"Export"</Button>
        })}
        {specimen("Small", view! {
            <Button small=true>"Normal"</Button>
            <Button small=true kind=ButtonKind::Primary>"Primary"</Button>
            <Button small=true kind=ButtonKind::Danger>"Danger"</Button>
            <Button small=true kind=ButtonKind::Quiet>"Quiet"</Button>
        })}
        {specimen("Not usable, with the reason", view! {
            <Button reason="The role Viewer does not create volumes.".to_owned()>"Normal"</Button>
            <Button kind=ButtonKind::Primary reason="The pool is full.".to_owned()>"Primary"</Button>
            <Button kind=ButtonKind::Danger reason="The volume is mapped to two hosts.".to_owned()>"Danger"</Button>
            <Button kind=ButtonKind::Quiet reason="Nothing is selected.".to_owned()>"Quiet"</Button>
        })}
        {specimen("Not usable, for a plain reason", view! {
            <Button disabled=true>"Normal"</Button>
            <Button disabled=true kind=ButtonKind::Primary>"Primary"</Button>
            <Button disabled=true kind=ButtonKind::Danger>"Danger"</Button>
            <Button disabled=true kind=ButtonKind::Quiet>"Quiet"</Button>
        })}
        {specimen("Busy", view! {
            <Button busy=true>"Reading…"</Button>
            <Button busy=true kind=ButtonKind::Primary>"Creating…"</Button>
            <Button busy=true kind=ButtonKind::Danger>"Deleting…"</Button>
            <IconButton icon="refresh" label="Refresh, under way" busy=true/>
        })}
        {specimen("Icons only", view! {
            <IconButton icon="search" label="Find"/>
            <IconButton icon="settings" label="Settings" kind=ButtonKind::Normal/>
            <IconButton icon="filter" label="Filters, shown" pressed=Some(true)/>
            <IconButton icon="filter" label="Filters, hidden" pressed=Some(false)/>
            <IconButton icon="lock" label="Lock" reason="The volume is mapped to two hosts.".to_owned()/>
            <IconButton icon="close" label="Close" small=true/>
        })}
        {specimen("Links", view! {
            <LinkButton href="#/~gallery/buttons" icon="external".to_owned()>"Show all"</LinkButton>
            <LinkButton href="#/~gallery/buttons" kind=ButtonKind::Primary>"New volume"</LinkButton>
            <LinkButton href="#/~gallery/buttons" reason="The role Viewer does not create volumes.".to_owned()>"New volume"</LinkButton>
            <a href="#/~gallery/buttons">"A link in a text"</a>
        })}
        {specimen("Breadcrumbs", view! {
            <ui::Breadcrumbs items=crumbs()/>
        })}
    }
    .into_any()
}

fn crumbs() -> Vec<(String, String)> {
    ["North site", "Volumes", "archive-01"]
        .map(|title| (title.to_owned(), "#/~gallery/buttons".to_owned()))
        .to_vec()
}
