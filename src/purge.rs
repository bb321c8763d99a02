//! Emptying a bucket for good, step by step: what it holds, whether the vendor's token is needed and how to get it, the purge
//! itself, and watching until nothing is left.
//!
//! The vendor takes days to answer. What is so is read from the system each time; the browser keeps only that a token was asked
//! for, or that the purge was begun, and never the challenge or the token.

mod read;
mod token;
mod watch;
mod ways;

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_dialect::query::url::decode_pairs;
use leptos::prelude::*;
use words::purge as say;

use crate::begun::{self, Begun};
use crate::format::{amount, date};
use crate::load::Loader;
use crate::operation::{Done, FormPage, Subject, use_stage};
use crate::place::browser::use_navigation;
use crate::place::{Place, Verb};
use crate::refusal::FailureNotice;
use crate::system::{System, use_system};
use crate::ui::{self, Button, Description, DescriptionList, Notice, Tone};
use crate::when::AsOf;
use read::{Lock, Seen};
use token::WithToken;
use watch::Emptying;
use ways::Ways;

/// Parameter that takes the vendor's token.
const TOKEN: &str = "token";
/// Parameter that has the bucket deleted with its content.
const DELETE: &str = "deleteBucket";
/// Parameter of the query that makes the challenge.
const CHALLENGE: &str = "action";
/// Which way was chosen, in the address of the page.
const WAY: &str = "way";

/// How far it has come, as far as this browser knows: a challenge was made.
const ASKED: &str = "asked";
/// The purge was begun.
const PURGED: &str = "purged";

/// The page.
#[component]
pub fn PurgePage() -> impl IntoView {
    match Purge::here() {
        Some(purge) => view! { <Wizard purge/> }.into_any(),
        None => view! { <FormPage/> }.into_any(),
    }
}

/// What is to be emptied, and by which operations.
#[derive(Clone)]
struct Purge {
    system: System,
    resource: Arc<Resource>,
    /// Key of the owning record.
    owner: String,
    /// Key of the bucket.
    key: String,
    purge: Arc<Operation>,
    challenge: Option<Arc<Operation>>,
}

impl Purge {
    /// What the page around is about, where its catalog has what the way needs.
    fn here() -> Option<Self> {
        let system = use_system();
        let place = use_navigation().place_untracked();
        let resource = Arc::new(system.resource(place.resource.as_deref()?)?);
        let Verb::Do(id) = &place.verb else { return None };
        let purge = resource.operation(id).filter(|purge| purge.asks_for(TOKEN))?;
        let challenge = resource.operations.iter().find(|operation| {
            operation.kind == OperationKind::Query
                && operation.parameters.iter().any(|parameter| parameter.field.name == CHALLENGE)
        });
        Some(Self {
            purge: Arc::new(purge.clone()),
            challenge: challenge.map(|challenge| Arc::new(challenge.clone())),
            owner: place.parent?.1,
            key: place.key?,
            system,
            resource,
        })
    }

    fn subject(&self, operation: Arc<Operation>, seen: &Seen) -> Subject {
        Subject {
            system: self.system.clone(),
            resource: self.resource.clone(),
            operation,
            record: seen.bucket.clone(),
            parent: Some(self.owner.clone()),
            key: Some(self.key.clone()),
            names: Arc::default(),
        }
    }

    fn place(&self) -> Place {
        let parent = self.resource.parent.clone().map(|resource| (resource, self.owner.clone()));
        let list = Place { parent, ..Place::system(&self.system.entry.name).resource(&self.resource.id) };
        list.record(&self.key).with_verb(Verb::Do(self.purge.id.clone()))
    }

    fn begun(&self) -> Option<Begun> {
        let all = begun::of_owner(&self.system.entry.name, &self.resource.id, &self.owner);
        all.into_iter().find(|begun| begun.key == self.key)
    }

