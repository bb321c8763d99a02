//! What the console says: notices, waiting, toasts, and that there is nothing.

use leptos::prelude::*;

use super::specimen;
use crate::ui::{
    Button, ButtonKind, EmptyState, LinkButton, Notice, PageLoading, ProgressBar, Skeleton, Spinner, Tone,
    use_voice,
};

/// Notices, waiting and toasts.
pub(super) fn section() -> AnyView {
    view! {
        {specimen("Notices", view! {
            <Notice tone=Tone::Neutral quiet=true>"The list shows the first page."</Notice>
            <Notice tone=Tone::Info title=Some("Approval needed".to_owned()) quiet=true>"The system asks a second administrator to agree."</Notice>
            <Notice tone=Tone::Good quiet=true>"The volume archive-02 has been created."</Notice>
            <Notice
                tone=Tone::Warn
                title=Some("These data are 4 minutes old".to_owned())
                quiet=true
                actions=|| view! { <Button small=true>"Try again"</Button> }.into_any()
            >
                "The system does not answer. What shows was read at 11:32."
            </Notice>
            <Notice tone=Tone::Bad title=Some("The system refused the change".to_owned()) quiet=true>
                <p>"No room is left in pool-east. "<a href="#/~gallery/messages">"pool-east"</a></p>
                <p class="muted mono">"HTTP 409 · POOL_FULL"</p>
            </Notice>
        })}
        {specimen("Progress", view! {
            <ProgressBar label="Uploading root.pem" value=Some(0.42) note=Some("42 %".to_owned())/>
            <ProgressBar label="Done" value=Some(1.0) note=Some("100 %".to_owned())/>
            <ProgressBar label="Waiting for the system" value=None/>
        })}
        {specimen("Waiting", view! {
            <Skeleton/>
            <p class="cluster"><Spinner/>"Searching…"</p>
            <PageLoading label="Reading the record…"/>
        })}
        {specimen("Toasts", toasts())}
    }
    .into_any()
}

fn toasts() -> AnyView {
    let voice = use_voice();
    let toast = move |tone: Tone, text: &'static str| {
        if let Some(voice) = voice {
            voice.toast(tone, text, "Close");
        }
    };
    view! {
        <Button on_click=move |_| toast(Tone::Good, "The volume archive-02 has been created.")>"Good"</Button>
        <Button on_click=move |_| toast(Tone::Info, "The system works on it; the activity list follows it.")>"Under way"</Button>
        <Button on_click=move |_| toast(Tone::Warn, "Nobody knows whether the volume has been created.")>"In doubt"</Button>
        <Button on_click=move |_| toast(Tone::Bad, "The system refused to create archive-02: no room is left in pool-east.")>"Refused"</Button>
    }
    .into_any()
}

/// What stands where nothing can be shown.
pub(super) fn empty() -> AnyView {
    view! {
        {specimen("Nothing yet", view! {
            <EmptyState
                icon="volume".to_owned()
                title="No volumes"
                text="A volume is a block device that hosts reach through mappings.".to_owned()
                actions=|| view! { <Button kind=ButtonKind::Primary icon="plus".to_owned()>"Create volume"</Button> }.into_any()
            />
        })}
        {specimen("Nothing matches", view! {
            <EmptyState
                icon="filter".to_owned()
                title="Nothing matches"
                text="The system has no volumes that match every filter.".to_owned()
                actions=|| view! { <Button>"Clear filters"</Button> }.into_any()
            />
        })}
        {specimen("Forbidden", view! {
            <EmptyState
                icon="lock".to_owned()
                title="No access to users"
                text="The role Viewer may not list users. The system says: not permitted.".to_owned()
            />
        })}
        {specimen("Not offered", view! {
            <EmptyState icon="info".to_owned() title="This system does not offer plugins" text="It came with a later version.".to_owned()/>
        })}
        {specimen("No such page", view! {
            <EmptyState
                title="There is no such page"
                text="The address leads nowhere in this system.".to_owned()
                actions=|| view! { <LinkButton href="#/~gallery/empty">"Overview"</LinkButton> }.into_any()
            />
        })}
    }
    .into_any()
}
