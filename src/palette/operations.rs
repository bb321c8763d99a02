//! Operations as candidates: found by their titles, by what they are done to, by their help and by other verbs.

use std::sync::Arc;

use boxdeck_catalog::{Catalog, Operation, OperationKind, Resource};
use boxdeck_dialect::{Context, Request, Session, blocked};

use super::candidate::{Candidate, Goal, Group};
use crate::format::words::{inside, starting};
use crate::operation::{Way, verb_of, way};
use crate::place::Place;

/// The operations of a system. `here` is the place that shows: what can be done to its record needs no choice of one. What `own`
/// asks for is a thing of the console's own, and is offered as that.
pub(super) fn operations(
    system: &str,
    catalog: &Catalog,
    session: &Session,
    here: &Place,
    own: Option<&Request>,
) -> Vec<Candidate> {
    let context = Context { catalog, session };
    let offered = catalog.operations().filter(|(_, operation)| {
        !operation.adjacent
            && !matches!(operation.kind, OperationKind::List | OperationKind::Get)
            && own.is_none_or(|own| own.method != operation.method || own.path != operation.path)
    });
    offered.map(|(resource, operation)| candidate(system, context, resource, operation, here)).collect()
}

fn candidate(
    system: &str,
    context: Context<'_>,
    resource: &Resource,
    operation: &Operation,
    here: &Place,
) -> Candidate {
    let is_here = here.resource.as_deref() == Some(&resource.id)
        && here.key.is_some() == operation.concerns_record()
        && (here.key.is_some() || operation.kind == OperationKind::Create || resource.parent.is_none());
    let goal = goal(system, context.catalog, resource, operation, Some(here).filter(|_| is_here));
    let title = action(operation, resource);
    // The title of the resource tells nothing where the operation's own has it in it.
    let is_plain = title.to_lowercase().contains(&resource.singular.to_lowercase());
    let owner = resource.parent.as_deref().and_then(|owner| context.catalog.resource(owner));
    let note = match owner {
        Some(owner) => owner.title.clone(),
        None if is_plain => String::new(),
        None => resource.title.clone(),
    };
    Candidate {
        words: format!(
            "{} {} {} {}",
            resource.singular,
            resource.title,
            verbs(operation.kind),
            operation.help
        ),
        reason: blocked(context, operation, None),
        here: is_here,
        ..Candidate::new(Group::Operations, title, note, goal)
    }
}

/// What is done, with what it is done to: a bare `Delete` becomes `Delete volume`.
fn action(operation: &Operation, resource: &Resource) -> String {
    if operation.title.contains(char::is_whitespace) {
        operation.title.clone()
    } else {
        format!("{} {}", operation.title, resource.singular)
    }
}

/// Other verbs by which people look for operations of a kind.
fn verbs(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Create => words::palette::verbs_create(),
        OperationKind::Update => words::palette::verbs_update(),
        OperationKind::Delete => words::palette::verbs_delete(),
        OperationKind::Upload => words::palette::verbs_upload(),
        OperationKind::Download => words::palette::verbs_download(),
        OperationKind::Query | OperationKind::Action | OperationKind::List | OperationKind::Get => "",
    }
}

/// What choosing an operation does: what its button does where it has one, or the way to the record that has to
/// be chosen first. `here`: the place that shows, where it is the operation's own.
fn goal(
    system: &str,
    catalog: &Catalog,
    resource: &Resource,
    operation: &Operation,
    here: Option<&Place>,
) -> Goal {
    let verb = verb_of(resource, operation);
    // What belongs to a record is done on a page, which reads it; the palette has not.
    if let Some(here) = here.filter(|here| here.key.is_some() || here.parent.is_some()) {
        return Goal::Place(here.with_verb(verb));
    }
    let home = Place::system(system);
    let is_single = resource.shape != boxdeck_catalog::Shape::Collection;
    if let Some(owner) = resource.parent.as_deref() {
        let singular = catalog.resource(owner).map_or(owner, |owner| owner.singular.as_str());
        return Goal::Choose(
            home.resource(owner),
            words::palette::choose_first(singular, inside(&operation.title)),
        );
    }
    if operation.concerns_record() && !is_single {
        let told = words::palette::choose_first(&resource.singular, inside(&operation.title));
        return Goal::Choose(home.resource(&resource.id), told);
    }
    match way(resource, operation, None, None) {
        // A single object is changed as it was read, too.
        Way::Dialog if operation.concerns_record() => {
            Goal::Place(home.resource(&resource.id).with_verb(verb))
        }
        Way::AtOnce | Way::Dialog => Goal::Start(Arc::new(resource.clone()), Arc::new(operation.clone())),
        Way::Page => Goal::Place(home.resource(&resource.id).with_verb(verb)),
    }
}

