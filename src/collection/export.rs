//! Exporting a list: the page, the selection, or all that match, as a file of the person's.

mod download;
mod records;
mod run;
mod scope;
mod tally;

use std::sync::Arc;

use leptos::prelude::*;
use words::export as say;

use self::download::file_name;
use self::records::{Format, Writer, with_names};
use self::run::{Origin, Parts, Progress, run};
use self::scope::{Scope, all_query, selection_queries};
use self::tally::Tally;
use super::address::ListAddress;
use super::chart::measure;
use super::columns::available;
use super::count::plural;
use super::selection::Selected;
use super::source::{Listed, Source};
use crate::format::amount;
use crate::load::Loader;
use crate::refusal::FailureNotice;
use crate::save;
use crate::ui::{
    Button, ButtonKind, Checkbox, Dialog, DialogSize, FormField, Notice, ProgressBar, SelectInput, Tone,
};

/// How far the dialog has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// It is being chosen what to export.
    Choosing,
    /// The records are on their way.
    Reading,
    /// The file is saved: rows, and what there is to know.
    Done(u64, Vec<String>),
    /// The browser did not save the file.
    NotSaved,
    /// Ended by the person, after so many rows.
    Cancelled(u64),
}

/// Asks what to export, reads it with progress, and saves it as a file.
#[component]
pub fn ExportDialog(
    /// The list.
    source: Source,
    /// What it shows.
    address: ListAddress,
    /// The page that was read.
    listed: Option<Arc<Listed>>,
    /// The selection, where the list has one.
    selected: Option<Selected>,
    /// Asks the owner to unmount the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let records = plural(&source.resource);
    let keys: Vec<String> = selected
        .map(|selected| selected.keys.with_untracked(|keys| keys.iter().cloned().collect()))
        .unwrap_or_default();
    let shown = untrack(|| source.columns(&address));
    // A file holds the measure that the chart draws, whichever columns are shown.
    let drawn = measure::fields(&source.resource, &source.operation, &address.query.filter);
    let columns = with_names(&source.resource, &[shown.as_slice(), drawn.as_slice()].concat());
    let as_read = with_names(&source.resource, &shown);
    let every: Vec<String> = available(&source.resource).map(|field| field.name.clone()).collect();
    let query = untrack(|| source.sent_query(&address));
    let is_looked_through = !source.browser_terms(&query.filter).is_empty();
    let total = listed.as_ref().map(|listed| listed.page.total);
    let on_page = listed.as_ref().map_or(0, |listed| listed.page.records.len());

    let scope = RwSignal::new(if keys.is_empty() { Scope::All } else { Scope::Selection }.name().to_owned());
    let format = RwSignal::new("csv".to_owned());
    let fields = RwSignal::new("shown".to_owned());
    let mark = RwSignal::new(false);
    let stage = RwSignal::new(Stage::Choosing);
    let progress = RwSignal::new(Progress::default());
    let parts = Parts::new();
    let loader = Loader::<Tally>::new();
    let chosen_format =
        Memo::new(move |_| if format.with(|format| format == "json") { Format::Json } else { Format::Csv });
    let chosen_scope = Memo::new(move |_| scope.with(|scope| Scope::from_name(scope)));
    let name = {
        let (system, resource) = (source.system.entry.name.clone(), source.resource.id.clone());
        Memo::new(move |_| file_name(&system, &resource, chosen_format.get().ending()))
    };
    let scopes = download::scopes(total, on_page, keys.len(), is_looked_through);
    let selected_count = keys.len() as u64;
    let can_sort = all_query(&source, &query, &columns).1;
    let can_ask = selection_queries(&source, &keys, &columns).is_some();

    let start = Callback::new(move |()| {
        let names = if fields.with_untracked(|fields| fields == "all") { &every } else { &columns };
        let shown_only = names == &as_read;
        let origin = match chosen_scope.get_untracked() {
            Scope::All => Origin::Queries(vec![all_query(&source, &query, names).0]),
            Scope::Page => match &listed {
                Some(listed) if shown_only => Origin::Known(listed.page.records.iter().collect()),
                _ => {
                    let mut query = query.clone();
                    query.columns = all_query(&source, &query, names).0.columns;
                    Origin::Page(query)
                }
            },
            Scope::Selection => match selection_queries(&source, &keys, names) {
                Some(queries) => Origin::Queries(queries),
                None => {
                    let known = selected.map(Selected::records).unwrap_or_default();
                    Origin::Known(known.iter().map(|record| (**record).clone()).collect())
                }
            },
        };
        let format = chosen_format.get_untracked();
        let writer = Writer::new(format, &source.resource, names);
        let mark = mark.get_untracked();
        let source = source.clone();
        progress.set(Progress::default());
        stage.set(Stage::Reading);
        loader.run(move |reader| run(source, origin, writer, mark, (parts, progress), reader));
    });
    // The file is saved once, when the last record has come.
    Effect::new(move |_| {
        let state = loader.get();
        let (Some(tally), None, false) = (&state.data, &state.failure, state.loading) else { return };
        if stage.with_untracked(|stage| *stage != Stage::Reading) {
            return;
        }
        let mut remarks = tally.remarks();
        if chosen_scope.get_untracked() == Scope::Selection && tally.written < selected_count {
            remarks.push(say::missing(selected_count - tally.written));
        }
        // Why a file was not taken is in the browser's console; here only that there is none.
        let saved = parts
            .file(chosen_format.get_untracked())
            .is_some_and(|file| save::blob(&name.get_untracked(), &file).is_ok());
        parts.clear();
        stage.set(if saved { Stage::Done(tally.written, remarks) } else { Stage::NotSaved });
    });
    let cancel = Callback::new(move |()| {
        loader.cancel();
        parts.clear();
        stage.set(Stage::Cancelled(progress.get_untracked().read));
    });
    let close = move || {
        loader.cancel();
        parts.clear();
        on_close.run(());
    };
    let is_reading = Memo::new(move |_| stage.with(|stage| *stage == Stage::Reading));

    let body = {
        let records = records.clone();
        move || match stage.get() {
            Stage::Reading => {
                view! { <Reading records=records.clone() progress is_looked_through loader on_retry=start/> }
                    .into_any()
            }
            Stage::Done(count, remarks) => view! {
                <Notice tone=Tone::Good title=Some(say::done(count, name.get_untracked()))>
                    {remarks.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                </Notice>
            }
            .into_any(),
            Stage::NotSaved => view! { <Notice tone=Tone::Bad>{say::not_saved()}</Notice> }.into_any(),
            Stage::Cancelled(count) => {
                view! { <Notice tone=Tone::Warn>{say::cancelled(amount::count(count))}</Notice> }.into_any()
            }
            Stage::Choosing => {
                let scopes = scopes.clone();
                view! {
                    <div class="stack">
                        <FormField label=say::what() help=Signal::derive(move || scope_help(chosen_scope.get(), can_sort, can_ask))>
                            <SelectInput value=scope options=scopes.clone()/>
                        </FormField>
                        <div class="filter-comparison">
                            <FormField label=say::format()>
                                <SelectInput value=format options=choices(&[("csv", say::csv()), ("json", say::json())])/>
                            </FormField>
                            <FormField label=say::fields()>
                                <SelectInput value=fields options=choices(&[("shown", say::fields_shown()), ("all", say::fields_all())])/>
                            </FormField>
                        </div>
                        <Show when=move || chosen_format.get() == Format::Csv>
                            <Checkbox value=mark label=say::bom() help=Some(say::bom_help().to_owned())/>
                        </Show>
                        <p class="export-about">
                            {move || if chosen_format.get() == Format::Csv { say::about_csv() } else { say::about_json() }}
                        </p>
                        <p class="export-file mono">{move || say::file(name.get())}</p>
                    </div>
                }
                .into_any()
            }
        }
    };
    let buttons = move || {
        match stage.get() {
        Stage::Reading => view! { <Button on_click=move |_| cancel.run(())>{words::common::cancel()}</Button> }.into_any(),
        Stage::Choosing => view! {
            <Button on_click=move |_| close()>{words::common::cancel()}</Button>
            <Button kind=ButtonKind::Primary icon="download" on_click=move |_| start.run(())>{say::start()}</Button>
        }
        .into_any(),
        _ => view! {
            <Button on_click=move |_| stage.set(Stage::Choosing)>{say::again()}</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| close()>{words::common::close()}</Button>
        }
        .into_any(),
    }
    };
    view! {
        <Dialog
            title=say::title(&records)
            close_label=words::common::close()
            size=DialogSize::Medium
            busy=is_reading
            on_close=move |_| close()
            footer=move || view! { {buttons} }.into_any()
        >
            <div class="export">{body}</div>
        </Dialog>
    }
}

/// What is on its way, and what keeps it.
#[component]
fn Reading(
    records: String,
    progress: RwSignal<Progress>,
    is_looked_through: bool,
    loader: Loader<Tally>,
    on_retry: Callback<()>,
) -> impl IntoView {
    let share = Signal::derive(move || {
        let Progress { read, total, .. } = progress.get();
        #[expect(clippy::cast_precision_loss, reason = "a share for the eye")]
        total.filter(|total| *total > 0).map(|total| read as f64 / total as f64)
    });
    let note = Signal::derive(move || {
        let Progress { read, written, total } = progress.get();
        Some(match total {
            _ if is_looked_through => say::kept_of(written, amount::count(read)),
            Some(total) => say::so_far_of(read, amount::count(total)),
            None => say::so_far(read),
        })
    });
    let failure = move || {
        let retry = loader.retry();
        loader.failure().get().map(|failure| {
            view! { <FailureNotice failure stale=false retry on_retry=move || on_retry.run(())/> }
        })
    };
    view! {
        <div class="stack">
            <ProgressBar label=say::reading(records) value=share note/>
            {failure}
        </div>
    }
}

fn choices(of: &[(&str, &str)]) -> Signal<Vec<(String, String)>> {
    Signal::stored(of.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect())
}

/// What to know of a choice before it is made.
fn scope_help(scope: Scope, can_sort: bool, can_ask: bool) -> Option<String> {
    match scope {
        Scope::All if !can_sort => Some(say::unsorted().to_owned()),
        Scope::Selection if !can_ask => Some(say::as_read().to_owned()),
        _ => None,
    }
}
