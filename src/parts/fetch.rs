//! Shows what a part makes, once it is there.

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use wasm_split_helpers::SplitLoaderError;

use crate::system::System;
use crate::ui;

/// What a part makes.
pub(super) type Made = Result<AnyView, SplitLoaderError>;
type Making = Pin<Box<dyn Future<Output = Made>>>;
type Make = Box<dyn Fn() -> Making + Send + Sync>;

/// How far a part has come.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Fetching,
    Ready,
    Failed,
}

/// Whether the first data are on the page, or what is told in their place: what is not needed to show them may be fetched now.
static PAINTED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Whether what comes after the first data may be asked for.
pub(super) fn painted() -> ArcRwSignal<bool> {
    PAINTED.clone()
}

/// Shows what a part makes as soon as it is there, and what to do when it cannot be fetched.
pub(super) fn lazily(make: Make) -> AnyView {
    fetched(make, || view! { <ui::PageLoading label=words::files::part_loading()/> }.into_any())
}

/// As [`lazily`], with something else until it is there.
pub(super) fn fetched(make: Make, waiting: fn() -> AnyView) -> AnyView {
    let known = use_context::<System>().map(|system| system.known);
    let state = RwSignal::new(State::Fetching);
    let made = StoredValue::new_local(None::<AnyView>);
    let make = StoredValue::new(make);
    let fetch = move || {
        state.set(State::Fetching);
        let making = make.with_value(|make| make());
        spawn_local_scoped_with_cancellation(async move {
            // Only the main module makes do with a part of the catalog.
            let is_known = match known {
                Some(known) => known.whole().await.is_ok(),
                None => true,
            };
            // The loader writes the browser's reason to the console.
            let view = if is_known { making.await.ok() } else { None };
            state.set(if view.is_some() { State::Ready } else { State::Failed });
            made.set_value(view);
        });
    };
    fetch();
    (move || match state.get() {
        State::Fetching => waiting(),
        State::Ready => made.try_update_value(Option::take).flatten().unwrap_or_else(|| ().into_any()),
        State::Failed => view! {
            <ui::Notice tone=ui::Tone::Bad title=words::files::part_missing()>
                <p>{words::files::part_missing_text()}</p>
                <ui::Button on_click=move |_| fetch()>{words::reading::try_again()}</ui::Button>
            </ui::Notice>
        }
        .into_any(),
    })
    .into_any()
}
