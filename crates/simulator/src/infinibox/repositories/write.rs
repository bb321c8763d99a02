//! Creating, changing and deleting users repositories.

use serde_json::Value as Json;

use super::{Repository, SCHEMA, default_schema, groups_of, remove_groups_of};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::hostname;
use crate::infinibox::reply::Reply;
use crate::infinibox::users::groups::Source;

/// How many repositories there may be. The document's number belongs to a test system.
const MAX_REPOSITORIES: usize = 10;
/// How many servers a repository may name.
const MAX_SERVERS: usize = 3;

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let mut repository = planned(call)?;
    check_free(call.array, &repository)?;
    if call.array.repositories.len() >= MAX_REPOSITORIES {
        return Err(Fault::conflict(
            "LDAP_REPOSITORIES_LIMIT",
            format!("There are {MAX_REPOSITORIES} users repositories, and there cannot be more"),
        ));
    }
    let last = call.array.repositories.values().map(|other| other.search_order).max();
    repository.search_order = last.map_or(0, |last| last + 1);
    repository.id = call.array.next_id();
    let id = repository.id;
    call.event(
        Event::info("LDAP_CREATED", "Users repository {name} was created")
            .about(id)
            .text("name", &repository.name),
    );
    call.array.repositories.insert(id, repository);
    call.record::<Repository>(id).map(Reply::created)
}

/// The repository that a body describes, which has no id yet.
pub(super) fn planned(call: &Call<'_>) -> Result<Repository, Fault> {
    let body = call.creation::<Repository>()?;
    let mut repository = Repository {
        id: 0,
        name: String::new(),
        active_directory: body.text("repository_type") != Some("LDAP"),
        domain_name: None,
        servers: None,
        port: 636,
        encrypted: true,
        bind_username: String::new(),
        schema: default_schema(),
        search_order: 0,
    };
    apply(&mut repository, &body)?;
    Ok(repository)
}

/// Puts the fields of a body into a repository.
fn apply(repository: &mut Repository, body: &Body) -> Result<(), Fault> {
    if let Some(name) = body.text("name") {
        name.clone_into(&mut repository.name);
    }
    if body.has("domain_name") {
        repository.domain_name = body.text("domain_name").map(str::to_owned);
    }
    if let Some(servers) = body.json("servers") {
        repository.servers = servers_of(servers)?;
    }
    repository.port = body.integer("ldap_port").unwrap_or(repository.port);
    repository.encrypted = body.boolean("use_ldaps").unwrap_or(repository.encrypted);
    for (name, secret) in [("bind_username", false), ("bind_password", true)] {
        if body.text(name) == Some("") {
            let shown = if secret { "****" } else { "" };
            return Err(Fault::unsupported_value(name, shown));
        }
    }
    if let Some(username) = body.text("bind_username") {
        username.clone_into(&mut repository.bind_username);
    }
    if let Some(schema) = body.json("schema_definition") {
        let schema =
            schema.as_object().ok_or_else(|| Fault::malformed_parameter("schema_definition", "an object"))?;
        for (name, value) in schema {
            if !SCHEMA.iter().any(|(known, _)| known == name) {
                return Err(Fault::unsupported_field(name));
            }
            let value = value.as_str().ok_or_else(|| Fault::malformed_parameter(name, "text"))?;
            repository.schema.insert(name.clone(), value.into());
        }
    }
    check_place(repository)
}

fn servers_of(json: &Json) -> Result<Option<Vec<String>>, Fault> {
    if json.is_null() {
        return Ok(None);
    }
    let list = json.as_array().ok_or_else(|| Fault::malformed_parameter("servers", "a list of texts"))?;
    let mut servers: Vec<String> = Vec::new();
    for value in list {
        let server =
            value.as_str().ok_or_else(|| Fault::malformed_parameter("servers", "a list of texts"))?;
        if !hostname::is_host(server) {
            return Err(Fault::unsupported_value("servers", format!("\"{server}\"")));
        }
        if servers.iter().any(|other| other.eq_ignore_ascii_case(server)) {
            return Err(Fault::conflict(
                "LDAP_SERVER_CONFLICT",
                format!("Server '{server}' is named more than once ('servers')"),
            ));
        }
        servers.push(server.to_owned());
    }
    if servers.len() > MAX_SERVERS {
        return Err(Fault::conflict(
            "LDAP_SERVERS_LIMIT",
            format!("A users repository has up to {MAX_SERVERS} servers ('servers')"),
        ));
    }
    Ok(Some(servers))
}

/// An Active Directory needs a domain, any other directory a server.
fn check_place(repository: &Repository) -> Result<(), Fault> {
    let domain = repository.domain_name.as_deref().filter(|domain| !domain.is_empty());
    match (repository.active_directory, domain) {
        (true, None) => Err(Fault::missing_field("domain_name")),
        (true, Some(domain)) if !hostname::is_name(domain) => Err(Fault::bad(
            "INVALID_CHARACTERS_IN_DOMAIN_NAME",
            format!("'{domain}' is no domain name ('domain_name')"),
        )),
        (false, Some(domain)) => Err(Fault::unsupported_value("domain_name", format!("\"{domain}\""))),
        (false, None) if repository.servers.as_ref().is_none_or(Vec::is_empty) => {
            Err(Fault::missing_field("servers"))
        }
        _ => Ok(()),
    }
}

fn check_free(array: &Array, wanted: &Repository) -> Result<(), Fault> {
    for other in array.repositories.values().filter(|other| other.id != wanted.id) {
        if other.name == wanted.name {
            return Err(Fault::conflict(
                "LDAP_NAME_CONFLICT",
                format!("A users repository named '{}' exists already ('name')", wanted.name),
            ));
        }
        let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
            (Some(a), Some(b)) => !a.is_empty() && a.eq_ignore_ascii_case(b),
            _ => false,
        };
        if same(&other.domain_name, &wanted.domain_name) {
            return Err(Fault::conflict(
                "DOMAIN_NAME_CONFLICT",
                format!("Users repository '{}' is of the same domain ('domain_name')", other.name),
            ));
        }
    }
    Ok(())
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let mut repository = Repository::find(call.array, id)?.clone();
    let body = call.update::<Repository>()?;
    apply(&mut repository, &body)?;
    check_free(call.array, &repository)?;
    let fields = body.names().collect::<Vec<_>>().join(", ");
    call.event(
        Event::info("LDAP_UPDATED", "Users repository {name} was changed: {fields}")
            .about(id)
            .text("name", &repository.name)
            .text("fields", &fields),
    );
    *Repository::find_mut(call.array, id)? = repository;
    call.record::<Repository>(id).map(Reply::result)
}

/// Deletes a repository with its groups, which somebody must approve if there are any.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let name = Repository::find(call.array, id)?.name.clone();
    let groups = groups_of(call.array, Source::Ldap, id);
    if groups > 0 {
        call.approve(|| {
            format!("{groups} groups of users repository '{name}' go with it, and their members can no longer sign in")
        })?;
    }
    let last_state = call.record::<Repository>(id)?;
    remove_groups_of(call.array, Source::Ldap, id);
    call.array.repositories.remove(&id);
    call.event(
        Event::info("LDAP_DELETED", "Users repository {name} was deleted").about(id).text("name", &name),
    );
    Ok(Reply::result(last_state))
}
