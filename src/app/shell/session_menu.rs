//! Who is signed in, the look, and the way out.

use leptos::prelude::*;

use crate::app::theme::Look;
use crate::session;
use crate::system::use_system;
use crate::ui;

/// Themes by the value that the style sheet knows, the browser's own first.
const THEMES: [(&str, &str, &str); 4] = [
    ("", "System theme", "contrast"),
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
    ("contrast", "High contrast", "contrast"),
];

/// The tools at the end of the bar.
#[component]
pub fn SessionMenu() -> impl IntoView {
    let system = use_system();
    let look: Look = expect_context();
    let state = system.state;
    let of = system.clone();
    let who = Memo::new(move |_| {
        state.with(|state| {
            state.session.as_ref().map(|session| (session.user.clone(), session::role_titles(&of, session)))
        })
    });
    let user = move || who.get().and_then(|(user, _)| user).unwrap_or_else(|| "No sign-in needed".to_owned());
    let role = move || who.get().map(|(_, role)| role).filter(|role| !role.is_empty());
    let voice = ui::use_voice();
    let sign_out = Callback::new(move |()| session::sign_out(&system, voice));
    let has_user = move || who.get().is_some_and(|(user, _)| user.is_some());
    view! {
        {move || role().map(|role| view! { <span class="who-role">{role}</span> })}
        <ui::Menu label=user icon="user" show_label=true>
            {THEMES.map(|(value, label, icon)| {
                let chosen = move || {
                    let mark = if look.theme.get() == value { " (chosen)" } else { "" };
                    format!("{label}{mark}")
                };
                view! { <ui::MenuItem label=Signal::derive(chosen) icon=icon.to_owned() on_click=move |()| look.theme.set(value.to_owned())/> }
            }).collect_view()}
            <ui::MenuItem
                label=Signal::derive(move || if look.density.with(String::is_empty) { "Compact rows" } else { "Comfortable rows" }.to_owned())
                on_click=move |()| look.density.update(|density| {
                    *density = if density.is_empty() { "compact".to_owned() } else { String::new() };
                })
            />
            {move || has_user().then(|| view! { <ui::MenuItem label="Sign out" icon="sign-out" on_click=sign_out/> })}
        </ui::Menu>
    }
}