/// The heading of a place as the palette shows it.
pub(super) fn place_words(resource: &Resource) -> String {
    format!("{} {}", starting(&resource.singular), resource.help)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::place::Verb;

    fn catalog() -> Catalog {
        let many: Vec<_> = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|name| json!({"in": "query", "field": {"name": name, "label": name}}))
            .collect();
        serde_json::from_value(json!({
            "kind": {"id": "k", "title": "K", "version": "1", "dialect": "k", "areas": [{"id": "a", "title": "A"}],
                "roles": [{"id": "ADMIN", "title": "Administrator"}]},
            "resources": [
                {"id": "volumes", "title": "Volumes", "singular": "volume", "area": "a",
                    "fields": [{"name": "name", "label": "Name", "create": "required"}], "operations": [
                    {"id": "v.list", "kind": "list", "method": "GET", "path": "/v", "title": "List"},
                    {"id": "v.new", "kind": "create", "method": "POST", "path": "/v", "title": "Create", "body": "create"},
                    {"id": "v.drop", "kind": "delete", "method": "DELETE", "path": "/v/{id}", "title": "Delete",
                        "roles": ["ADMIN"]},
                    {"id": "v.import", "kind": "action", "method": "POST", "path": "/v/import", "title": "Import volumes",
                        "parameters": many},
                    {"id": "v.sweep", "kind": "action", "method": "POST", "path": "/v/sweep", "title": "Sweep up",
                        "help": "Tidies old snapshots."},
                ]},
                {"id": "luns", "title": "LUNs", "singular": "LUN", "area": "a", "parent": "volumes", "fields": [],
                    "operations": [
                    {"id": "l.new", "kind": "create", "method": "POST", "path": "/v/{parent}/l", "title": "Map to host"},
                ]},
            ],
        }))
        .expect("a catalog")
    }

    fn found(here: &Place) -> Vec<Candidate> {
        let session = Session { roles: vec!["GUEST".to_owned()], ..Session::default() };
        operations("north", &catalog(), &session, here, None)
    }

    fn named<'a>(found: &'a [Candidate], title: &str) -> &'a Candidate {
        found.iter().find(|candidate| candidate.title == title).expect("a candidate")
    }

    #[test]
    fn each_leads_where_it_can_be_done() {
        let found = found(&Place::system("north"));
        assert_eq!(found.len(), 5);
        let volumes = Place::system("north").resource("volumes");
        for (title, id) in [("Create volume", "v.new"), ("Sweep up", "v.sweep")] {
            assert!(matches!(&named(&found, title).goal, Goal::Start(_, operation) if operation.id == id));
        }
        assert_eq!(
            named(&found, "Import volumes").goal,
            Goal::Place(volumes.with_verb(Verb::Do("v.import".to_owned())))
        );
        let Goal::Choose(place, told) = &named(&found, "Delete volume").goal else { unreachable!() };
        assert_eq!(place, &volumes);
        assert!(told.contains("volume"), "{told}");
        assert!(matches!(&named(&found, "Map to host").goal, Goal::Choose(place, _) if *place == volumes));
    }

    #[test]
    fn the_record_that_shows_needs_no_choice() {
        let here = Place::system("north").resource("volumes").record("7");
        let found = found(&here);
        let delete = named(&found, "Delete volume");
        assert!(delete.here);
        assert_eq!(delete.goal, Goal::Place(here.with_verb(Verb::Do("v.drop".to_owned()))));
        assert!(delete.reason.as_ref().is_some_and(|reason| reason.contains("Administrator")));
        assert!(!named(&found, "Create volume").here);
    }

    #[test]
    fn what_the_console_does_itself_is_offered_once() {
        let own = Request { method: "POST".to_owned(), path: "/v/sweep".to_owned(), ..Request::default() };
        let place = Place::system("north");
        let found = operations("north", &catalog(), &Session::default(), &place, Some(&own));
        assert!(found.iter().all(|candidate| candidate.title != "Sweep up"), "{}", found.len());
    }

    #[test]
    fn other_words_find_them() {
        let found = found(&Place::system("north"));
        for (typed, title) in
            [("new volume", "Create volume"), ("tidies", "Sweep up"), ("remove vol", "Delete volume")]
        {
            let sections = super::super::candidate::matching(typed, &found);
            assert_eq!(sections[0].1[0].title, title, "{typed}");
        }
    }
}
