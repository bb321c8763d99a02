//! Who is signed in, the settings, and the way out.

use leptos::prelude::*;

use crate::app::overlay::{Overlay, Overlays};
use crate::session;
use crate::system::use_system;
use crate::ui;

/// The menu at the end of the bar.
#[component]
pub fn SessionMenu() -> impl IntoView {
    let system = use_system();
    let overlays: Overlays = expect_context();
    let state = system.state;
    let of = system.clone();
    let who = Memo::new(move |_| {
        state.with(|state| {
            state.session.as_ref().map(|session| (session::name(session), session::role_titles(&of, session)))
        })
    });
    let user = move || {
        let named = who.get().and_then(|(name, _)| name);
        named.unwrap_or_else(|| words::palette::no_sign_in().to_owned())
    };
    let role = move || who.get().map(|(_, role)| role).filter(|role| !role.is_empty());
    let voice = ui::use_voice();
    let sign_out = Callback::new(move |()| session::sign_out(&system, voice));
    let is_signed_in = move || who.get().is_some_and(|(name, _)| name.is_some());
    let open = move |overlay| Callback::new(move |()| overlays.open(overlay));
    view! {
        {move || role().map(|role| view! { <span class="who-role">{role}</span> })}
        <ui::Menu label=user icon="user" show_label=true>
            <ui::MenuItem label=words::settings::title() icon="settings" on_click=open(Overlay::Settings)/>
            <ui::MenuItem label=words::palette::help_title() icon="keyboard" on_click=open(Overlay::Help)/>
            {move || is_signed_in().then(|| view! {
                <ui::MenuItem label=words::palette::sign_out() icon="sign-out" on_click=sign_out/>
            })}
        </ui::Menu>
    }
}
