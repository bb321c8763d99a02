//! The page on which a device is made and enabled.

use boxdeck_dialect::query::url::decode_pairs;
use leptos::{html, prelude::*};
use words::factor as say;

use super::key::{Key, KeyView};
use super::waiting::Waiting;
use super::{DEVICE, Factors, short_name};
use crate::operation::{Done, FormPage, Gathered, InlineForm, use_stage};
use crate::place::browser::use_navigation;
use crate::place::title::use_page_title;
use crate::ui::{self, Button, ButtonKind, LinkButton, Notice, Tone};

/// The page.
#[component]
pub fn FactorForm() -> impl IntoView {
    match Factors::here() {
        Some(factors) => view! { <Enrolment factors/> }.into_any(),
        None => view! { <FormPage/> }.into_any(),
    }
}

#[component]
fn Enrolment(factors: Factors) -> impl IntoView {
    let navigation = use_navigation();
    // In the memory of this page alone, and gone with it.
    let key = RwSignal::new(None::<Key>);
    let typed = RwSignal::new(false);
    let device = Memo::new(move |_| {
        let pairs = decode_pairs(&navigation.place().query);
        pairs.into_iter().find(|(name, _)| name == DEVICE).map(|(_, serial)| serial)
    });
    navigation.guard_while(move || {
        match key.with(|key| key.as_ref().map(|key| short_name(&key.serial).to_owned())) {
            Some(name) => Some(say::leaving(name)),
            None => typed.get().then(|| words::form::would_be_lost().to_owned()),
        }
    });
    let title = factors.create.title.clone();
    use_page_title().call(&title);
    let step = move || {
        if device.with(Option::is_none) { 0 } else { 1 }
    };
    let content = {
        let factors = factors.clone();
        move || match device.get() {
            None => view! { <Make factors=factors.clone() key typed/> }.into_any(),
            Some(serial) => view! { <Prove factors=factors.clone() key typed serial/> }.into_any(),
        }
    };
    view! {
        <div class="stack">
            <ui::PageHeader title=title subtitle=Some(say::what_it_is().to_owned())/>
            <ui::Steps
                label=say::steps()
                steps=vec![say::step_make().to_owned(), say::step_prove().to_owned()]
                current=Signal::derive(step)
            />
            {content}
        </div>
    }
}

/// Makes a device.
#[component]
fn Make(factors: Factors, key: RwSignal<Option<Key>>, typed: RwSignal<bool>) -> impl IntoView {
    let navigation = use_navigation();
    let stage = use_stage();
    let waiting = RwSignal::new(factors.desk.begun());
    let subject = factors.desk.subject(factors.create.clone());
    let cancel = factors.desk.list().href();
    let of = factors.clone();
    let done = Callback::new(move |(subject, plan, answer): Done| {
        typed.set(false);
        match Key::of(&answer) {
            Some(made) => {
                of.desk.keep(&made.serial, "");
                let next = of.form(Some(&made.serial));
                key.set(Some(made));
                navigation.replace(&next);
            }
            None => {
                navigation.set_guard(None);
                stage.finish(&subject, &plan, answer);
            }
        }
    });
    view! {
        <Waiting factors waiting/>
        <InlineForm subject on_done=done watch=watching(typed) cancel=cancel/>
    }
}

/// Enables a device with two of its codes.
#[component]
fn Prove(
    factors: Factors,
    key: RwSignal<Option<Key>>,
    typed: RwSignal<bool>,
    /// Name of the device.
    serial: String,
) -> impl IntoView {
    let navigation = use_navigation();
    let stage = use_stage();
    let heading = NodeRef::<html::H2>::new();
    // Whoever has just pressed a button that is gone goes on here.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // Focus can only fail for elements that left the page.
            drop(heading.focus());
        }
    });
    let name = short_name(&serial).to_owned();
    let (title, delete_it) = (say::not_enabled(&name), say::delete(&name));
    let subject = factors.with_device(&factors.enable, &serial);
    let removal = factors.remove.as_ref().map(|remove| factors.with_device(remove, &serial));
    let another = factors.form(None);
    let known = StoredValue::new((factors, serial.clone()));
    let ended = Callback::new(move |(subject, plan, answer): Done| {
        known.with_value(|(factors, serial)| factors.desk.forget(serial));
        key.set(None);
        typed.set(false);
        navigation.set_guard(None);
        stage.finish(&subject, &plan, answer);
    });
    let shown = key.get_untracked().filter(|key| key.serial == serial);
    let key_view = match shown {
        Some(key) => view! { <KeyView key/> }.into_any(),
        None => view! {
            <Notice tone=Tone::Info title=say::no_key() quiet=true>
                <p>{say::no_key_text()}</p>
                <p class="muted">{say::serial()}" "<span class="mono">{serial}</span></p>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <section class="record-section">
            <h2 tabindex="-1" node_ref=heading>{title}</h2>
            {key_view}
        </section>
        <section class="record-section">
            <h2>{say::two_codes()}</h2>
            <p class="muted">{say::two_codes_text()}</p>
            <InlineForm subject on_done=ended watch=watching(typed)/>
        </section>
        <section class="record-section">
            <h2>{say::not_this()}</h2>
            <p class="muted">{say::not_this_text()}</p>
            <p class="factor-actions">
                {removal.map(|subject| view! {
                    <Button kind=ButtonKind::Danger on_click=move |_| stage.ask(subject.clone(), ended)>{delete_it}</Button>
                })}
                <LinkButton href=another.href()>{say::another()}</LinkButton>
            </p>
        </section>
    }
}

/// Tells whether something is typed in a form.
fn watching(typed: RwSignal<bool>) -> Callback<Memo<Gathered>> {
    Callback::new(move |gathered: Memo<Gathered>| {
        Effect::new(move |_| {
            typed.try_set(gathered.with(|gathered| gathered.changed));
        });
    })
}
