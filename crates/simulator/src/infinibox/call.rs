//! One call of an operation: the request, who makes it, and the array that it is made on.

use super::array::Array;
use super::body::{self, Body};
use super::entity::Entity;
use super::events::Event;
use super::fault::Fault;
use super::list;
use super::reply::Reply;
use super::roles::Role;
use super::view::View;
use crate::message::Request;

/// Who makes a call.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) role: Role,
}

impl Actor {
    /// The box itself, which makes the changes that no user asked for.
    pub(crate) fn system() -> Self {
        Self { user_id: 0, name: String::new(), role: Role::Infinidat }
    }
}

/// One call, handed to the operation's handler.
pub(crate) struct Call<'a> {
    pub(crate) array: &'a mut Array,
    pub(crate) request: &'a Request,
    pub(crate) actor: Actor,
    /// The path's parameters, decoded.
    pub(crate) arguments: Vec<(&'static str, String)>,
}

impl Call<'_> {
    /// A parameter of the path; empty if the route's template has no such parameter.
    pub(crate) fn argument(&self, name: &str) -> &str {
        self.arguments.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the path that is an id.
    ///
    /// # Errors
    ///
    /// 404 `MALFORMED_ID_TYPE` for anything but a whole number.
    pub(crate) fn id(&self, name: &str) -> Result<i64, Fault> {
        let text = self.argument(name);
        text.parse().map_err(|_malformed| {
            Fault::missing("MALFORMED_ID_TYPE", format!("An id is a whole number, not '{text}'"))
        })
    }

    /// Whether a query parameter says yes.
    ///
    /// # Errors
    ///
    /// 400 `MALFORMED_PARAMETER` for anything but yes, no, true or false.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Fault> {
        match self.request.parameter(name) {
            None => Ok(false),
            Some(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" => Ok(true),
                "false" | "no" => Ok(false),
                _ => Err(Fault::malformed_parameter(name, "true or false")),
            },
        }
    }

    /// The body as an object whose fields aren't checked.
    pub(crate) fn body(&self) -> Result<Body, Fault> {
        Body::object(&self.request.body)
    }

    /// The body that creates a record, checked against the entity's fields.
    pub(crate) fn creation<T: Entity>(&self) -> Result<Body, Fault> {
        Body::creation::<T>(&self.request.body)
    }

    /// The body that updates a record, checked against the entity's fields.
    pub(crate) fn update<T: Entity>(&self) -> Result<Body, Fault> {
        Body::update::<T>(&self.request.body)
    }

    /// The body as any JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value, Fault> {
        body::parse(&self.request.body)
    }

    /// Goes on only if the request carries an approval. Call it when nothing else stands against the operation, so
    /// that a person is never asked to approve what would be refused anyway.
    ///
    /// # Errors
    ///
    /// 403 `APPROVAL_REQUIRED` with the consequence in words.
    pub(crate) fn approve(&self, consequence: impl FnOnce() -> String) -> Result<(), Fault> {
        let approved = self
            .request
            .parameter("approved")
            .is_some_and(|word| word.eq_ignore_ascii_case("yes") || word.eq_ignore_ascii_case("true"));
        if approved { Ok(()) } else { Err(Fault::approval(consequence())) }
    }

    /// Lets a pool administrator through only for the pools that he owns, and everybody else.
    ///
    /// # Errors
    ///
    /// 403 `USER_IS_FORBIDDEN`.
    pub(crate) fn own_pool(&self, pool_id: i64) -> Result<(), Fault> {
        if self.actor.role != Role::PoolAdmin {
            return Ok(());
        }
        match self.array.pools.get(&pool_id) {
            Some(pool) if pool.owners.contains(&self.actor.user_id) => Ok(()),
            _ => Err(Fault::forbidden(
                "USER_IS_FORBIDDEN",
                format!("User '{}' has no rights on pool {pool_id}", self.actor.name),
            )),
        }
    }

    /// What the time is, in milliseconds.
    pub(crate) fn now(&self) -> i64 {
        self.array.now()
    }

    /// Writes down that something happened.
    pub(crate) fn event(&mut self, event: Event) {
        let now = self.array.now();
        self.array.events.record(event, &self.actor.name, now);
    }

    /// The state as field readers see it.
    pub(crate) fn view(&self) -> View<'_> {
        View::new(self.array)
    }

    /// Renders the record of that id, with `fields=` if the request has it.
    ///
    /// # Errors
    ///
    /// The entity's own 404.
    pub(crate) fn record<T: Entity>(&self, id: i64) -> Result<serde_json::Value, Fault> {
        let record = T::find(self.array, id)?;
        Ok(record.render(&self.view(), list::plucked(self).as_deref()))
    }
}

/// Handles `GET collection`.
pub(crate) fn list<T: Entity>(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list::list::<T>(call)
}

/// Handles `GET collection/{id}`.
pub(crate) fn get<T: Entity>(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.record::<T>(call.id("id")?).map(Reply::result)
}

/// Handles `GET collection/{id}/{attribute}`: one field's bare value.
///
/// The document shows a list-valued attribute of a pool as a page; the box is the same code for all, so lists are pages
/// everywhere here.
pub(crate) fn attribute<T: Entity>(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let record = T::find(call.array, call.id("id")?)?;
    let name = call.argument("attribute");
    let value =
        T::field(name).and_then(|field| (field.read)(record, &call.view()).to_json()).ok_or_else(|| {
            Fault::missing("ATTRIBUTE_NOT_FOUND", format!("{} has no attribute ('{name}')", T::NOUN))
        })?;
    match value {
        serde_json::Value::Array(rows) => list::list_values(call, rows),
        value => Ok(Reply::result(value)),
    }
}
