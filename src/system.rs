//! An opened system: its entry, catalog, dialect and session, and the one way to read from it.

mod gather;
mod known;
mod seen;

use std::collections::HashMap;
use std::sync::Arc;

use boxdeck_catalog::{Catalog, Operation, OperationKind, Resource};
use boxdeck_dialect::{
    self as speech, Answer, Challenge, Context, Dialect, Failure, FailureKind, ListTarget, Outcome, Page,
    Query, Record, Request, Response, Session, dialect,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::AbortSignal;

pub use gather::gather;
pub use known::{Extent, Known};
pub use seen::Seen;

use crate::load::Reader;
use crate::load::backoff::{self, Backoff};
use crate::site;
use crate::systems::SystemEntry;
use crate::transport::{self, Route};

/// Seconds for which the answer to a read is waited for. A file may take longer.
const READ_LIMIT: u32 = 120;

/// Whether and how the console is signed in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SessionState {
    /// The session. Kept while `challenge` asks again, so that the page stays.
    pub session: Option<Session>,
    /// What the system asks for, if it asks.
    pub challenge: Option<Challenge>,
    /// Why the system could not even be asked.
    pub failure: Option<Failure>,
    /// When the session was made, in milliseconds since the epoch.
    pub since: f64,
    /// Whether the system says that the session has ended, which can be renewed without asking a person.
    pub ended: bool,
    /// Whether the session took the place of one that had ended.
    pub revived: bool,
}

impl SessionState {
    /// Signed in from now on.
    pub fn open(session: Session) -> Self {
        Self { session: Some(session), since: js_sys::Date::now(), ..Self::default() }
    }

    /// Whether the session can be made to last without asking a person.
    pub fn renews(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.renewal.is_some())
    }
}

/// An opened system. Cheap to clone.
#[derive(Clone)]
pub struct System {
    /// Its line in the list of systems.
    pub entry: Arc<SystemEntry>,
    /// What is known of its kind.
    pub known: Known,
    /// How it speaks.
    pub dialect: &'static dyn Dialect,
    /// Whether the console is signed in.
    pub state: RwSignal<SessionState>,
    /// What records have shown of values that no call lists.
    pub seen: Seen,
    /// Counts changes per resource; reading one of them makes a page read again after a write.
    changes: StoredValue<HashMap<String, ArcRwSignal<u32>>>,
}

impl PartialEq for System {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry && self.state == other.state
    }
}

/// Loads what is needed of the catalog of a system's kind: enough for the list of the resource `only`, or all of it.
///
/// # Errors
/// The catalog is missing or unreadable, or its dialect is unknown to this console.
pub async fn open(entry: Arc<SystemEntry>, only: Option<String>) -> Result<System, Failure> {
    // Comes beside the catalog, because nearly always a kind's dialect is called like the kind; waited for below.
    let guess = entry.kind.clone();
    spawn_local(async move { speech::fetch(&guess).await.unwrap_or_default() });
    let known = Known::read(&entry.kind, only.as_deref()).await?;
    let name = known.catalog().kind.dialect.clone();
    speech::fetch(&name).await.map_err(|_told| site::no_part())?;
    let dialect = dialect(&name).ok_or_else(|| {
        let message = words::files::no_dialect(format!("catalogs/{}.json", entry.kind), name);
        Failure::new(FailureKind::Unsupported, message)
    })?;
    Ok(System {
        entry,
        known,
        dialect,
        state: RwSignal::new(SessionState::default()),
        seen: Seen::default(),
        changes: StoredValue::new(HashMap::new()),
    })
}

/// The system of the page.
///
/// # Panics
/// Outside of a system's pages.
pub fn use_system() -> System {
    expect_context()
}

