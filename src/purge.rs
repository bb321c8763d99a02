//! Emptying a bucket for good, step by step: what it holds, whether the vendor's token is needed and how to get it, the purge
//! itself, and watching until nothing is left.
//!
//! The vendor takes days to answer. What is so is read from the system each time; the browser keeps only that a token was asked
//! for, or that the purge was begun, and never the challenge or the token.

mod bucket;
mod read;
mod step;
mod there;
mod token;
mod watch;
mod ways;

use std::sync::Arc;

use boxdeck_dialect::query::url::decode_pairs;
use leptos::prelude::*;
use words::purge as say;

use crate::begun::Begun;
use crate::format::date;
use crate::load::Loader;
use crate::operation::{Done, FormPage, Subject, use_stage};
use crate::place::browser::use_navigation;
use crate::place::title::use_page_title;
use crate::refusal::FailureNotice;
use crate::ui::{self, Button, Notice, Tone};
use crate::when::AsOf;
use bucket::{DELETE, Purge, TOKEN};
use read::Seen;
use step::{PURGED, Step, step, steps};
use there::There;
use token::WithToken;
use watch::Emptying;
use ways::Ways;

/// Which way was chosen, in the address of the page.
const WAY: &str = "way";

/// The page.
#[component]
pub fn PurgePage() -> impl IntoView {
    match Purge::here() {
        Some(purge) => view! { <Wizard purge/> }.into_any(),
        None => view! { <FormPage/> }.into_any(),
    }
}

#[component]
fn Wizard(purge: Purge) -> impl IntoView {
    let navigation = use_navigation();
    let begun = RwSignal::new(purge.begun());
    let way = Memo::new(move |_| {
        let pairs = decode_pairs(&navigation.place().query);
        pairs.into_iter().find(|(name, _)| name == WAY).map(|(_, way)| way)
    });
    let now = Memo::new(move |_| begun.with(|begun| way.with(|way| step(begun.as_ref(), way.as_deref()))));
    let loader = Loader::<Seen>::new();
    let reading = purge.clone();
    let read = move || {
        let purge = reading.clone();
        loader.run(move |reader| async move { read::seen(&purge, reader).await });
    };
    {
        let (purge, read) = (purge.clone(), read.clone());
        Effect::new(move |_| {
            purge.desk.system.track(&purge.desk.resource.id);
            read();
        });
    }
    let seen = Memo::new(move |_| loader.get().data);
    let is_seen = Memo::new(move |_| seen.with(Option::is_some));
    let failure = loader.failure();
    let title = purge.purge.title.clone();
    let name = boxdeck_dialect::answer::split_key(&purge.key).pop().unwrap_or_default();
    let title = format!("{title} · {name}");
    use_page_title().call(&title);
    let choose = {
        let purge = purge.clone();
        Callback::new(move |way: &'static str| {
            navigation.replace(&purge.place().with_query(format!("{WAY}={way}")));
        })
    };
    let sent = {
        let purge = purge.clone();
        // The page goes on by itself and tells what the system does.
        Callback::new(move |_: Done| begun.set(Some(purge.keep(PURGED))))
    };
    let content = {
        let purge = purge.clone();
        move || {
            // What is typed stays where the bucket is read again.
            if !is_seen.get() {
                return None;
            }
            let seen = seen.get_untracked()?;
            let purge = purge.clone();
            Some(match now.get() {
                Step::Choose => view! { <Ways lock=seen.lock() on_choose=choose/> }.into_any(),
                Step::Plain => {
                    let operation = purge.purge.given(TOKEN, None).given(DELETE, None);
                    let subject = purge.subject(Arc::new(operation), &seen);
                    view! { <Plain subject on_done=sent/> }.into_any()
                }
                Step::Token => view! { <WithToken purge seen begun on_done=sent/> }.into_any(),
                Step::Emptying => ().into_any(),
            })
        }
    };
    let emptying = {
        let (purge, read) = (purge.clone(), read.clone());
        move || {
            (now.get() == Step::Emptying).then(|| {
                view! { <Emptying purge=purge.clone() begun loader read=Callback::new({ let read = read.clone(); move |()| read() })/> }
            })
        }
    };
    let back = {
        let purge = purge.clone();
        move || {
            matches!(now.get(), Step::Plain | Step::Token).then(|| {
                let watched = purge.clone();
                view! {
                    <p class="factor-actions">
                        <Button on_click=move |_| choose.run("none")>{say::other_way()}</Button>
                        <Button on_click=move |_| begun.set(Some(watched.keep(PURGED)))>{say::sent_already()}</Button>
                    </p>
                }
            })
        }
    };
    let refresh = read.clone();
    view! {
        <div class="stack">
            <ui::PageHeader
                title=title
                subtitle=Some(purge.purge.warning.clone())
                status=move || view! { <AsOf state=loader.state() on_refresh=refresh.clone()/> }.into_any()
            />
            <ui::Steps
                label=say::steps()
                steps=Signal::derive(move || steps(now.get()))
                current=Signal::derive(move || match now.get() { Step::Choose => 0, Step::Plain | Step::Token => 1, Step::Emptying => 2 })
            />
            {move || failure.get().map(|failure| {
                let (read, stale) = (read.clone(), untrack(|| loader.has_data()));
                view! { <FailureNotice failure stale retry=loader.retry() on_retry=move || read()/> }
            })}
            {move || match seen.get() {
                Some(seen) => view! { <There seen name=name.clone()/> }.into_any(),
                None if failure.get().is_some() => ().into_any(),
                None => view! { <ui::Skeleton lines=6/> }.into_any(),
            }}
            {content}
            {emptying}
            {back}
        </div>
    }
}

/// The purge of a bucket without object lock.
#[component]
fn Plain(subject: Subject, on_done: Callback<Done>) -> impl IntoView {
    let stage = use_stage();
    let label = subject.operation.title.clone();
    view! {
        <section class="record-section">
            <h2>{say::step_purge()}</h2>
            <p>{say::plain_text()}</p>
            <p><Button kind=ui::ButtonKind::Danger on_click=move |_| stage.ask(subject.clone(), on_done)>{label}</Button></p>
        </section>
    }
}

/// When something was begun, for a sentence.
fn since(begun: &Begun) -> String {
    date::exact(begun.at)
}

/// A note that nothing has to be done.
fn note(title: &'static str, text: String, tone: Tone) -> AnyView {
    view! { <Notice tone=tone title=title><p>{text}</p></Notice> }.into_any()
}
