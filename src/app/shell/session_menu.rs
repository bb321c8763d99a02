//! Who is signed in, the look, and the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::theme::Look;
use crate::session;
use crate::system::use_system;
use crate::ui;

/// The tools at the end of the bar.
#[component]
pub fn SessionMenu() -> impl IntoView {
    let system = use_system();
    let look: Look = expect_context();
    let state = system.state;
    let of = system.clone();
    let who = Memo::new(move |_| {
        state.with(|state| {
            state.session.as_ref().map(|session| {
                let user = session.user.clone().unwrap_or_else(|| "No sign-in needed".to_owned());
                (user, session::role_titles(&of, session))
            })
        })
    });
    let user = move || who.get().map(|(user, _)| user).unwrap_or_default();
    let role = move || who.get().map(|(_, role)| role).unwrap_or_default();
    let sign_out = {
        let system = system.clone();
        move |_| {
            let system = system.clone();
            spawn_local(async move {
                if let Err(failure) = session::sign_out(&system).await {
                    // Here everything is cleared; the box ends the session by itself after a while.
                    leptos::logging::warn!("The system did not confirm the sign-out: {}", failure.message);
                }
            });
        }
    };
    view! {
        <span class="who">
            <span class="who-user">{user}</span>
            <Show when=move || !role().is_empty()><span class="who-role">{role}</span></Show>
        </span>
        <ui::SelectInput
            label="Theme"
            value=look.theme
            options=vec![
                (String::new(), "System theme".to_owned()),
                ("light".to_owned(), "Light".to_owned()),
                ("dark".to_owned(), "Dark".to_owned()),
                ("contrast".to_owned(), "High contrast".to_owned()),
            ]
        />
        <ui::Button on_click=sign_out>"Sign out"</ui::Button>
    }
}
