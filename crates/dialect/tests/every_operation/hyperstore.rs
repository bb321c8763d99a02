//! Cloudian HyperStore: the 104 operations of its admin service.

mod accounts;
mod billing;
mod buckets;
mod code;
mod monitoring;
mod random;
mod traps;

use boxdeck_dialect::Record;
use serde_json::{Value, json};

use crate::{Console, On};

fn open() -> Console {
    let account = json!({"user": "admin", "password": "boxdeck-demo"});
    Console::open("hyperstore", &account, &Value::Null)
}

/// The first record of a list that satisfies a condition.
fn some(
    console: &mut Console,
    id: &str,
    parent: Option<&str>,
    filter: &Value,
    fits: impl Fn(&Record) -> bool,
) -> Record {
    let page = console.list(id, parent, filter).expect("a list");
    page.records.into_iter().find(fits).unwrap_or_else(|| panic!("{id} has no such record"))
}

/// The records of a list.
fn rows(console: &mut Console, id: &str, parent: Option<&str>, filter: &Value) -> Vec<Record> {
    console.list(id, parent, filter).expect("a list").records.into_iter().collect()
}

fn key(console: &Console, id: &str, record: &Record) -> String {
    record.key(&console.operation(id).0).expect("a key")
}

fn text(console: &mut Console, id: &str, on: On<'_>, typed: &Value) -> String {
    console.done(id, on, typed).result.as_str().expect("a text").to_owned()
}

#[test]
fn hyperstore() {
    let mut console = open();
    accounts::walk(&mut console);
    buckets::walk(&mut console);
    billing::walk(&mut console);
    monitoring::walk(&mut console);
    console.finish();
}
