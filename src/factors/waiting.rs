//! Devices that are there and not enabled, as far as this browser knows of them.

use leptos::prelude::*;
use words::factor as say;

use super::{Factors, short_name};
use crate::begun::Begun;
use crate::format::date;
use crate::operation::{Done, use_stage};
use crate::ui::{Button, ButtonKind, LinkButton, Notice, Tone};

/// The devices, each with the ways to go on.
#[component]
pub(super) fn Waiting(
    factors: Factors,
    /// The devices.
    waiting: RwSignal<Vec<Begun>>,
) -> impl IntoView {
    let factors = StoredValue::new(factors);
    let rows =
        move || waiting.get().into_iter().map(|begun| view! { <Row factors waiting begun/> }).collect_view();
    view! {
        <Show when=move || waiting.with(|waiting| !waiting.is_empty())>
            <div class="factor-unlisted">
                <Notice tone=Tone::Warn title=say::waiting() quiet=true>
                    <p>{say::waiting_text()}</p>
                    <ul class="factor-waiting">{rows}</ul>
                </Notice>
            </div>
        </Show>
    }
}

#[component]
fn Row(factors: StoredValue<Factors>, waiting: RwSignal<Vec<Begun>>, begun: Begun) -> impl IntoView {
    let stage = use_stage();
    let serial = StoredValue::new(begun.key.clone());
    let name = short_name(&begun.key).to_owned();
    let drop_it = move || {
        factors.with_value(|factors| {
            serial.with_value(|serial| factors.desk.forget(serial));
            waiting.set(factors.desk.begun());
        });
    };
    let removed = Callback::new(move |(subject, plan, answer): Done| {
        drop_it();
        stage.finish(&subject, &plan, answer);
    });
    let remove = move |_| {
        let subject = factors.with_value(|factors| {
            let remove = factors.remove.as_ref()?;
            serial.with_value(|serial| Some(factors.with_device(remove, serial)))
        });
        if let Some(subject) = subject {
            stage.ask(subject, removed);
        }
    };
    let form = factors.with_value(|factors| serial.with_value(|serial| factors.form(Some(serial))));
    let (enable_it, delete_it, forget_it) = (say::go_on(&name), say::delete(&name), say::forget(&name));
    let can_remove = factors.with_value(|factors| factors.remove.is_some());
    view! {
        <li>
            <span><strong>{name}</strong>" "<span class="muted mono">{begun.key}</span></span>
            <span class="muted">{say::since(date::exact(begun.at))}</span>
            <span class="factor-actions">
                <LinkButton href=form.href() small=true>{enable_it}</LinkButton>
                {can_remove.then(|| view! {
                    <Button small=true kind=ButtonKind::Danger on_click=remove>{delete_it}</Button>
                })}
                <Button small=true kind=ButtonKind::Quiet on_click=move |_| drop_it()>{forget_it}</Button>
            </span>
        </li>
    }
}
