//! What is said without taking the focus: announcements for screen readers, and toasts.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::{IconButton, Tone, feedback::ToneIcon, hint::HintLayer};

/// How many toasts show at once; older ones give way.
const MOST_TOASTS: usize = 4;

/// How long the message of something that went well stays.
const GOOD_TOAST: Duration = Duration::from_secs(10);

/// After so long, waiting is worth a word.
const LASTING: Duration = Duration::from_secs(2);

#[derive(Clone, PartialEq)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    close_label: String,
}

/// The page's voice; get it by [`use_voice`].
#[derive(Clone, Copy)]
pub struct Voice {
    polite: RwSignal<String>,
    assertive: RwSignal<String>,
    toasts: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Voice {
    /// Says it when the screen reader has a pause.
    pub fn announce(self, text: impl Into<String>) {
        say(self.polite, text.into());
    }

    /// Interrupts: for what a person must know before the next key.
    pub fn alert(self, text: impl Into<String>) {
        say(self.assertive, text.into());
    }

    /// Shows and announces a message. What went well can be seen on the page too, so its message goes by itself; anything
    /// else stays until it is closed or pushed out, so that nobody has to read against a clock.
    pub fn toast(self, tone: Tone, text: impl Into<String>, close_label: impl Into<String>) {
        let text = text.into();
        self.announce(text.clone());
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.toasts.update(|toasts| {
            toasts.push(Toast { id, tone, text, close_label: close_label.into() });
            let surplus = toasts.len().saturating_sub(MOST_TOASTS);
            toasts.drain(..surplus);
        });
        if tone == Tone::Good {
            let toasts = self.toasts;
            set_timeout(
                move || {
                    toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
                },
                GOOD_TOAST,
            );
        }
    }

    /// Takes every message away: they belong to whoever was signed in.
    pub fn clear(self) {
        self.toasts.update(Vec::clear);
    }
}

/// Regions that screen readers watch ignore a text that is the same as before, so that a repeated one is told apart by a
/// space that nobody hears.
fn say(region: RwSignal<String>, text: String) {
    region.update(|said| *said = if *said == text { format!("{text}\u{a0}") } else { text });
}

/// The voice of the page around; `None` outside an [`Announcer`].
pub fn use_voice() -> Option<Voice> {
    use_context()
}

/// Says something politely, if the page has a voice.
pub fn announce(text: impl Into<String>) {
    if let Some(voice) = use_voice() {
        voice.announce(text);
    }
}

/// Says that something is awaited once it takes long: most waits are over before anyone could hear of them.
pub fn announce_lasting(waiting: Signal<bool>, text: super::Text) {
    let Some(voice) = use_voice() else { return };
    Effect::new(move |pending: Option<Option<TimeoutHandle>>| {
        if let Some(pending) = pending.flatten() {
            pending.clear();
        }
        if !waiting.get() {
            return None;
        }
        let told = move || {
            // A page that has gone waits no more.
            if waiting.try_get_untracked() == Some(true)
                && let Some(text) = text.try_get_untracked()
            {
                voice.announce(text);
            }
        };
        set_timeout_with_handle(told, LASTING).ok()
    });
}

/// Says inside of a modal dialog what the page's voice says while it is open: all around a modal dialog is out of reach
/// for a screen reader, the page's own regions too.
#[component]
pub(super) fn Echo() -> impl IntoView {
    // What was said before is old news.
    let since = |region: RwSignal<String>| {
        let heard = Memo::new(move |before: Option<&Option<String>>| {
            before.map(|_| region.get()).or_else(|| {
                region.track();
                None
            })
        });
        move || heard.get()
    };
    use_voice().map(|voice| {
        view! {
            <div class="visually-hidden" aria-live="polite">{since(voice.polite)}</div>
            <div class="visually-hidden" aria-live="assertive">{since(voice.assertive)}</div>
        }
    })
}

/// Gives the page its voice, its toasts and its hints; once, around everything.
#[component]
pub fn Announcer(
    /// Name of the region with the toasts.
    #[prop(into, default = words::page::messages().into())]
    toasts_label: super::Text,
    /// Makes what shows the messages, when there is the first: [`Toasts`].
    toasts: fn(Voice) -> AnyView,
    /// The page.
    children: Children,
) -> impl IntoView {
    let voice = Voice {
        polite: RwSignal::default(),
        assertive: RwSignal::default(),
        toasts: RwSignal::default(),
        next: StoredValue::new(0),
    };
    provide_context(voice);
    let is_needed = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || voice.toasts.with(|toasts| !toasts.is_empty())
    });
    view! {
        {children()}
        <div class="visually-hidden" role="status" aria-live="polite">{move || voice.polite.get()}</div>
        <div class="visually-hidden" role="alert" aria-live="assertive">{move || voice.assertive.get()}</div>
        <section class="toaster" aria-label=move || toasts_label.get()>
            {move || is_needed.get().then(|| toasts(voice))}
        </section>
        <HintLayer/>
    }
}

/// The messages of a voice.
#[component]
pub fn Toasts(voice: Voice) -> impl IntoView {
    view! {
        <For each=move || voice.toasts.get() key=|toast| toast.id let:toast>
            <div class=format!("toast {}", toast.tone.class())>
                <ToneIcon tone=toast.tone/>
                <p>{toast.text}</p>
                <IconButton
                    icon="close"
                    label=toast.close_label
                    small=true
                    on_click=move |_| voice.toasts.update(|toasts| toasts.retain(|other| other.id != toast.id))
                />
            </div>
        </For>
    }
}
