//! Groups of outside directories: their members sign in with the group's role.

use serde_json::json;

use crate::infinibox::array::Array;
use crate::infinibox::body::{Body, check_name};
use crate::infinibox::call::Call;
use crate::infinibox::entity::{Entity, Record, Table};
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL, TEXT};
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::Role;
use crate::infinibox::value::Value;

/// What keeps the members of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A directory that speaks LDAP.
    Ldap,
    /// An identity provider.
    Sso,
}

/// A group.
#[derive(Debug, Clone)]
pub(crate) struct UserGroup {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) source: Source,
    /// The directory's id.
    pub(crate) directory_id: i64,
    /// The group's name in an LDAP directory; empty for other groups.
    pub(crate) dn: String,
    pub(crate) role: Role,
}

/// The value if the group is of that source; the record has no such key otherwise.
fn only<'a>(group: &UserGroup, source: Source, value: impl Into<Value<'a>>) -> Value<'a> {
    if group.source == source { value.into() } else { Value::Absent }
}

/// The name of a directory or an identity provider; `None` if the box knows none of that id.
fn directory_name(array: &Array, source: Source, id: i64) -> Option<&str> {
    match source {
        Source::Ldap => array.repositories.get(&id).map(|repository| repository.name.as_str()),
        Source::Sso => array.identity_providers.get(&id).map(|provider| provider.name.as_str()),
    }
}

impl Record for UserGroup {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |g, _| g.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |g, _| g.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("type", TEXT, |g, _| if g.source == Source::Ldap { "Ldap" } else { "Sso" }.into())
            .required(),
        Field::<Self>::new("role", TEXT, |g, _| g.role.name().into()).create().update(),
        Field::<Self>::new("roles", Holds::Anything, |g, _| json!([g.role.name()]).into()).create().update(),
        Field::<Self>::new("dn", TEXT, |g, _| only(g, Source::Ldap, g.dn.as_str())).create().update(),
        Field::<Self>::new("ldap_id", NATURAL, |g, _| only(g, Source::Ldap, g.directory_id)).create(),
        Field::<Self>::new("ldap_name", TEXT, |g, v| {
            only(g, Source::Ldap, directory_name(v.array, g.source, g.directory_id))
        }),
        Field::<Self>::new("idp_id", NATURAL, |g, _| only(g, Source::Sso, g.directory_id)).create(),
        Field::<Self>::new("idp_name", TEXT, |g, v| {
            only(g, Source::Sso, directory_name(v.array, g.source, g.directory_id))
        }),
    ];
}

impl Entity for UserGroup {
    const NOUN: &'static str = "User";
    const NOT_FOUND: &'static str = "USER_NOT_FOUND";
    const UNKNOWN_ON_UPDATE: &'static str = "SET_MISSING_ATTRIBUTE";

    fn table(array: &Array) -> &Table<Self> {
        &array.user_groups
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.user_groups
    }
}

pub(super) fn ldap(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_records(call, call.array.user_groups.values().filter(|group| group.source == Source::Ldap), &[])
}

pub(super) fn sso(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_records(call, call.array.user_groups.values().filter(|group| group.source == Source::Sso), &[])
}

/// Creates a group from the body of `POST users` whose type isn't local.
pub(super) fn create(call: &mut Call<'_>, source: Source) -> Result<Reply, Fault> {
    let body = call.creation::<UserGroup>()?;
    let role = super::write::role(&body)?.ok_or_else(super::write::missing_role)?;
    check_role(source, role)?;
    let key = if source == Source::Ldap { "ldap_id" } else { "idp_id" };
    let directory_id = body.need_integer(key)?;
    if directory_name(call.array, source, directory_id).is_none() {
        return Err(match source {
            Source::Ldap => Fault::missing(
                "USERS_REPOSITORY_NOT_FOUND",
                format!("Users repository {directory_id} does not exist"),
            ),
            Source::Sso => Fault::missing(
                "SSO_IDENTITY_PROVIDER_NOT_FOUND",
                format!("Identity provider {directory_id} does not exist"),
            ),
        });
    }
    if source == Source::Ldap && !body.has("dn") {
        return Err(Fault::missing_field("dn"));
    }
    let mut group = UserGroup {
        id: 0,
        name: body.text("name").unwrap_or_default().to_owned(),
        source,
        directory_id,
        dn: body.text("dn").unwrap_or_default().to_owned(),
        role,
    };
    check_free(call.array, &group)?;
    group.id = call.array.next_id();
    let id = group.id;
    call.event(
        Event::info("USER_GROUP_CREATED", "Group {name} was created").about(id).text("name", &group.name),
    );
    call.array.user_groups.insert(id, group);
    call.record::<UserGroup>(id).map(Reply::created)
}

fn check_role(source: Source, role: Role) -> Result<(), Fault> {
    let allowed = matches!(role, Role::Admin | Role::PoolAdmin | Role::ReadOnly);
    match (allowed, source) {
        (true, _) => Ok(()),
        (false, Source::Ldap) => {
            Err(Fault::bad("ROLE_NOT_ALLOWED", format!("Role {} is not for directory groups", role.name())))
        }
        (false, Source::Sso) => Err(Fault::conflict(
            "SSO_USER_GROUP_ROLE_NOT_ALLOWED",
            format!("Role {} is not for groups of an identity provider", role.name()),
        )),
    }
}

fn check_free(array: &Array, wanted: &UserGroup) -> Result<(), Fault> {
    let mut others = array.user_groups.values().filter(|other| {
        other.id != wanted.id && other.source == wanted.source && other.directory_id == wanted.directory_id
    });
    match wanted.source {
        Source::Ldap if others.any(|other| other.dn.eq_ignore_ascii_case(&wanted.dn)) => {
            Err(Fault::conflict(
                "DUPLICATE_DISTINGUISHED_NAME",
                format!("The directory has a group of '{}' already", wanted.dn),
            ))
        }
        Source::Sso if others.any(|other| other.name == wanted.name) => Err(Fault::conflict(
            "SSO_USER_GROUP_NAME_CONFLICT",
            format!("The identity provider has a group named '{}' already", wanted.name),
        )),
        _ => Ok(()),
    }
}

/// Changes a group by the body of `PUT users/{id}`.
pub(super) fn update(call: &mut Call<'_>, id: i64) -> Result<Reply, Fault> {
    let mut group = UserGroup::find(call.array, id)?.clone();
    let body: Body = call.update::<UserGroup>()?;
    if let Some(name) = body.text("name") {
        check_name(name)?;
        name.clone_into(&mut group.name);
    }
    if let Some(dn) = body.text("dn") {
        dn.clone_into(&mut group.dn);
    }
    if let Some(role) = super::write::role(&body)? {
        check_role(group.source, role)?;
        group.role = role;
    }
    check_free(call.array, &group)?;
    call.event(
        Event::info("USER_GROUP_UPDATED", "Group {name} was changed").about(id).text("name", &group.name),
    );
    *UserGroup::find_mut(call.array, id)? = group;
    call.record::<UserGroup>(id).map(Reply::result)
}
