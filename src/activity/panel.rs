//! The panel: every plan of the session, filtered by what became of it, and its export.

use std::collections::HashMap;

use leptos::prelude::*;

use super::entry::{self, STANDINGS};
use super::export::{self, Line};
use super::row::Row;
use crate::app::Shared;
use crate::operation::journal::{self, Entry, Standing};
use crate::save;
use crate::ui::{self, Tone};

/// What this session has sent, and what became of it.
#[component]
pub fn ActivityPanel(
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let entries = journal::entries();
    let chosen = RwSignal::new(String::new());
    let all = entries.clone();
    let standings =
        Memo::new(move |_| all.with(|entries| entries.iter().map(Entry::standing).collect::<Vec<_>>()));
    let options = Signal::derive(move || standings.with(|standings| options(standings)));
    let listed = entries.clone();
    let shown = Memo::new(move |_| {
        let chosen = chosen.get();
        listed.with(|entries| {
            let fits = |entry: &&Entry| chosen.is_empty() || entry::id(entry.standing()) == chosen;
            entries.iter().rev().filter(fits).map(|entry| entry.id).collect::<Vec<u64>>()
        })
    });
    let count = move || {
        let (shown, all) = (shown.with(Vec::len), standings.with(Vec::len));
        let counted = u64::try_from(all).unwrap_or(u64::MAX);
        if shown == all { words::activity::count(counted) } else { words::activity::count_of(counted, shown) }
    };
    let is_empty = Memo::new(move |_| standings.with(Vec::is_empty));
    let fits_none = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <ui::Dialog
            title=words::activity::title()
            close_label=words::common::close()
            size=ui::DialogSize::Large
            on_close=move |_| on_close.run(())
        >
            <p class="muted">{words::activity::only_here()}</p>
            {move || is_empty.get().then(|| view! {
                <ui::EmptyState
                    icon=Some("clock".to_owned())
                    title=words::activity::nothing_yet()
                    text=Some(words::activity::nothing_yet_text().to_owned())
                />
            })}
            <div class="activity" hidden=move || is_empty.get()>
                <div class="activity-bar">
                    <div class="activity-filter">
                        <ui::SelectInput value=chosen options label=Some(words::activity::show().to_owned())/>
                    </div>
                    <p class="muted" role="status">{count}</p>
                    <Export shown/>
                </div>
                {move || (fits_none.get() && !is_empty.get()).then(|| view! {
                    <p class="muted">{words::activity::nothing_fits()}</p>
                })}
                <ul class="activity-list">
                    <For each=move || shown.get() key=|id| *id let:id>
                        <Row id on_leave=on_close/>
                    </For>
                </ul>
            </div>
        </ui::Dialog>
    }
}

/// What can be chosen: all, and each standing that some plan has, with their number.
fn options(standings: &[Standing]) -> Vec<(String, String)> {
    let mut options =
        vec![(String::new(), format!("{} ({})", words::activity::everything(), standings.len()))];
    for standing in STANDINGS {
        let count = standings.iter().filter(|other| **other == standing).count();
        if count > 0 {
            options.push((entry::id(standing).to_owned(), format!("{} ({count})", entry::label(standing))));
        }
    }
    options
}

/// The menu that saves what shows.
#[component]
fn Export(shown: Memo<Vec<u64>>) -> impl IntoView {
    let voice = ui::use_voice();
    let shared: Shared = expect_context();
    let offer = move |ending: &'static str, write: fn(&[Line]) -> String| {
        Callback::new(move |()| {
            let lines = shown.with_untracked(|shown| lines(shared, shown));
            let name = format!("boxdeck-activity.{ending}");
            if let (Err(fault), Some(voice)) = (save::bytes(&name, write(&lines).as_bytes()), voice) {
                voice.toast(Tone::Bad, fault, words::common::close());
            }
        })
    };
    let json = offer("json", export::json);
    let csv = offer("csv", export::csv);
    let markdown = offer("md", export::markdown);
    view! {
        <ui::Menu label=words::activity::export() icon="download" show_label=true>
            <ui::MenuItem label=words::activity::export_json() on_click=json/>
            <ui::MenuItem label=words::activity::export_csv() on_click=csv/>
            <ui::MenuItem label=words::activity::export_markdown() on_click=markdown/>
        </ui::Menu>
    }
}

/// The entries of these numbers, as they stand now.
fn lines(shared: Shared, ids: &[u64]) -> Vec<Line> {
    let entries: HashMap<u64, Entry> =
        journal::entries().with_untracked(|entries| entries.iter().map(|it| (it.id, it.clone())).collect());
    let line = |id: &u64| {
        let entry = entries.get(id)?.clone();
        let system = shared.opened(&entry.system);
        let resource = system.as_ref().and_then(|system| system.resource(&entry.resource));
        Some(Line {
            started: iso(entry.started),
            ended: entry.ended.map(iso).unwrap_or_default(),
            target: entry::target(&entry, resource.as_ref()),
            entry,
        })
    };
    ids.iter().filter_map(line).collect()
}

fn iso(millis: f64) -> String {
    js_sys::Date::new(&millis.into()).to_iso_string().into()
}
