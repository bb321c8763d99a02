//! How each kind speaks on the wire: query and plan to request, response to page, record and outcome.
//!
//! Everything here is pure: a dialect makes requests and reads responses, and never sends one. The console's transport sends,
//! and the native tests answer from memory. A dialect knows its protocol; what the protocol is used for (which paths,
//! fields and operations there are) comes from the catalog.

mod address;
pub mod answer;
mod basic;
pub mod curl;
#[cfg(test)]
mod example;
pub mod failure;
#[cfg(test)]
mod fixture;
pub mod http;
pub mod hyperstore;
pub mod ibm_backup;
pub mod infinibox;
pub mod ironic;
mod letters;
pub mod permit;
mod plain;
pub mod plan;
pub mod query;
mod records;
mod registry;
mod select;
pub mod session;
pub mod vss_block;

use boxdeck_catalog::{Allowed, Catalog, Field, Operation, Operator, Resource};
use serde_json::{Map, Value};

use address::Address;
pub use answer::{Answer, Outcome, Page, Record, Task, Total};
pub use failure::{Failure, FailureKind, FieldFault};
pub use http::{Body, Part, PartContent, Piece, Request, Response};
pub use hyperstore::HyperStore;
pub use ibm_backup::IbmBackup;
pub use infinibox::InfiniBox;
pub use ironic::Ironic;
pub use letters::lower;
pub use permit::{blocked, closed};
pub use plan::{
    Change, Guard, InputField, InputPlace, InputShape, Inputs, Plan, PlanStep, SecretPlace, build,
    input_fields, shown,
};
pub use query::{Position, Query, SortKey, Term};
pub use records::Records;
pub use registry::{NotFetched, dialect, fetch};
pub use session::{Authority, Challenge, Entry, Flow, Progress, Renewal, Secret, Session};
pub use vss_block::VssBlock;

/// What a dialect needs to know besides the operation: the kind, who is signed in, and what the list of systems says.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Catalog of the system's kind.
    pub catalog: &'a Catalog,
    /// Who is signed in.
    pub session: &'a Session,
}

/// A list that is asked for: which resource, by which operation, of which owning record.
#[derive(Debug, Clone, Copy)]
pub struct ListTarget<'a> {
    /// The resource whose records are listed.
    pub resource: &'a Resource,
    /// The operation that lists them.
    pub operation: &'a Operation,
    /// Key of the owning record, for a sub-collection.
    pub parent: Option<&'a str>,
}

impl ListTarget<'_> {
    /// Operators of a kind that can do no more than pick the rows with one value of a field, where the catalog allows it.
    fn equality(self, field: &str) -> Vec<Operator> {
        match self.resource.field(field).map(|field| &field.filter) {
            Some(Allowed::Flag(true)) => vec![Operator::Eq],
            Some(Allowed::Only(operators)) if operators.contains(&Operator::Eq) => vec![Operator::Eq],
            _ => Vec::new(),
        }
    }

    /// Whether the list has a parameter of that name for a person to fill.
    fn has_input(self, name: &str) -> bool {
        self.operation.input(name).is_some()
    }

    /// What the box calls the filter on a field.
    fn parameter<'b>(&'b self, field: &'b str) -> &'b str {
        self.resource.field(field).and_then(|field| field.filter_as.as_deref()).unwrap_or(field)
    }
}

/// What the box can do with a list; decides what the console offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAbilities {
    /// Page sizes that the box takes: least, default, greatest. Equal numbers: no choice.
    pub page_size: (u32, u32, u32),
    /// Whether a page can be asked for by its number. Otherwise only the first and the next.
    pub numbered: bool,
    /// How many sort keys the box honours; 0 if it does not sort.
    pub sort_keys: usize,
    /// Whether the box can leave out fields that are not shown.
    pub selects_fields: bool,
}

/// How one kind of system speaks.
pub trait Dialect: Sync {
    /// Identifier that catalogs name in `kind.dialect`.
    fn id(&self) -> &'static str;

