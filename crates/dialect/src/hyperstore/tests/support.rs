//! The shipped catalog, and answers from memory.

use std::path::Path;

use boxdeck_catalog::{Catalog, Operation, Operator, Resource};
use serde_json::Value;

use crate::{
    Context, Dialect, Failure, HyperStore, Inputs, ListTarget, Outcome, Plan, Position, Query, Record,
    Request, Response, Session, Term, Total, build,
};

pub(super) struct Store {
    pub(super) catalog: Catalog,
    session: Session,
}

/// A page whose records are decoded.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) records: Vec<Record>,
    pub(super) total: Total,
    pub(super) next: Option<Position>,
}

pub(super) fn answer(status: u16, body: impl AsRef<[u8]>) -> Response {
    Response { status, headers: Vec::new(), body: body.as_ref().to_vec().into() }
}

pub(super) fn query(terms: &[(&str, &str)]) -> Query {
    let filter = terms.iter().map(|(field, value)| Term {
        field: (*field).to_owned(),
        operator: Operator::Eq,
        values: vec![(*value).to_owned()],
    });
    Query { filter: filter.collect(), ..Query::default() }
}

pub(super) fn after(query: Query, mark: &str) -> Query {
    Query { position: Position::After(mark.to_owned()), ..query }
}

/// The query of a request as it is sent, in order.
pub(super) fn sent(request: &Request) -> String {
    let target = request.target();
    target.split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
}

pub(super) fn texts(records: &[Record], field: &str) -> Vec<String> {
    records.iter().filter_map(|record| record.text(field)).collect()
}

impl Store {
    pub(super) fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/hyperstore");
        let catalog = boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog;
        Self { catalog, session: Session::default() }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { catalog: &self.catalog, session: &self.session }
    }

    pub(super) fn operation(&self, id: &str) -> (&Resource, &Operation) {
        self.catalog.operations().find(|(_, operation)| operation.id == id).expect("the operation")
    }

    pub(super) fn target<'a>(&'a self, id: &str, parent: Option<&'a str>) -> ListTarget<'a> {
        let (resource, operation) = self.operation(id);
        ListTarget { resource, operation, parent }
    }

    pub(super) fn list(&self, id: &str, parent: Option<&str>, query: &Query) -> Request {
        HyperStore.list(self.context(), self.target(id, parent), query)
    }

    pub(super) fn page(
        &self,
        id: &str,
        parent: Option<&str>,
        query: &Query,
        response: &Response,
    ) -> Result<Rows, Failure> {
        let page = HyperStore.read_page_in(self.context(), self.target(id, parent), query, response)?;
        Ok(Rows { records: page.records.into_iter().collect(), total: page.total, next: page.next })
    }

    pub(super) fn record(&self, id: &str, key: &str, response: &Response) -> Result<Record, Failure> {
        let (resource, operation) = self.operation(id);
        HyperStore.read_record_at(resource, operation, key, response)
    }

    pub(super) fn outcome(&self, id: &str, response: &Response) -> Outcome {
        HyperStore.read_outcome(self.operation(id).1, response)
    }

    /// The plan of an operation whose inputs are all parameters, or all in the body.
    pub(super) fn plan(&self, id: &str, record: Option<&Record>, parameters: Value, body: Value) -> Plan {
        let (resource, operation) = self.operation(id);
        let members = |value: Value| value.as_object().cloned().unwrap_or_default();
        let inputs = Inputs { parameters: members(parameters), body: members(body), ..Inputs::default() };
        build(&HyperStore, self.context(), resource, operation, record, None, None, &inputs).expect("a plan")
    }
}
