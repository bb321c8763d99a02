//! Creating, changing, switching and deleting users.

use serde_json::Value as Json;

use super::groups::{self, Source, UserGroup};
use super::{ROLE_WORDS, User, check_access, password};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::Role;

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let kind = call.body()?.text("type").unwrap_or("Local").to_ascii_lowercase();
    match kind.as_str() {
        "local" => create_local(call),
        "ldap" => groups::create(call, Source::Ldap),
        "sso" => groups::create(call, Source::Sso),
        _ => Err(Fault::malformed_parameter(&kind, "Local, Ldap or Sso")),
    }
}

fn create_local(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<User>()?;
    let role = role(&body)?.ok_or_else(missing_role)?;
    check_power(call, role, "USER_ROLE_CREATE_FORBIDDEN")?;
    let name = body.text("name").unwrap_or_default().to_owned();
    let email = body.text("email").unwrap_or_default().to_owned();
    check_email(&email)?;
    let secret = body.text("password").unwrap_or_default();
    let enforced = body.boolean("enforce_user_password_policy").unwrap_or(true);
    password::check(secret, &name, None, enforced)?;
    check_name_free(call.array, &name, 0)?;
    let id = call.array.next_id();
    call.event(
        Event::info("USER_CREATED", "User {username} was created with role {role}")
            .about(id)
            .text("username", &name)
            .text("role", role.name()),
    );
    let user = User {
        id,
        name,
        password: secret.to_owned(),
        email,
        role,
        enabled: true,
        enforce_password_policy: enforced,
    };
    call.array.users.insert(id, user);
    call.record::<User>(id).map(Reply::created)
}

pub(super) fn missing_role() -> Fault {
    Fault::bad("MISSING_ROLE", "A role is needed ('role')")
}

/// The role that a body names as `role`, or as the only one of `roles`.
pub(super) fn role(body: &Body) -> Result<Option<Role>, Fault> {
    let name = match (body.text("role"), body.json("roles").and_then(Json::as_array).map(Vec::as_slice)) {
        (Some(name), _) => name,
        (None, None) if body.has("roles") => {
            return Err(Fault::malformed_parameter("roles", "a list of roles"));
        }
        (None, None) if body.has("role") => return Err(missing_role()),
        (None, None) => return Ok(None),
        (None, Some([])) => return Err(missing_role()),
        (None, Some([one])) => {
            one.as_str().ok_or_else(|| Fault::malformed_parameter("roles[0]", "a role"))?
        }
        (None, Some(_)) => {
            return Err(Fault::bad("MULTIPLE_ROLES_NOT_SUPPORTED", "A user has one role ('roles')"));
        }
    };
    match Role::parse(name) {
        Some(role) => Ok(Some(role)),
        None if ROLE_WORDS.contains(&name) => {
            Err(Fault::bad("ROLE_NOT_ALLOWED", format!("Role {name} is not for users of this system")))
        }
        None => Err(Fault::malformed_parameter(name, "a role")),
    }
}

/// The vendor's role is only given, changed and taken by those who have it.
fn check_power(call: &Call<'_>, role: Role, code: &'static str) -> Result<(), Fault> {
    if role == Role::Infinidat && call.actor.role != Role::Infinidat {
        return Err(Fault::forbidden(
            code,
            format!("Role {} has no power over users of role INFINIDAT", call.actor.role.name()),
        ));
    }
    Ok(())
}

fn check_email(email: &str) -> Result<(), Fault> {
    let fits = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if fits {
        Ok(())
    } else {
        Err(Fault::bad("EMAIL_INVALID_RECIPIENT", format!("'{email}' is no mail address ('email')")))
    }
}

