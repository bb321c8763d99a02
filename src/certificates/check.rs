//! A chosen certificate file, read and judged before it is sent.

use boxdeck_certificate::{Contents, Doubt, Expected, Fit, LARGEST, Purpose, Weight, doubts, fault, read};
use boxdeck_dialect::{Failure, FailureKind, PartContent};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use words::certificates as say;

use super::facts::{CertificateFacts, now_seconds};
use super::{expected, installed, wording};
use crate::files;
use crate::load::Loader;
use crate::system::use_system;
use crate::transport::bytes;
use crate::ui;

/// What the chosen file holds and what is doubtful about it; why it is impossible goes to `fault`, which keeps the form from
/// being sent. While the file is read, `fault` says that too.
#[component]
pub fn CertificateCheck(
    /// The chosen file.
    chosen: RwSignal<Option<PartContent>>,
    /// Why it cannot be sent.
    fault: RwSignal<Option<String>>,
    /// What the system wants.
    expected: Expected,
    /// Whether the system shows this certificate to browsers itself.
    own: bool,
) -> impl IntoView {
    let system = use_system();
    let contents = Loader::<Contents>::new();
    Effect::new(move |_| {
        contents.clear();
        fault.set(None);
        let Some(PartContent::File { handle, .. }) = chosen.get() else { return };
        let Some(file) = files::get(handle) else { return };
        fault.set(Some(say::reading().to_owned()));
        contents.run(move |_abort| async move {
            let read = inspect(file, expected).await;
            fault.try_set(read.as_ref().err().cloned());
            read.map_err(|message| Failure::new(FailureKind::Invalid, message))
        });
    });
    let shown = move || {
        let contents = contents.get().data.filter(|_| fault.with(Option::is_none))?;
        let (hosts, installed) =
            if own { (installed::hosts(&system), installed::of(&system)) } else { (Vec::new(), None) };
        let purpose = if own {
            Purpose::Server { hosts: &hosts, installed: installed.as_ref() }
        } else {
            Purpose::Trust
        };
        let found = doubts(&contents, purpose, now_seconds());
        Some(view! { <Judged contents=(*contents).clone() found own/> })
    };
    view! { {shown} }
}

/// Reads a chosen file; the error is a sentence for the person who chose it.
async fn inspect(file: File, expected: Expected) -> Result<Contents, String> {
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if file.size() > LARGEST as f64 {
        return Err(say::too_large().to_owned());
    }
    let buffer =
        JsFuture::from(file.array_buffer()).await.map_err(|_fault| say::cannot_be_opened().to_owned())?;
    let contents = read(&bytes(&buffer)).map_err(|fault| wording::fault(&fault))?;
    match fault(&contents, expected) {
        Some(fault) => Err(wording::fault(&fault)),
        None => Ok(contents),
    }
}

/// What a certificate file from the system holds.
#[component]
pub fn CertificatesHeld(contents: Contents) -> impl IntoView {
    view! { <Judged contents found=Vec::new() own=false/> }
}

/// What is in the file of that name, if it is one for certificates and has some.
pub fn held(name: &str, content: &[u8]) -> Option<Contents> {
    let ending = name.rfind('.').and_then(|start| name.get(start..))?;
    expected(&ending.to_ascii_lowercase())?;
    read(content).ok().filter(|contents| !contents.certificates.is_empty())
}

/// Doubts first, then each certificate, the chain and the key.
#[component]
fn Judged(contents: Contents, found: Vec<Doubt>, own: bool) -> impl IntoView {
    let chain = contents.chain();
    let several = contents.certificates.len() > 1;
    let summary = (own && several && chain.is_ordered() && chain.strangers.is_empty()).then(|| {
        if chain.reaches_root {
            say::chain_whole().to_owned()
        } else {
            say::chain_partial(chain.order.len() as u64)
        }
    });
    let key = match (contents.fit(), contents.keys.iter().find(|key| !key.is_locked())) {
        (Some(Fit::To(index)), Some(key)) => Some(say::key_fits(key.describe(), index + 1)),
        (Some(_), Some(key)) => Some(say::key_unknown(key.describe())),
        _ => None,
    };
    let has_key = key.is_some();
    let certificates: Vec<_> = contents
        .certificates
        .into_iter()
        .enumerate()
        .map(|(index, certificate)| {
            let number = index + 1;
            let title = several.then(|| match chain.order.iter().position(|place| *place == index) {
                Some(0) if own => say::own_certificate(number),
                Some(_) if own && chain.order.len() > 1 => say::issuer_certificate(number),
                _ => say::certificate_number(number),
            });
            view! { <CertificateFacts certificate title/> }.into_any()
        })
        .collect();
    let more = (summary.is_some() || has_key).then(|| {
        view! {
            <ui::DescriptionList>
                {summary.map(|text| view! { <ui::Description label=say::chain() wide=true>{text}</ui::Description> })}
                {key.map(|text| view! { <ui::Description label=say::private_key() wide=true>{text}</ui::Description> })}
            </ui::DescriptionList>
        }
    });
    let note = if has_key { say::key_is_not_shown() } else { say::chain_not_verified() };
    view! {
        <div class="certificate-preview" role="group" aria-label=say::what_the_file_holds()>
            <Doubts found/>
            {certificates}
            {more}
            <p class="muted">{note}</p>
        </div>
    }
    .into_any()
}

/// What is suspicious: warnings together, and below them what is only good to know. `quiet` where they belong to a page from
/// the start.
#[component]
pub(super) fn Doubts(found: Vec<Doubt>, #[prop(optional)] quiet: bool) -> impl IntoView {
    let list = |weight: Weight, tone: ui::Tone, title: &'static str| {
        let lines: Vec<_> = found
            .iter()
            .filter(|doubt| doubt.weight() == weight)
            .map(|doubt| view! { <li>{wording::doubt(doubt)}</li> })
            .collect();
        (!lines.is_empty())
            .then(|| view! { <ui::Notice tone=tone title=title.to_owned() quiet=quiet><ul class="doubt-list">{lines}</ul></ui::Notice> })
    };
    let warnings = list(Weight::Warning, ui::Tone::Warn, say::look_at_this());
    let notes = list(Weight::Note, ui::Tone::Info, say::good_to_know());
    view! { {warnings}{notes} }.into_any()
}
