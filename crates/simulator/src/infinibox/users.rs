//! The users of the box, and the groups of outside directories whose members may sign in.

use serde_json::{Value as Json, json};

use super::array::Array;
use super::call::Call;
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::list::{list_records, list_values};
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;
use crate::message::Method;
use crate::world::Settings;

pub(crate) mod groups;
mod password;
#[cfg(test)]
mod tests;
mod write;

/// The operations of users.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("users", super::call::list::<User>),
    Route::post("users", Roles::ADMIN, write::create),
    Route::get("users/roles", roles),
    Route::get("users/password_policy", password::policy),
    Route::get("users/ldap_groups", groups::ldap),
    Route::get("users/sso_groups", groups::sso),
    Route::open(Method::Post, "users/login/sso", password::sign_in_elsewhere),
    Route::get("users/{id}", get),
    Route::put("users/{id}", Roles::EVERYONE, write::update),
    Route::delete("users/{id}", Roles::ADMIN, write::delete),
    Route::post("users/{id}/enable", Roles::EVERYONE, write::enable),
    Route::post("users/{id}/disable", Roles::EVERYONE, write::disable),
    Route::get("users/{id}/pools", pools),
    Route::get("users/{name}/by_username", by_name),
    Route::open(Method::Post, "users/{name}/reset_password", password::ask_reset),
    Route::open(Method::Get, "users/{name}/reset_password/{token}", password::reset),
];

/// The words of roles, one of which no user here has.
pub(crate) const ROLE_WORDS: &[&str] =
    &["INFINIDAT", "ADMIN", "POOL_ADMIN", "TECHNICIAN", "READ_ONLY", "INFINIGUARD"];

/// A local user.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// Negative for the users that the box was built with.
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) enabled: bool,
    pub(crate) enforce_password_policy: bool,
}

impl Record for User {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", Holds::Integer(i64::MIN, i64::MAX), |u, _| u.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |u, _| u.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("email", TEXT, |u, _| u.email.as_str().into()).required().update(),
        Field::<Self>::write_only("password", TEXT).required().update(),
        Field::<Self>::new("role", TEXT, |u, _| u.role.name().into()).create().update().nullable(),
        Field::<Self>::new("roles", Holds::Anything, |u, _| json!([u.role.name()]).into()).create().update(),
        Field::<Self>::new("type", TEXT, |_, _| "Local".into()).create(),
        Field::<Self>::new("enabled", Holds::Boolean, |u, _| u.enabled.into()),
        Field::<Self>::new("enforce_user_password_policy", Holds::Boolean, |u, _| {
            u.enforce_password_policy.into()
        })
        .create()
        .update(),
        Field::<Self>::new("password_digest_version", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("is_digest_sufficient", Holds::Boolean, |_, _| true.into()),
    ];
}

impl Entity for User {
    const NOUN: &'static str = "User";
    const NOT_FOUND: &'static str = "USER_NOT_FOUND";
    const UNKNOWN_ON_UPDATE: &'static str = "SET_MISSING_ATTRIBUTE";

    fn table(array: &Array) -> &Table<Self> {
        &array.users
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.users
    }
}

/// The users that a box starts with: the administrator and one user of every other role, all with one password.
pub(crate) fn first_users(settings: &Settings) -> Table<User> {
    [
        (-1, "support", Role::Infinidat),
        (-2, settings.user.as_str(), Role::Admin),
        (-3, "technician", Role::Technician),
        (-4, "pool-admin", Role::PoolAdmin),
        (-5, "viewer", Role::ReadOnly),
    ]
    .into_iter()
    .map(|(id, name, role)| {
        let user = User {
            id,
            name: name.to_owned(),
            password: settings.password.clone(),
            email: format!("{name}@example.com"),
            role,
            enabled: true,
            enforce_password_policy: false,
        };
        (id, user)
    })
    .collect()
}

fn roles(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_values(call, ROLE_WORDS.iter().map(|word| Json::from(*word)).collect())
}

/// Lets an administrator at everybody, and everybody else at himself.
fn check_access(call: &Call<'_>, id: i64) -> Result<(), Fault> {
    if id == call.actor.user_id || matches!(call.actor.role, Role::Admin | Role::Infinidat) {
        return Ok(());
    }
    Err(Fault::forbidden(
        "USER_ROLE_ACCESS_FORBIDDEN",
        format!("Role {} sees and changes its own user only", call.actor.role.name()),
    ))
}

/// A user, or a group: they share their ids.
fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    if call.array.user_groups.contains_key(&id) {
        return call.record::<groups::UserGroup>(id).map(Reply::result);
    }
    User::find(call.array, id)?;
    check_access(call, id)?;
    call.record::<User>(id).map(Reply::result)
}

/// Names count with their case here.
fn by_name(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let name = call.argument("name");
    let id = call
        .array
        .users
        .values()
        .find(|user| user.name == name)
        .map(|user| user.id)
        .ok_or_else(|| Fault::missing("USER_NOT_FOUND", format!("User '{name}' does not exist")))?;
    check_access(call, id)?;
    call.record::<User>(id).map(Reply::result)
}

/// The pools that the user owns.
fn pools(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    User::find(call.array, id)?;
    check_access(call, id)?;
    list_records(call, call.array.pools.values().filter(|pool| pool.owners.contains(&id)), &[])
}
