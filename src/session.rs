//! Signing in to a system, signing out, and noticing that a session has ended.

mod renewal;
mod sign_in;

use boxdeck_dialect::{Authority, Entry, Failure, FailureKind, Flow, Progress, Response, Session};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

use crate::app::recent;
use crate::files;
use crate::operation::journal;
use crate::storage;
use crate::system::{SessionState, System};
use crate::transport;
use crate::ui::{Tone, Voice};

pub use renewal::Renewal;
pub use sign_in::{SignInAgain, SignInPage};

/// Asks the system whether it lets this browser in; the answer becomes the system's session state.
pub fn knock(system: &System) {
    let system = system.clone();
    spawn_local(async move {
        let user = storage::last_user(&system.entry.name);
        let flow = system.dialect.knock(user.as_deref(), &system.entry.options);
        let state = match converse(&system, flow).await {
            Ok(Entry::Open(session)) => SessionState::open(session),
            Ok(Entry::Ask(challenge)) => {
                SessionState { challenge: Some(challenge), ..SessionState::default() }
            }
            Err(failure) => SessionState { failure: Some(failure), ..SessionState::default() },
        };
        system.state.set(state);
    });
}

/// Signs in with what a person typed.
///
/// # Errors
/// The system's refusal, to be shown beside the inputs.
pub async fn sign_in(system: &System, inputs: &Map<String, Value>) -> Result<(), Failure> {
    let Some(challenge) = system.state.with_untracked(|state| state.challenge.clone()) else {
        return Ok(());
    };
    let flow = system.dialect.sign_in(&challenge, inputs, &system.entry.options);
    let session = converse(system, flow).await?;
    if let Some(user) = &session.user {
        storage::remember_user(&system.entry.name, user);
    }
    system.state.set(SessionState::open(session));
    system.touch_all();
    Ok(())
}

/// Ends the session on the system and here. Nothing of it stays here, whether or not the system answers; where it does not
/// confirm that the session has ended, `voice` says so.
pub fn sign_out(system: &System, voice: Option<Voice>) {
    let system = system.clone();
    spawn_local(async move {
        let session = system.session();
        storage::forget_user(&system.entry.name);
        journal::forget(&system.entry.name);
        recent::forget(&system.entry.name);
        files::forget_all();
        if let Some(voice) = voice {
            voice.clear();
        }
        let confirmed = match system.dialect.sign_out(&session) {
            Some(mut request) => {
                system.dialect.authorize(&session, &mut request);
                is_confirmed(&transport::send(&request, &system.route(None)).await)
            }
            None => true,
        };
        if !confirmed && let Some(voice) = voice {
            let text = words::sign_in::sign_out_unconfirmed(system.entry.title());
            voice.toast(Tone::Warn, text, words::outcome::close_message());
        }
        system.state.set(SessionState::default());
        knock(&system);
    });
}

/// Whether the session is known to have ended: the system says so, or no longer knows it.
const fn is_confirmed(answer: &Result<Response, Failure>) -> bool {
    match answer {
        Ok(response) => response.status < 400 || response.status == 401,
        Err(_) => false,
    }
}

/// Called when an answer says that the session has ended: renews it where that can be done, else asks again.
pub fn lost(system: &System) {
    if system.state.with_untracked(|state| state.challenge.is_some() || state.session.is_none()) {
        return;
    }
    if system.state.with_untracked(SessionState::renews) {
        system.state.update(|state| state.ended = true);
    } else {
        ask_again(system);
    }
}

/// Asks again on top of the page, which keeps what it shows.
fn ask_again(system: &System) {
    let system = system.clone();
    spawn_local(async move {
        // Without a user name the dialect cannot take a cookie for a session: it always asks.
        let flow = system.dialect.knock(None, &system.entry.options);
        match converse(&system, flow).await {
            Ok(Entry::Ask(challenge)) => system.state.update(|state| state.challenge = Some(challenge)),
            Ok(Entry::Open(session)) => system.state.set(SessionState::open(session)),
            Err(failure) => system.state.update(|state| {
                state.failure = Some(failure);
                // The next answer that says so asks again.
                state.ended = false;
            }),
        }
    });
}

/// Who is signed in, or what by, as far as the system has said.
pub fn user(session: &Session) -> Option<String> {
    session.user.clone().or_else(|| session.known_as.clone())
}

/// What a person reads as who is signed in: the user, or that somebody is where what proves it has no name. `None` where
/// the system asks for nothing.
pub fn name(session: &Session) -> Option<String> {
    let has_proof = session.authority != Authority::None;
    user(session).or_else(|| has_proof.then(|| words::palette::signed_in().to_owned()))
}

/// Roles as the person should read them.
pub fn role_titles(system: &System, session: &Session) -> String {
    let catalog = system.catalog();
    let titles: Vec<&str> = session.roles.iter().map(|role| catalog.role_title(role)).collect();
    titles.join(", ")
}

/// Plays a flow to its end.
async fn converse<T>(system: &System, mut flow: Box<dyn Flow<T>>) -> Result<T, Failure> {
    /// More requests than any sign-in needs: a dialect that asks for more is going in circles.
    const MOST_STEPS: usize = 8;
    let mut progress = flow.start();
    for _step in 0..MOST_STEPS {
        match progress {
            Progress::Send(request) => {
                let response = transport::send(&request, &system.route(None)).await?;
                progress = flow.answer(&response);
            }
            Progress::Done(result) => return Ok(result),
            Progress::Failed(failure) => return Err(failure),
        }
    }
    Err(Failure::new(FailureKind::Malformed, words::sign_in::in_circles()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_out_counts_only_where_the_system_says_so() {
        let of = |status| is_confirmed(&Ok(Response { status, ..Response::default() }));
        assert!(of(200) && of(204) && of(401));
        assert!(!of(403) && !of(500) && !of(503));
        assert!(!is_confirmed(&Err(Failure::new(FailureKind::Unreachable, ""))));
    }
}