    /// What the box can do with this list.
    fn list_abilities(&self, target: ListTarget<'_>) -> ListAbilities;

    /// Operators that the box applies to a field of a list. Empty: it cannot filter by it.
    fn operators(&self, catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator>;

    /// Whether the box applies this very term. It may take the operator and still not be able to carry the values (a comma
    /// inside a list); such a term is the browser's.
    fn applies(&self, catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        self.operators(catalog, target, &term.field).contains(&term.operator)
    }

    /// Which of several terms the box applies together: it may take each of them and still not all.
    fn applied(&self, catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        terms.iter().map(|term| self.applies(catalog, target, term)).collect()
    }

    /// A condition in the kind's own notation, without the field: the value of a parameter whose catalog entry names an
    /// operator. `None` where the kind has no such notation, or where it cannot carry the values.
    fn filter_text(&self, operator: Operator, values: &[String]) -> Option<String> {
        let _ = (operator, values);
        None
    }

    /// Whether the box itself refuses a whole object that was made from an old one: its objects carry their version. Where it
    /// does not, a plan looks at the record once more before it writes it back.
    fn refuses_stale(&self) -> bool {
        false
    }

    /// Whether a JSON Patch may name a member of an object by this key. Where it may not, the object is replaced as a whole.
    fn patch_can_name(&self, key: &str) -> bool {
        let _ = key;
        true
    }

    /// The request for one page. Terms, sort keys and columns that the box cannot apply are left out; the caller offers
    /// only those that [`Dialect::operators`] and [`Dialect::list_abilities`] allow.
    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request;

    /// Reads a page.
    ///
    /// # Errors
    /// The box's refusal, or [`FailureKind::Malformed`] where the answer is not what the dialect knows.
    fn read_page(&self, target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure>;

    /// Reads a page where rows leave out what the request has named (the group whose users are listed): the dialect puts it into
    /// them, so that each record can be told from others.
    ///
    /// # Errors
    /// As for [`Dialect::read_page`].
    fn read_page_in(
        &self,
        context: Context<'_>,
        target: ListTarget<'_>,
        query: &Query,
        response: &Response,
    ) -> Result<Page, Failure> {
        let _ = context;
        self.read_page(target, query, response)
    }

    /// The request for one record or for the single object. `key` holds the key fields' values; `parent` the owner's key.
    fn get(
        &self,
        context: Context<'_>,
        resource: &Resource,
        operation: &Operation,
        parent: Option<&str>,
        key: &str,
    ) -> Request {
        let address = Address::of_record(context, resource, operation, parent, key);
        let mut request = address.request(|operator, values| self.filter_text(operator, values)).0;
        self.dress(context, &mut request);
        request
    }

    /// Reads a record. A value that is no object (a system's name) becomes a record with the resource's only field.
    ///
    /// # Errors
    /// As for [`Dialect::read_page`].
    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure>;

    /// Reads the record with that key from the answer to its get: where the answer holds several, or leaves out what was asked
    /// with, the dialect finds it and puts the key into it.
    ///
    /// # Errors
    /// As for [`Dialect::read_page`].
    fn read_record_at(
        &self,
        resource: &Resource,
        operation: &Operation,
        key: &str,
        response: &Response,
    ) -> Result<Record, Failure> {
        let _ = (operation, key);
        self.read_record(resource, response)
    }

    /// Puts what the dialect wants into a step that [`plan`] built from the catalog: versions, content types. Credentials
    /// are not part of a plan; [`Dialect::authorize`] adds them when it is sent.
    fn dress(&self, context: Context<'_>, request: &mut Request) {
        let _ = (context, request);
    }

    /// Adds credentials and whatever else each request of a session carries.
    fn authorize(&self, session: &Session, request: &mut Request) {
        session.sign(request);
    }

    /// The identical request with the person's approval in it, or `None` where the kind has no approvals.
    fn approve(&self, request: &Request) -> Option<Request> {
        let _ = request;
        None
    }

    /// Reads what became of a write (or of a query or download).
    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome;

    /// The request for the piece of a download that begins at byte `from`; `None` where the file comes whole.
    fn piece(&self, operation: &Operation, request: &Request, from: u64) -> Option<Piece> {
        let _whole = (operation, request, from);
        None
    }

    /// Reads a poll of an accepted task.
    fn read_task(&self, task: &Task, response: &Response) -> Outcome;

    /// Finds out whether the system lets this browser in (a session cookie, no authentication), or what it asks for.
    /// `user` is the name last used here, if any; `options` are those of the system in `systems.json`.
    fn knock(&self, user: Option<&str>, options: &Map<String, Value>) -> Box<dyn Flow<Entry>>;

    /// Signs in with what the person typed into the challenge's fields.
    fn sign_in(
        &self,
        challenge: &Challenge,
        inputs: &Map<String, Value>,
        options: &Map<String, Value>,
    ) -> Box<dyn Flow<Session>>;

    /// Makes a session last: to be followed before [`Renewal::seconds`] are over, or when the box says that it has ended. The
    /// session that comes of it takes the place of the old one. `None` where a person has to sign in again.
    fn renew(&self, session: &Session) -> Option<Box<dyn Flow<Session>>> {
        let _ = session;
        None
    }

    /// The request that ends the session on the box, if there is one.
    fn sign_out(&self, session: &Session) -> Option<Request>;

    /// Whether the browser's cookies for the box's origin go along with requests. Without them a 401 never raises the
    /// browser's own password prompt.
    fn uses_cookies(&self) -> bool {
        false
    }

    /// Whether every request may carry user name and password (HTTP Basic) in place of a session: for commands outside of the
    /// browser, which has the session's cookie to itself.
    fn takes_basic(&self) -> bool {
        false
    }

    /// What a system's `options` may hold, for a form in which a person adds one.
    fn option_fields(&self) -> Vec<Field> {
        Vec::new()
    }

    /// A request that needs no session and whose answer tells whether a system of this kind is there, for the console that
    /// is served by the box itself and has no list of systems. `None`: cannot be told.
    fn probe(&self) -> Option<Request> {
        None
    }

    /// Whether this answer to [`Dialect::probe`] comes from a system of this kind.
    fn recognises(&self, response: &Response) -> bool {
        let _unused = response;
        false
    }

    /// Whether the system itself says with a refusal that what was to be deleted is not there any more. A server before it may say
    /// 404 of anything.
    fn says_gone(&self, failure: &Failure) -> bool {
        failure.kind == FailureKind::NotFound
    }

    /// Whether [`Dialect::recognises`] also knows an answer that only asks for a sign-in (401): the system says who it is
    /// in it. Else such an answer can be the system's as well as that of something before it.
    fn recognises_refusals(&self) -> bool {
        true
    }
}
