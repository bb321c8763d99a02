//! A file that comes in pieces: how much of it is there, stopping, and going on where it stopped.
//!
//! The pieces are kept as the browser keeps files, not in the console's memory, which a large file would not fit into.

use std::sync::Arc;

use ::words::outcome as say;
use boxdeck_catalog::Operation;
use boxdeck_dialect::{Failure, Request};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use web_sys::Blob;

use super::form::Subject;
use super::save_as::{SaveAs, UNNAMED};
use crate::format::amount;
use crate::load::{Loader, Reader};
use crate::refusal::RefusalNotice;
use crate::save;
use crate::system::System;
use crate::ui::{self, Button, ButtonKind};

/// The status that means that nothing of a file is left from that byte on.
const NOTHING_LEFT: u16 = 416;

/// What has come of a file.
#[derive(Clone, Copy)]
struct Fetched {
    parts: StoredValue<Vec<Blob>, LocalStorage>,
    /// Bytes of all parts.
    size: RwSignal<u64>,
    /// The system's name for it.
    name: RwSignal<Option<String>>,
    is_whole: RwSignal<bool>,
}

impl Fetched {
    fn new() -> Self {
        Self {
            parts: StoredValue::new_local(Vec::new()),
            size: RwSignal::new(0),
            name: RwSignal::new(None),
            is_whole: RwSignal::new(false),
        }
    }

    /// Keeps a piece; how much there is now. `None`: nobody waits for it any more.
    fn keep(self, content: &[u8]) -> Option<u64> {
        // A browser makes a blob of any bytes.
        let part = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(content))).ok()?;
        self.parts.try_update_value(|parts| parts.push(part))?;
        self.size.try_update(|size| {
            *size += content.len() as u64;
            *size
        })
    }

    /// Offers the whole file.
    fn save(self, name: &str) -> Result<(), String> {
        let parts = self.parts.with_value(|parts| parts.iter().collect::<Array>());
        let file = Blob::new_with_blob_sequence(&parts).map_err(|_fault| say::not_saved().to_owned())?;
        save::blob(name, &file)
    }
}

/// Fetches the rest of a file, piece by piece.
async fn fetch(
    system: &System,
    operation: &Operation,
    request: &Request,
    reader: Reader,
    file: Fetched,
) -> Result<(), Failure> {
    let mut from = file.size.try_get_untracked().unwrap_or_default();
    while let Some(piece) = system.dialect.piece(operation, request, from) {
        let answer = match system.query(operation, piece.request, reader.clone()).await {
            Err(failure) if failure.status == Some(NOTHING_LEFT) && from > 0 => break,
            answer => answer?,
        };
        let content = answer.content.unwrap_or_default();
        if answer.file_name.is_some() {
            file.name.try_set(answer.file_name);
        }
        let Some(size) = file.keep(&content) else { return Ok(()) };
        if (content.len() as u64) < piece.length {
            break;
        }
        from = size;
    }
    file.is_whole.try_set(true);
    Ok(())
}

/// Fetches a file in pieces and offers it when it is whole.
#[component]
pub(super) fn PiecesDialog(
    subject: Subject,
    /// The request for the file, without a piece.
    request: Request,
    title: String,
    on_close: Callback<()>,
) -> impl IntoView {
    let loader = Loader::<()>::new();
    let file = Fetched::new();
    let usual = subject.operation.file_name.clone();
    let name = move || file.name.get().or_else(|| usual.clone()).unwrap_or_else(|| UNNAMED.to_owned());
    let name = Memo::new(move |_| name());
    let go_on = move || {
        let (system, operation) = (subject.system.clone(), Arc::clone(&subject.operation));
        let request = request.clone();
        loader.run(move |reader| async move { fetch(&system, &operation, &request, reader, file).await });
    };
    go_on();
    let loading = Memo::new(move |_| loader.get().loading);
    let so_far = Memo::new(move |_| amount::short_bytes(i128::from(file.size.get())));
    let again = go_on.clone();
    let state = move || {
        if file.is_whole.get() {
            return view! { <Whole file name/> }.into_any();
        }
        if let Some(failure) = loader.failure().get() {
            return view! { <RefusalNotice failure partial=None/> }.into_any();
        }
        if loading.get() {
            let note = Signal::derive(move || Some(say::so_far(so_far.get())));
            return view! { <ui::ProgressBar label=say::fetching(name.get()) value=Signal::stored(None) note/> }
                .into_any();
        }
        view! { <ui::Notice tone=ui::Tone::Info>{say::stopped_at(so_far.get())}</ui::Notice> }.into_any()
    };
    let way = move || {
        let again = again.clone();
        if file.is_whole.get() {
            ().into_any()
        } else if loading.get() {
            view! { <Button on_click=move |_| loader.cancel()>{say::stop()}</Button> }.into_any()
        } else {
            view! { <Button on_click=move |_| again()>{say::go_on()}</Button> }.into_any()
        }
    };
    view! {
        <ui::Dialog
            title=title
            close_label=::words::common::close()
            size=ui::DialogSize::Large
            on_close=move |_| on_close.run(())
            footer=move || {
                let way = way.clone();
                view! {
                    {way}
                    <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{::words::common::close()}</Button>
                }.into_any()
            }
        >
            {state}
        </ui::Dialog>
    }
}

/// A file that is all there.
#[component]
fn Whole(file: Fetched, name: Memo<String>) -> impl IntoView {
    view! {
        <p>{move || say::file(file.size.get(), name.get())}</p>
        <SaveAs name=name save=move |name| file.save(name)/>
    }
}
