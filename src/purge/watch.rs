//! Watching a bucket until nothing is left in it.

use leptos::prelude::*;
use words::purge as say;

use super::bucket::Purge;
use super::read::Seen;
use super::since;
use crate::begun::Begun;
use crate::load::Loader;
use crate::record::watch_while;
use crate::ui::{self, Button, LinkButton, Notice, Tone};

/// How far it is with a bucket that was purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Nothing is left in it.
    Empty,
    /// It is gone itself.
    Gone,
    /// So many objects are left.
    Left(u64),
    /// The system does not count.
    NotCounted,
}

fn progress(seen: &Seen) -> Progress {
    match (&seen.bucket, seen.held) {
        (None, _) => Progress::Gone,
        (_, Some((0, 0))) => Progress::Empty,
        (_, Some((_, objects))) => Progress::Left(objects),
        (_, None) => Progress::NotCounted,
    }
}

/// Reads again and again until the bucket is empty, and says how far it is.
#[component]
pub(super) fn Emptying(
    purge: Purge,
    begun: RwSignal<Option<Begun>>,
    loader: Loader<Seen>,
    /// Reads anew.
    read: Callback<()>,
) -> impl IntoView {
    let now = Memo::new(move |_| loader.get().data.map(|seen| progress(&seen)));
    let goes_on = Memo::new(move |_| matches!(now.get(), Some(Progress::Left(_))));
    watch_while(goes_on, loader, move || read.run(()));
    let list = purge.desk.list().href();
    let when = move || begun.get().as_ref().map(since).unwrap_or_default();
    let told = move || match now.get() {
        None => view! { <ui::Skeleton lines=2/> }.into_any(),
        Some(Progress::Empty) => {
            view! { <Notice tone=Tone::Good title=say::empty()><p>{say::empty_text()}</p></Notice> }
                .into_any()
        }
        Some(Progress::Gone) => {
            view! { <Notice tone=Tone::Good title=say::gone()><p>{say::gone_text()}</p></Notice> }.into_any()
        }
        Some(Progress::Left(objects)) => view! {
            <Notice tone=Tone::Info title=say::left(objects)><p>{say::left_text()}</p></Notice>
        }
        .into_any(),
        Some(Progress::NotCounted) => view! {
            <Notice tone=Tone::Info title=say::not_counted()><p>{say::not_counted_text()}</p></Notice>
        }
        .into_any(),
    };
    let finish = move |_| {
        purge.forget();
        begun.set(None);
    };
    view! {
        <section class="record-section">
            <h2>{say::step_watch()}</h2>
            <p class="muted">{move || say::begun(when())}</p>
            {told}
            <p class="factor-actions">
                <LinkButton href=list>{words::common::back_to_list()}</LinkButton>
                <Button on_click=finish>{say::start_over()}</Button>
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn only_what_is_counted_as_nothing_is_empty() {
        let seen = |held| Seen { bucket: Some(Arc::default()), held, ..Seen::default() };
        assert_eq!(progress(&seen(Some((0, 0)))), Progress::Empty);
        assert_eq!(progress(&seen(Some((512, 3)))), Progress::Left(3));
        assert_eq!(progress(&seen(None)), Progress::NotCounted);
        assert_eq!(progress(&Seen::default()), Progress::Gone);
    }
}