    fn keep(&self, stage: &str) -> Begun {
        let begun = Begun {
            owner: self.owner.clone(),
            key: self.key.clone(),
            stage: stage.to_owned(),
            at: js_sys::Date::now(),
        };
        begun::keep(&self.system.entry.name, &self.resource.id, begun.clone());
        begun
    }

    fn forget(&self) {
        begun::forget(&self.system.entry.name, &self.resource.id, &self.owner, &self.key);
    }
}

/// Where the person is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Which way: with a token or without.
    Choose,
    /// The purge without a token.
    Plain,
    /// Challenge, token and purge.
    Token,
    /// It was begun and is watched.
    Emptying,
}

/// Where the person is, by what was begun here and what the address says.
fn step(begun: Option<&Begun>, way: Option<&str>) -> Step {
    match (begun.map(|begun| begun.stage.as_str()), way) {
        (Some(PURGED), _) => Step::Emptying,
        (_, Some("plain")) => Step::Plain,
        (_, Some("token")) => Step::Token,
        (_, Some(_)) => Step::Choose,
        (Some(ASKED), None) => Step::Token,
        (_, None) => Step::Choose,
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
            purge.system.track(&purge.resource.id);
            read();
        });
    }
    let seen = Memo::new(move |_| loader.get().data);
    let is_seen = Memo::new(move |_| seen.with(Option::is_some));
    let failure = loader.failure();
    let title = purge.purge.title.clone();
    let name = boxdeck_dialect::answer::split_key(&purge.key).pop().unwrap_or_default();
    let title = format!("{title} · {name}");
    let document_title = title.clone();
    Effect::new(move |_| document().set_title(&format!("{document_title} · Boxdeck")));
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

fn steps(now: Step) -> Vec<String> {
    let middle = if now == Step::Token { say::step_token() } else { say::step_purge() };
    [say::step_look(), middle, say::step_watch()].map(str::to_owned).to_vec()
}

/// What the system says of the bucket now.
#[component]
fn There(seen: Arc<Seen>, name: String) -> impl IntoView {
    let text = |field: &str| {
        seen.bucket
            .as_ref()
            .and_then(|bucket| bucket.text(field))
            .unwrap_or_else(|| say::unknown().to_owned())
    };
    let (owner, region) = (text("userId"), text("region"));
    let held = match (&seen.bucket, seen.held) {
        (None, _) => say::gone().to_owned(),
        (_, None) => say::not_counted().to_owned(),
        (_, Some((bytes, objects))) => say::held(objects, amount::short_bytes(bytes.into())),
    };
    let lock = match seen.lock() {
        Lock::Off => say::lock_off(),
        Lock::Token => say::lock_token(),
        Lock::Never => say::lock_never(),
        Lock::Unknown => say::unknown(),
    };
    view! {
        <section class="record-section" aria-label=say::what_is_there()>
            <h2>{say::what_is_there()}</h2>
            <DescriptionList>
                <Description label=say::bucket()><strong>{name}</strong></Description>
                <Description label=say::owner()>{owner}</Description>
                <Description label=say::region()>{region}</Description>
                <Description label=say::holds()>{held}</Description>
                <Description label=say::licence()>{lock}</Description>
            </DescriptionList>
        </section>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_taken_up_where_it_was_left() {
        let at = |stage: &str| {
            Some(Begun { owner: String::new(), key: String::new(), stage: stage.to_owned(), at: 0.0 })
        };
        let is = |begun: Option<Begun>, way: Option<&str>, wanted: Step| step(begun.as_ref(), way) == wanted;
        assert!(is(None, None, Step::Choose) && is(None, Some("token"), Step::Token));
        assert!(is(at(ASKED), None, Step::Token));
        // Another way can be taken all the same.
        assert!(is(at(ASKED), Some("plain"), Step::Plain) && is(at(ASKED), Some("none"), Step::Choose));
        // What was sent is not sent again by a link.
        assert!(is(at(PURGED), Some("plain"), Step::Emptying));
    }
}