fn check_name_free(array: &Array, name: &str, own_id: i64) -> Result<(), Fault> {
    if array.users.values().any(|user| user.id != own_id && user.name == name) {
        return Err(Fault::conflict("USER_ALREADY_EXISTS", format!("A user named '{name}' exists already")));
    }
    Ok(())
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    if call.array.user_groups.contains_key(&id) {
        check_access(call, id)?;
        return groups::update(call, id);
    }
    let old = User::find(call.array, id)?.clone();
    check_access(call, id)?;
    if call.body()?.has("enabled") {
        return Err(Fault::bad(
            "SET_MISSING_ATTRIBUTE",
            "A user is enabled and disabled elsewhere ('enabled')",
        ));
    }
    let body = call.update::<User>()?;
    check_power(call, old.role, "USER_ROLE_MODIFY_FORBIDDEN")?;
    let mut user = old.clone();
    if let Some(role) = role(&body)? {
        if id == call.actor.user_id && role != old.role {
            return Err(Fault::conflict(
                "USER_CANNOT_BE_SELF_MODIFIED",
                "Nobody changes his own role ('role')",
            ));
        }
        check_power(call, role, "USER_ROLE_MODIFY_FORBIDDEN")?;
        user.role = role;
    }
    if let Some(name) = body.text("name") {
        check_name_free(call.array, name, id)?;
        name.clone_into(&mut user.name);
    }
    if let Some(email) = body.text("email") {
        check_email(email)?;
        email.clone_into(&mut user.email);
    }
    user.enforce_password_policy =
        body.boolean("enforce_user_password_policy").unwrap_or(old.enforce_password_policy);
    if let Some(secret) = body.text("password") {
        password::check(secret, &user.name, Some(&old.password), user.enforce_password_policy)?;
        secret.clone_into(&mut user.password);
    }
    if old.enforce_password_policy && !user.enforce_password_policy {
        call.approve(|| format!("User '{}' may then choose any password, however weak", old.name))?;
    }
    let fields = body.names().collect::<Vec<_>>().join(", ");
    call.event(
        Event::info("USER_UPDATED", "User {username} was changed: {fields}")
            .about(id)
            .text("username", &user.name)
            .text("fields", &fields),
    );
    let signed_out = id != call.actor.user_id && user.password != old.password;
    *User::find_mut(call.array, id)? = user;
    if signed_out {
        call.array.sessions.end_of(id);
    }
    call.record::<User>(id).map(Reply::result)
}

pub(super) fn enable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    switch(call, true)
}

pub(super) fn disable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    switch(call, false)
}

fn switch(call: &mut Call<'_>, enabled: bool) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let user = User::find(call.array, id)?.clone();
    if id == call.actor.user_id {
        return Err(Fault::conflict("USER_CANNOT_BE_SELF_MODIFIED", "Nobody disables himself"));
    }
    if !matches!(call.actor.role, Role::Admin | Role::Infinidat) {
        return Err(Fault::forbidden(
            "ACTION_NOT_ALLOWED_FOR_ROLE",
            format!("Role [{}] does not enable or disable users", call.actor.role.name()),
        ));
    }
    check_power(call, user.role, "USER_ROLE_ACCESS_FORBIDDEN")?;
    User::find_mut(call.array, id)?.enabled = enabled;
    if !enabled {
        call.array.sessions.end_of(id);
    }
    let event = if enabled {
        Event::info("USER_ENABLED", "User {username} was enabled")
    } else {
        Event::info("USER_DISABLED", "User {username} was disabled")
    };
    call.event(event.about(id).text("username", &user.name));
    call.record::<User>(id).map(Reply::result)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    if let Some(group) = call.array.user_groups.get(&id).cloned() {
        call.approve(|| format!("The members of group '{}' can no longer sign in", group.name))?;
        let last_state = call.record::<UserGroup>(id)?;
        call.array.user_groups.remove(&id);
        call.event(
            Event::info("USER_GROUP_DELETED", "Group {name} was deleted").about(id).text("name", &group.name),
        );
        return Ok(Reply::result(last_state));
    }
    let user = User::find(call.array, id)?.clone();
    if id == call.actor.user_id {
        return Err(Fault::conflict("USER_CANNOT_BE_SELF_DELETED", "Nobody deletes himself"));
    }
    if id < 0 {
        return Err(Fault::forbidden(
            "USER_ROLE_DELETE_FORBIDDEN",
            format!("User '{}' belongs to the system and stays", user.name),
        ));
    }
    check_power(call, user.role, "USER_ROLE_DELETE_FORBIDDEN")?;
    call.approve(|| format!("User '{}' can no longer sign in", user.name))?;
    let last_state = call.record::<User>(id)?;
    call.array.users.remove(&id);
    call.array.sessions.end_of(id);
    for pool in call.array.pools.values_mut() {
        pool.owners.retain(|owner| *owner != id);
    }
    call.event(
        Event::info("USER_DELETED", "User {username} was deleted").about(id).text("username", &user.name),
    );
    Ok(Reply::result(last_state))
}
