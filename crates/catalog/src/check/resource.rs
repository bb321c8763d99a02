//! Checks of a resource: its own properties, groups, columns and relations.

use super::{Place, Report, Scope, chart, check_conditions, field, need_identifier, operation, words};
use crate::operation::OperationKind;
use crate::resource::{Relation, Shape};

/// Least and greatest number of columns that a list shows at first.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=10;

pub(super) fn check(scope: Scope<'_>, place: &Place<'_>, report: &mut Report) {
    let Scope { catalog, resource } = scope;
    need_identifier(&resource.id, &place.at("id"), report);
    words::check_label(&resource.title, &place.at("title"), report);
    words::check_singular(&resource.singular, &place.at("singular"), report);
    report.need(!resource.help.is_empty(), place, || format!("the resource {} has no help", resource.id));
    if !resource.help.is_empty() {
        words::check_sentences(&resource.help, &place.at("help"), report);
    }
    report.need(catalog.kind.areas.iter().any(|area| area.id == resource.area), &place.at("area"), || {
        format!("there is no area {}", resource.area)
    });
    if let Some(parent) = &resource.parent {
        scope.need_resource(parent, &place.at("parent"), report);
        report.need(*parent != resource.id, &place.at("parent"), || {
            "the resource is its own parent".to_owned()
        });
    }
    report.need(!resource.entry || resource.parent.is_some(), &place.at("entry"), || {
        "only a sub-collection needs it; the others are in the navigation".to_owned()
    });
    check_shape(scope, place, report);
    check_groups(scope, place, report);
    check_columns(scope, place, report);
    chart::check(scope, &place.at("chart"), report);
    let fields = place.at("fields");
    report.unique(resource.fields.iter().map(|field| field.name.as_str()), "the field", |index| {
        fields.at(index).at("name")
    });
    for (index, one) in resource.fields.iter().enumerate() {
        field::check_of_resource(scope, one, &fields.at(index), report);
    }
    field::check_together(scope, &fields, report);
    let relations = place.at("relations");
    report.unique(resource.relations.iter().map(|relation| relation.id.as_str()), "the relation", |index| {
        relations.at(index).at("id")
    });
    for (index, relation) in resource.relations.iter().enumerate() {
        check_relation(scope, relation, &relations.at(index), report);
    }
    for (index, one) in resource.operations.iter().enumerate() {
        operation::check(scope, one, &place.at("operations").at(index), report);
    }
}

fn check_shape(scope: Scope<'_>, place: &Place<'_>, report: &mut Report) {
    let resource = scope.resource;
    for (index, key) in resource.key.iter().enumerate() {
        if resource.shape == Shape::Collection {
            scope.need_field(key, &place.at("key").at(index), report);
        }
    }
    if let Some(name) = &resource.name {
        scope.need_field(name, &place.at("name"), report);
    }
    if let Some(fact) = &resource.fact {
        scope.need_field(fact, &place.at("fact"), report);
        report.need(resource.field(fact).is_none_or(|field| !field.secret), &place.at("fact"), || {
            "a secret is not shown".to_owned()
        });
    }
    match resource.shape {
        Shape::Collection => {
            report.need(!resource.key.is_empty(), &place.at("key"), || "a collection needs a key".to_owned());
            report.need(resource.first(OperationKind::List).is_some(), &place.at("operations"), || {
                "a collection needs an operation of the kind list".to_owned()
            });
        }
        Shape::Single => {
            report.need(resource.first(OperationKind::Get).is_some(), &place.at("operations"), || {
                "a single object needs an operation of the kind get".to_owned()
            })
        }
        Shape::Operations => report.need(!resource.operations.is_empty(), &place.at("operations"), || {
            "the resource has neither records nor operations".to_owned()
        }),
    }
}

fn check_groups(scope: Scope<'_>, place: &Place<'_>, report: &mut Report) {
    let resource = scope.resource;
    let groups = place.at("groups");
    report.unique(resource.groups.iter().map(|group| group.id.as_str()), "the group", |index| {
        groups.at(index).at("id")
    });
    for (index, group) in resource.groups.iter().enumerate() {
        need_identifier(&group.id, &groups.at(index).at("id"), report);
        words::check_label(&group.title, &groups.at(index).at("title"), report);
        report.need(resource.fields.iter().any(|field| field.group == group.id), &groups.at(index), || {
            format!("no field is in the group {}", group.id)
        });
    }
}

fn check_columns(scope: Scope<'_>, place: &Place<'_>, report: &mut Report) {
    let resource = scope.resource;
    let columns = place.at("columns");
    report.unique(resource.columns.iter().map(String::as_str), "the column", |index| columns.at(index));
    for (index, column) in resource.columns.iter().enumerate() {
        scope.need_field(column, &columns.at(index), report);
        report.need(!resource.field(column).is_some_and(|field| field.secret), &columns.at(index), || {
            format!("the secret {column} cannot be a column")
        });
    }
    if resource.shape == Shape::Collection {
        let least = (*COLUMNS.start()).min(resource.fields.len());
        let count = resource.columns.len();
        report.need((least..=*COLUMNS.end()).contains(&count), &columns, || {
            format!("a list shows {least} to {} columns at first, not {count}", COLUMNS.end())
        });
    }
    for term in resource.sort.split(',').filter(|term| !term.is_empty()) {
        let name = term.trim_start_matches('-');
        scope.need_field(name, &place.at("sort"), report);
        report.need(resource.field(name).is_none_or(|field| field.sort), &place.at("sort"), || {
            format!("the box cannot sort by {name}")
        });
    }
}

fn check_relation(scope: Scope<'_>, relation: &Relation, place: &Place<'_>, report: &mut Report) {
    need_identifier(&relation.id, &place.at("id"), report);
    words::check_label(&relation.title, &place.at("title"), report);
    check_conditions(&relation.when, |name| scope.resource.field(name), &place.at("when"), report);
    let Some(target) = scope.catalog.resource(&relation.resource) else {
        report.add(&place.at("resource"), format!("there is no resource {}", relation.resource));
        return;
    };
    let listed = Scope { catalog: scope.catalog, resource: target };
    for (index, column) in relation.columns.iter().enumerate() {
        listed.need_field(column, &place.at("columns").at(index), report);
    }
    if relation.where_.is_empty() && relation.with.is_empty() {
        let owned = target.parent.as_deref() == Some(scope.resource.id.as_str());
        report.need(owned, place, || {
            format!("without where, {} must have the parent {}", target.id, scope.resource.id)
        });
    }
    for (theirs, template) in &relation.with {
        let place = place.at("with").at(theirs.as_str());
        let list = target.first(OperationKind::List);
        let is_parameter = list.is_some_and(|list| list.input(theirs).is_some());
        let is_filter = target.field(theirs).is_some_and(|field| !field.filter.is_no());
        report.need(is_parameter || is_filter, &place, || {
            format!("the box cannot filter {} by {theirs}", target.id)
        });
        for name in crate::template::names(template) {
            scope.need_field(name, &place, report);
        }
    }
    for (theirs, ours) in &relation.where_ {
        let place = place.at("where").at(theirs.as_str());
        listed.need_field(theirs, &place, report);
        scope.need_field(ours, &place, report);
        report.need(target.field(theirs).is_none_or(|field| !field.filter.is_no()), &place, || {
            format!("the box cannot filter {} by {theirs}", target.id)
        });
    }
}
