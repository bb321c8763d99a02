//! Importing a list: what is wrong with the file, or what it would change, before anything changes.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use words::systems as say;

use super::list::{self, Change};
use super::page::{Desk, Open, not_changed};
use super::{SystemEntry, kept};
use crate::load::Loader;
use crate::transport::bytes;
use crate::ui::{self, ButtonKind, Tone};

/// Largest file that is looked at, in bytes: thousands of systems.
const LARGEST: f64 = 1_048_576.0;

/// What a file would change.
struct Preview {
    systems: Vec<SystemEntry>,
    changes: Vec<Change>,
}

impl Preview {
    fn count(&self) -> u64 {
        let changing = |change: &&Change| matches!(change, Change::Added | Change::Changed(_));
        self.changes.iter().filter(changing).count() as u64
    }
}

/// The import as a dialog.
#[component]
pub(super) fn ImportDialog() -> impl IntoView {
    let desk: Desk = expect_context();
    let preview = Loader::<Preview>::new();
    let voice = ui::use_voice();
    let close = move || desk.open.set(Open::Nothing);
    let fault = RwSignal::new(None::<String>);
    let choose = Callback::new(move |file: Option<File>| {
        preview.clear();
        if let Some(file) = file {
            preview.run(move |_abort| async move {
                inspect(file, desk).await.map_err(|text| Failure::new(FailureKind::Invalid, text))
            });
        }
    });
    let count = Memo::new(move |_| preview.get().data.map_or(0, |preview| preview.count()));
    let apply = move |_| {
        let Some(preview) = untrack(|| preview.get().data) else { return };
        let count = preview.count();
        let done = desk.change(|own| *own = list::imported(own, &preview.systems, &preview.changes));
        let is_done = done.is_ok();
        fault.set(done.err());
        if let Some(voice) = voice.filter(|_| is_done) {
            voice.toast(Tone::Good, say::imported(count), words::common::close().to_owned());
        }
    };
    let error = Signal::derive(move || preview.get().failure.map(|failure| failure.message));
    view! {
        <ui::Dialog
            title=say::import_title()
            close_label=words::common::close()
            on_close=move |_| close()
            footer=move || view! {
                <ui::Button on_click=move |_| close()>{words::common::cancel()}</ui::Button>
                <ui::Button kind=ButtonKind::Primary disabled=Signal::derive(move || count.get() == 0) on_click=apply>
                    {move || match count.get() { 0 => say::import_none().to_owned(), count => say::import_apply(count) }}
                </ui::Button>
            }.into_any()
        >
            <ui::FormField label=say::import_file() help=Some(say::import_help().to_owned()) error=error>
                <ui::FileInput on_file=choose drop_text=say::import_drop() accept=Some(".json".to_owned())/>
            </ui::FormField>
            {move || preview.get().data.map(|preview| changes(&preview))}
            {not_changed(fault)}
        </ui::Dialog>
    }
    .into_any()
}

/// Reads a file and compares it with what is here; the error is a sentence for the person who chose it.
async fn inspect(file: File, desk: Desk) -> Result<Preview, String> {
    if file.size() > LARGEST {
        return Err(say::import_large().to_owned());
    }
    let buffer =
        JsFuture::from(file.array_buffer()).await.map_err(|_fault| say::import_unreadable().to_owned())?;
    let systems = list::parse(&bytes(&buffer)).map_err(|fault| fault.text())?;
    let known: Vec<String> =
        desk.kinds.with_untracked(|kinds| kinds.iter().map(|kind| kind.id.clone()).collect());
    list::check_kinds(&systems, &known).map_err(|fault| fault.text())?;
    let here = match desk.shared.systems.get_untracked() {
        Some(Ok(here)) => here.to_vec(),
        _ => Vec::new(),
    };
    let own = kept::read().map_err(|fault| say::kept_broken(fault.text()))?;
    let changes = list::changes(&here, &own, &systems);
    Ok(Preview { systems, changes })
}

/// What would change, system by system.
fn changes(preview: &Preview) -> AnyView {
    let lines: Vec<_> = preview
        .systems
        .iter()
        .zip(&preview.changes)
        .map(|(entry, change)| {
            let (tone, word, more) = match change {
                Change::Added => (Tone::Good, say::change_added(), differences(&SystemEntry::default(), entry)),
                Change::Changed(before) => (Tone::Warn, say::change_changed(), differences(before, entry)),
                Change::Same => (Tone::Neutral, say::change_same(), Vec::new()),
                Change::BySite => (Tone::Neutral, say::change_by_site(), Vec::new()),
            };
            let more: Vec<_> = more.into_iter().map(|line| view! { <p class="muted">{line}</p> }).collect();
            view! { <li class="import-line"><strong>{entry.title().to_owned()}</strong>" "<ui::StateDot tone label=word/>{more}</li> }
        })
        .collect();
    let nothing = (preview.count() == 0).then(|| view! { <p>{say::import_nothing()}</p> });
    view! {
        <section aria-label=say::import_would()>
            <h3>{say::import_would()}</h3>
            {nothing}
            <ul class="import-list">{lines}</ul>
        </section>
    }
    .into_any()
}

/// The fields that differ, old → new. Of a new system these are all: where its passwords will go must be plain to see.
fn differences(before: &SystemEntry, after: &SystemEntry) -> Vec<String> {
    let options = |entry: &SystemEntry| {
        if entry.options.is_empty() {
            String::new()
        } else {
            serde_json::Value::Object(entry.options.clone()).to_string()
        }
    };
    [
        (say::label(), before.label.clone(), after.label.clone()),
        (say::kind(), before.kind.clone(), after.kind.clone()),
        (say::address(), before.address.clone(), after.address.clone()),
        (say::change_options(), options(before), options(after)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(field, old, new)| {
        if *before == SystemEntry::default() {
            return say::new_line(field, new);
        }
        let shown = |text: String| if text.is_empty() { crate::format::NONE.to_owned() } else { text };
        say::change_line(field, shown(old), shown(new))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let before =
            SystemEntry { label: "North".to_owned(), address: "old/".to_owned(), ..SystemEntry::default() };
        let after = SystemEntry { address: "new/".to_owned(), ..SystemEntry::default() };
        assert_eq!(differences(&before, &before), Vec::<String>::new());
        assert_eq!(differences(&before, &after), ["Label: North → —", "Address: old/ → new/"]);
        assert_eq!(differences(&SystemEntry::default(), &after), ["Address: new/"]);
    }
}