impl System {
    /// What is known of its kind now: every resource by name, and in full at least the one whose list was opened first.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.known.catalog()
    }

    /// The resource of that identifier, as far as it is known now.
    pub fn resource(&self, id: &str) -> Option<Resource> {
        self.catalog().resource(id).cloned()
    }

    /// Asks for the rest of the catalog; whoever waits for it looks at [`Known::extent`].
    pub fn want_whole(&self) {
        let known = self.known;
        // Told where it is shown.
        spawn_local(async move { known.whole().await.unwrap_or_default() });
    }

    /// The session, once there is one; not tracked.
    pub fn session(&self) -> Session {
        self.state.with_untracked(|state| state.session.clone()).unwrap_or_default()
    }

    /// Tracks changes to a resource: the effect or memo that calls it runs again after a write that touches the resource.
    pub fn track(&self, resource: &str) {
        self.change_signal(resource).track();
    }

    /// Says that a resource has changed.
    pub fn touch(&self, resource: &str) {
        self.change_signal(resource).update(|count| *count = count.wrapping_add(1));
    }

    /// Says that anything may have changed: after signing in again, or an outcome that is not known.
    pub fn touch_all(&self) {
        let signals: Vec<_> = self.changes.with_value(|changes| changes.values().cloned().collect());
        for signal in signals {
            signal.update(|count| *count = count.wrapping_add(1));
        }
    }

    fn change_signal(&self, resource: &str) -> ArcRwSignal<u32> {
        self.changes
            .try_update_value(|changes| changes.entry(resource.to_owned()).or_default().clone())
            .unwrap_or_default()
    }

    /// Reads one page of a list.
    ///
    /// # Errors
    /// The box's refusal, or the fault on the way.
    pub async fn page(
        &self,
        resource: &Resource,
        operation: &Operation,
        parent: Option<&str>,
        query: &Query,
        reader: Reader,
    ) -> Result<Page, Failure> {
        let session = self.session();
        let context = Context { catalog: &self.catalog(), session: &session };
        let target = ListTarget { resource, operation, parent };
        let request = self.dialect.list(context, target, query);
        let refused = |response: &Response| self.dialect.read_page_in(context, target, query, response).err();
        let response = self.read(operation, request, reader, &refused).await?;
        let page = self.noticed(self.dialect.read_page_in(context, target, query, &response))?;
        self.seen.note(resource, || page.records.iter());
        Ok(page)
    }

    /// Reads one record, or the single object (with an empty key).
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn record(
        &self,
        resource: &Resource,
        operation: &Operation,
        parent: Option<&str>,
        key: &str,
        reader: Reader,
    ) -> Result<Record, Failure> {
        let session = self.session();
        let context = Context { catalog: &self.catalog(), session: &session };
        let request = self.dialect.get(context, resource, operation, parent, key);
        let refused =
            |response: &Response| self.dialect.read_record_at(resource, operation, key, response).err();
        let response = self.read(operation, request, reader, &refused).await?;
        let record = self.noticed(self.dialect.read_record_at(resource, operation, key, &response))?;
        self.seen.note(resource, || std::iter::once(&record));
        Ok(record)
    }

    /// Performs an operation that only reads (a query or a download), as planned.
    ///
    /// # Errors
    /// As for [`System::page`]; [`FailureKind::NotSent`] for an operation that changes something.
    pub async fn query(
        &self,
        operation: &Operation,
        request: Request,
        reader: Reader,
    ) -> Result<Answer, Failure> {
        if !operation.kind.is_read() {
            // Only `operation::run` sends a write, and only on a person's word.
            let message = words::answer::question_changes(&operation.title);
            return Err(Failure::new(FailureKind::NotSent, message));
        }
        let refused = |response: &Response| match self.dialect.read_outcome(operation, response) {
            Outcome::Refused(failure) => Some(failure),
            _ => None,
        };
        let response = self.read(operation, request, reader, &refused).await?;
        match self.dialect.read_outcome(operation, &response) {
            Outcome::Done(answer) => Ok(answer),
            Outcome::Refused(failure) => self.noticed(Err(failure)),
            Outcome::Accepted(_) => Err(Failure::new(FailureKind::Busy, words::answer::still_preparing())),
            Outcome::ApprovalRequired { message, .. } => Err(Failure::new(FailureKind::Forbidden, message)),
            Outcome::Unknown { reason } => Err(Failure::new(FailureKind::Malformed, reason)),
        }
    }

    /// Sends a read, and again what may pass by itself, as long as `reader` waits for it. `refused` reads what an answer
    /// says that is none.
    async fn read(
        &self,
        operation: &Operation,
        request: Request,
        reader: Reader,
        refused: &dyn Fn(&Response) -> Option<Failure>,
    ) -> Result<Response, Failure> {
        let mut request = request;
        // What is sent twice must not do something twice.
        let is_repeatable = request.method == "GET" || operation.kind.is_read();
        self.dialect.authorize(&self.session(), &mut request);
        let limit = (operation.kind != OperationKind::Download).then_some(READ_LIMIT);
        let route = Route { limit, ..self.route(reader.abort()) };
        let mut backoff = Backoff::default();
        loop {
            let result = transport::send(&request, &route).await;
            let failure = match &result {
                Err(failure) => Some(failure.clone()),
                Ok(response) if backoff::may_pass(response.status) => refused(response),
                Ok(_) => None,
            };
            match failure.filter(|_| is_repeatable) {
                Some(failure) if reader.wait(&mut backoff, &failure).await => {}
                _ => return result,
            }
        }
    }

    /// Where and how requests to this system are sent.
    pub fn route(&self, abort: Option<AbortSignal>) -> Route {
        Route {
            address: self.entry.address.clone(),
            cookies: self.dialect.uses_cookies(),
            abort,
            limit: None,
        }
    }

    /// Passes a result on, and notices when it says that the session has ended.
    pub fn noticed<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        if let Err(failure) = &result
            && failure.kind == FailureKind::SignedOut
        {
            crate::session::lost(self);
        }
        result
    }
}
