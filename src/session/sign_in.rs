//! Signing in: a page of its own at first, a dialog on top of the page when a session has ended.
//!
//! The inputs are those that the system asks for. They carry the names and hints that password managers look for, and their
//! values stay in this component: nothing is stored.

use std::collections::BTreeMap;

use boxdeck_catalog::Field;
use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};
use web_sys::SubmitEvent;

use crate::session;
use crate::storage;
use crate::system::use_system;
use crate::ui;

/// The sign-in as a page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let system = use_system();
    let title = words::sign_in::title(system.entry.title());
    view! {
        <main class="door" id="main">
            <div class="door-panel">
                <h1>{title}</h1>
                <p class="muted">{system.catalog().kind.title.clone()}" · "{system.entry.address.clone()}</p>
                <SignInForm/>
                <p><a href=crate::place::Place::systems().href()>{words::sign_in::other_systems()}</a></p>
            </div>
        </main>
    }
}

/// The sign-in on top of a page whose session has ended. The page keeps what it shows and what was typed into it.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let system = use_system();
    let (leaving, voice) = (system.clone(), ui::use_voice());
    let leave = move |_| session::sign_out(&leaving, voice);
    view! {
        <ui::Dialog title=words::sign_in::again() close_label=words::sign_in::leave() size=ui::DialogSize::Small on_close=leave>
            <p>{words::sign_in::ended(system.entry.title())}</p>
            <SignInForm/>
        </ui::Dialog>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let system = use_system();
    let fields: Vec<Field> = system.state.with_untracked(|state| {
        state.challenge.as_ref().map(|challenge| challenge.fields.clone()).unwrap_or_default()
    });
    let last_user = storage::last_user(&system.entry.name);
    let values: BTreeMap<String, RwSignal<String>> = fields
        .iter()
        .map(|field| {
            let known = match (field.name.as_str(), &field.default) {
                ("user", _) => last_user.clone(),
                (_, Some(Value::String(text))) => Some(text.clone()),
                _ => None,
            };
            (field.name.clone(), RwSignal::new(known.unwrap_or_default()))
        })
        .collect();
    let failure = RwSignal::new(None::<Failure>);
    // What was refused, so that a fault goes as soon as something else is typed.
    let refused = StoredValue::new(Map::new());
    let busy = RwSignal::new(false);
    let kept = StoredValue::new(values.clone());
    let submit = {
        let system = system.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            let inputs: Map<String, Value> = kept.with_value(|values| {
                values
                    .iter()
                    .map(|(name, value)| (name.clone(), Value::String(value.get_untracked())))
                    .collect()
            });
            busy.set(true);
            let system = system.clone();
            spawn_local(async move {
                let fault = session::sign_in(&system, &inputs).await.err();
                let first = fault
                    .as_ref()
                    .and_then(|failure| failure.fields.first())
                    .map(|fault| input_id(&fault.field));
                refused.try_set_value(inputs);
                busy.try_set(false);
                failure.try_set(fault);
                if let Some(id) = first {
                    request_animation_frame(move || ui::focus(&id));
                }
            });
        }
    };
    let inputs: Vec<_> = fields
        .into_iter()
        .filter_map(|field| {
            let value = values.get(&field.name).copied()?;
            let name = field.name.clone();
            let fault = Memo::new(move |_| {
                let is_same = refused.with_value(|refused| {
                    value.with(|text| refused.get(&name).and_then(Value::as_str) == Some(text))
                });
                failure.with(|failure| {
                    let faults = failure.as_ref().filter(|_| is_same).map(|failure| failure.fields.iter());
                    faults
                        .into_iter()
                        .flatten()
                        .find(|fault| fault.field == name)
                        .map(|fault| fault.message.clone())
                })
            });
            Some(view! { <SignInInput field value fault/> })
        })
        .collect();
    view! {
        <form class="door-form" on:submit=submit>
            {move || failure.get().map(|failure| view! { <ui::Notice tone=ui::Tone::Bad title=title_of(&failure).to_owned()>{failure.message}</ui::Notice> })}
            {inputs}
            <ui::Button submit=true kind=ui::ButtonKind::Primary busy=busy>{words::sign_in::sign_in()}</ui::Button>
        </form>
    }
}

/// The id of an input, by the name of its field.
fn input_id(name: &str) -> String {
    format!("sign-in-{name}")
}

fn title_of(failure: &Failure) -> &'static str {
    match failure.kind {
        FailureKind::BadCredentials | FailureKind::SignedOut => words::failure::bad_credentials(),
        FailureKind::Unreachable => words::failure::unreachable(),
        _ => words::sign_in::failed(),
    }
}

#[component]
fn SignInInput(field: Field, value: RwSignal<String>, fault: Memo<Option<String>>) -> impl IntoView {
    let id = input_id(&field.name);
    let is_user = field.name == "user";
    let secret = field.secret;
    let help = (!field.help.is_empty()).then_some(field.help);
    view! {
        <ui::FormField label=field.label help error=fault id>
            {if secret {
                view! { <ui::PasswordInput value/> }.into_any()
            } else {
                view! { <ui::TextInput value autocomplete=if is_user { "username" } else { "off" } autofocus=is_user/> }.into_any()
            }}
        </ui::FormField>
    }
}
