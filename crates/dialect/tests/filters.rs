//! A filter reaches the wire as it was meant, whatever it holds: what a dialect says that the box applies is in the request,
//! and somebody who knows only the box's notation reads the same condition from it.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use boxdeck_catalog::{Catalog, Operator};
use boxdeck_dialect::{Context, ListTarget, Query, Session, Term, dialect};
use proptest::prelude::*;

fn catalog(id: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let catalogs = boxdeck_catalog::load::load_dir(&folder).expect("catalogs that load");
    catalogs.into_iter().find(|catalog| catalog.kind.id == id).expect("the kind's catalog")
}

fn target<'a>(catalog: &'a Catalog, resource: &str, operation: &str) -> ListTarget<'a> {
    let resource = catalog.resource(resource).expect("the resource");
    let operation = resource.operation(operation).expect("the operation");
    ListTarget { resource, operation, parent: None }
}

/// Texts with whatever a notation might stumble over.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            " ",
            ",",
            "a,b",
            "(a)",
            "(a,b)",
            "[1,2]",
            "]",
            ")",
            "eq:x",
            "null",
            "in:(a)",
            "ä ö",
            "名前",
            "🗄",
            "a&b=c",
            "%2C",
            "+",
            " padded ",
            "9007199254740993",
            "-1",
        ])
        .prop_map(str::to_owned),
        any::<u64>().prop_map(|number| number.to_string()),
        ".{0,12}",
    ]
}

fn any_term(fields: Vec<String>) -> impl Strategy<Value = Term> {
    (
        prop::sample::select(fields),
        prop::sample::select(Operator::ALL.to_vec()),
        prop::collection::vec(any_value(), 0..4),
    )
        .prop_map(|(field, operator, values)| Term { field, operator, values })
}

/// Reads a condition in the notation of the InfiniBox document: `name:value`, lists as `(a,b)`, ranges as `[a,b]`, `null`
/// for nothing.
fn decode(field: &str, text: &str) -> Option<Term> {
    let (name, rest) = text.split_once(':')?;
    let inner = |open: char, close: char| rest.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let split = |inner: &str| inner.split(',').map(str::to_owned).collect::<Vec<_>>();
    let one = || Some(vec![rest.to_owned()]);
    let (operator, values) = match name {
        "eq" => (Operator::Eq, one()),
        "neq" => (Operator::Neq, one()),
        "like" => (Operator::Like, one()),
        "lt" => (Operator::Lt, one()),
        "leq" => (Operator::Leq, one()),
        "gt" => (Operator::Gt, one()),
        "geq" => (Operator::Geq, one()),
        "in" => (Operator::In, inner('(', ')').map(split)),
        "notin" => (Operator::NotIn, inner('(', ')').map(split)),
        "between" => (Operator::Between, inner('[', ']').map(split).filter(|values| values.len() == 2)),
        "is" => (Operator::Is, (rest == "null").then(Vec::new)),
        "isnot" => (Operator::IsNot, (rest == "null").then(Vec::new)),
        _ => return None,
    };
    Some(Term { field: field.to_owned(), operator, values: values? })
}

/// The term without the choice that a person has in writing it: one of a single value is that value, and conditions on
/// nothing have no values.
fn plain(term: &Term) -> Term {
    let operator = match (term.operator, term.values.as_slice()) {
        (Operator::In, [_]) => Operator::Eq,
        (Operator::NotIn, [_]) => Operator::Neq,
        (operator, _) => operator,
    };
    let values =
        if matches!(operator, Operator::Is | Operator::IsNot) { Vec::new() } else { term.values.clone() };
    Term { field: term.field.clone(), operator, values }
}

#[test]
fn infinibox_conditions_carry_what_was_meant() {
    let catalog = catalog("infinibox");
    let dialect = dialect("infinibox").expect("the dialect");
    let session = Session::default();
    let context = Context { catalog: &catalog, session: &session };
    let target = target(&catalog, "volumes", "volume.get_all_volumes");
    let fields: Vec<String> = target.resource.fields.iter().map(|field| field.name.clone()).collect();
    let known = fields.clone();
    proptest!(ProptestConfig::with_cases(1500), |(terms in prop::collection::vec(any_term(fields), 1..4))| {
        let query = Query { filter: terms.clone(), ..Query::default() };
        let request = dialect.list(context, target, &query);
        let conditions = request.query.iter().filter(|(name, _)| known.contains(name));
        let read: Option<Vec<Term>> = conditions.map(|(name, text)| decode(name, text)).collect();
        let applied: Vec<Term> =
            terms.iter().filter(|term| dialect.applies(&catalog, target, term)).map(plain).collect();
        prop_assert_eq!(read, Some(applied), "{:?}", request.query);
    });
}

#[test]
fn every_infinibox_operator_is_carried_by_some_field() {
    let catalog = catalog("infinibox");
    let dialect = dialect("infinibox").expect("the dialect");
    let target = target(&catalog, "volumes", "volume.get_all_volumes");
    for operator in Operator::ALL {
        let count = match operator {
            Operator::Is | Operator::IsNot => 0,
            Operator::In | Operator::NotIn | Operator::Between => 2,
            _ => 1,
        };
        let values = vec!["7".to_owned(); count];
        let mut terms = target.resource.fields.iter().map(|field| Term {
            field: field.name.clone(),
            operator,
            values: values.clone(),
        });
        assert!(terms.any(|term| dialect.applies(&catalog, target, &term)), "{}", operator.name());
    }
}

#[test]
fn ironic_filters_by_the_node_and_nothing_else() {
    let catalog = catalog("ironic");
    let dialect = dialect("ironic").expect("the dialect");
    let session = Session::default();
    let context = Context { catalog: &catalog, session: &session };
    let targets = [
        target(&catalog, "targets", "volume_target_list"),
        target(&catalog, "connectors", "volume_connector_list"),
    ];
    for target in targets {
        let fields: Vec<String> = target.resource.fields.iter().map(|field| field.name.clone()).collect();
        let own = ["detail", "limit"];
        proptest!(ProptestConfig::with_cases(400), |(term in any_term(fields))| {
            let query = Query { filter: vec![term.clone()], ..Query::default() };
            let request = dialect.list(context, target, &query);
            let conditions: Vec<(&str, &str)> = request
                .query
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .filter(|(name, _)| !own.contains(name))
                .collect();
            if dialect.applies(&catalog, target, &term) {
                prop_assert_eq!((term.field.as_str(), term.operator), ("node_uuid", Operator::Eq));
                let value = term.values.first().map_or("", String::as_str);
                prop_assert_eq!(conditions, [("node", value)]);
            } else {
                prop_assert!(conditions.is_empty(), "{:?}", conditions);
            }
        });
    }
}
