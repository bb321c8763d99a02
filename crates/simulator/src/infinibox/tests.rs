//! The protocol: what every operation has in common.

use serde_json::json;

use super::testing::{Bench, NOW};
use crate::message::{Method, Request};
use crate::world::System as _;

#[test]
fn lists_are_paged_by_fifty_and_say_how_many_there_are() {
    let mut bench = Bench::new();
    let page = bench.get("volumes");
    assert_eq!(page.total(), 200);
    assert_eq!(page.body["metadata"]["page_size"], 50);
    assert_eq!(page.body["metadata"]["pages_total"], 4);
    assert_eq!(page.body["result"].as_array().map(Vec::len), Some(50));
    let last = bench.get("volumes?page=2&page_size=150&fields=id,name,no_such_field");
    assert_eq!(last.body["result"].as_array().map(Vec::len), Some(50));
    assert_eq!(last.body["result"][0].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(bench.get("volumes?name=nothing-like-it").body["metadata"]["pages_total"], 1);
    assert_eq!(bench.get("volumes?page=99").body["result"], json!([]));
}

#[test]
fn page_sizes_are_limited() {
    let mut bench = Bench::new();
    bench.get("volumes?page_size=1001").refused(400, "MAX_PAGE_SIZE_VIOLATION");
    for wrong in ["page=0", "page_size=0", "page=-1"] {
        let message = bench.get(&format!("volumes?{wrong}")).refused(400, "WRONG_PARAMETER");
        assert!(message.contains("condition: 'int >= 1'"), "{message}");
    }
    bench.get("volumes?page=first").refused(400, "MALFORMED_PARAMETER");
}

#[test]
fn every_operator_filters() {
    let mut bench = Bench::new();
    let all = bench.get("volumes").total();
    let masters = bench.get("volumes?type=master").total();
    let snapshots = bench.get("volumes?type=neq:MASTER").total();
    assert!(masters > 0 && snapshots > 0);
    assert_eq!(masters + snapshots, all);
    let pool = bench.get("pools?name=production-sap&fields=id").ok()[0]["id"].as_i64().expect("an id");
    let count = |bench: &mut Bench, filter: &str| bench.get(&format!("volumes?{filter}")).total();
    let below = count(&mut bench, &format!("pool_id=lt:{pool}"));
    let same = count(&mut bench, &format!("pool_id={pool}"));
    let above = count(&mut bench, &format!("pool_id=gt:{pool}"));
    assert_eq!(below + same + above, all);
    assert_eq!(count(&mut bench, &format!("pool_id=leq:{pool}")), below + same);
    assert_eq!(count(&mut bench, &format!("pool_id=geq:{pool}")), above + same);
    assert_eq!(count(&mut bench, &format!("pool_id=between:[{pool},{pool}]")), same);
    for list in [format!("({pool},1)"), format!("[{pool},1]"), format!("{pool},1")] {
        assert_eq!(count(&mut bench, &format!("pool_id=in:{list}")), same);
        assert_eq!(count(&mut bench, &format!("pool_id=notin:{list}")), all - same);
    }
    let grouped = count(&mut bench, "cg_id=isnot:null");
    assert!(grouped > 0);
    assert_eq!(count(&mut bench, "cg_id=is:null"), all - grouped);
    assert_eq!(
        count(&mut bench, "name=like:-PROD-") + count(&mut bench, "name=like:xyzzy"),
        count(&mut bench, "name=like:-prod-")
    );
    assert_eq!(count(&mut bench, &format!("pool_id={pool}&type=MASTER&type=SNAPSHOT")), 0);
    for (filter, expected) in [
        ("allof:NONE", all),
        ("allof:none,ASYNC_SOURCE", 0),
        ("anyof:NONE,ASYNC_SOURCE", all),
        ("noneof:NONE", 0),
        ("noneof:ASYNC_SOURCE", all),
    ] {
        assert_eq!(count(&mut bench, &format!("replication_types={filter}")), expected, "{filter}");
    }
}

#[test]
fn references_that_the_lists_do_not_name_filter_too() {
    let mut bench = Bench::new();
    let all = bench.get("volumes").total();
    for name in
        ["qos_policy_id", "qos_shared_policy_id", "created_by_snapshot_policy_id", "created_by_schedule_id"]
    {
        let (with, without) = (
            bench.get(&format!("volumes?{name}=isnot:null")).total(),
            bench.get(&format!("volumes?{name}=is:null")).total(),
        );
        assert_eq!(with + without, all, "{name}");
        bench.get(&format!("volumes?sort={name}")).refused(400, "NOT_SORTABLE_FIELD");
    }
}

#[test]
fn the_box_says_what_it_can_do() {
    let mut bench = Bench::new();
    let features = bench.send(&Request::new(Method::Get, "/api/rest/_features")).ok();
    let named = |name: &str| features.as_array().and_then(|all| all.iter().find(|one| one["name"] == name));
    assert_eq!(named("nas"), Some(&json!({"name": "nas", "version": 2, "enabled": true})));
    assert_eq!(named("native_s3"), None);
    assert_eq!(bench.get("replicas?local_cg_id=eq:1").total(), 0);
    assert_eq!(bench.get("system").ok()["operational_state"]["read_only_system"], false);
}

#[test]
fn wrong_filters_name_the_field() {
    let mut bench = Bench::new();
    for (filter, code, name) in [
        ("size=eq:large", "MALFORMED_PARAMETER", "size"),
        ("type=eq:middle", "MALFORMED_PARAMETER", "middle"),
        ("mapped=eq:perhaps", "MALFORMED_PARAMETER", "mapped"),
        ("cg_id=is:5", "MALFORMED_PARAMETER", "cg_id"),
        ("no_such=1", "UNKNOWN_PARAMETER", "no_such"),
        ("used=gt:1", "NOT_FILTERABLE_FIELD", "used"),
        ("size=like:1", "UNSUPPORTED_FILTER_RELATION", "size"),
        ("mapped=gt:true", "UNSUPPORTED_FILTER_RELATION", "mapped"),
        ("name=allof:a,b", "UNSUPPORTED_FILTER_RELATION", "name"),
        ("replication_types=NONE", "UNSUPPORTED_FILTER_RELATION", "replication_types"),
        ("sort=used", "NOT_SORTABLE_FIELD", "used"),
        ("sort=reducible_data_percents", "NOT_SORTABLE_FIELD", "reducible_data_percents"),
    ] {
        let message = bench.get(&format!("volumes?{filter}")).refused(400, code);
        assert!(message.contains(&format!("('{name}')")), "{message}");
    }
    bench.get("volumes?size=between:[1,2,3]").refused(400, "WRONG_PARAMETER");
}

#[test]
fn lists_sort_by_several_fields_and_pages_fit_together() {
    let mut bench = Bench::new();
    let whole = bench.get("volumes?sort=provtype,-size&page_size=200&fields=id,provtype,size").ok();
    let rows = whole.as_array().expect("rows");
    assert!(rows.is_sorted_by(|a, b| {
        let key = |row: &serde_json::Value| {
            (row["provtype"].as_str().map(str::to_owned), -row["size"].as_i64().unwrap_or(0))
        };
        key(a) <= key(b)
    }));
    let mut pages = Vec::new();
    for page in 1..=4 {
        let rows =
            bench.get(&format!("volumes?sort=provtype,-size&page={page}&fields=id,provtype,size")).ok();
        pages.extend(rows.as_array().expect("rows").clone());
    }
    assert_eq!(&pages, rows);
}

#[test]
fn a_million_volumes_are_listed() {
    let mut bench = Bench::with_records(1_000_000);
    let page = bench.get("volumes?type=MASTER&name=like:prod&sort=-size,name&page_size=10&fields=id,size");
    assert!(page.total() > 100_000);
    assert_eq!(page.ok().as_array().map(Vec::len), Some(10));
    assert_eq!(bench.get("volumes?page=20000&page_size=50").ok().as_array().map(Vec::len), Some(50));
    let free = bench.get("pools?fields=free_virtual_space").ok();
    assert!(free.as_array().expect("rows").iter().all(|pool| pool["free_virtual_space"].as_i64() > Some(0)));
}

#[test]
fn the_same_settings_give_the_same_box() {
    let list = |mut bench: Bench| bench.get("volumes?page_size=1000").ok();
    assert_eq!(list(Bench::new()), list(Bench::new()));
    let names = Bench::with_records(2000).get("volumes?page_size=1000&fields=name&page=2").ok();
    let longest =
        names.as_array().expect("rows").iter().map(|row| row["name"].as_str().map_or(0, str::len)).max();
    assert_eq!(longest, Some(65));
}

#[test]
fn nobody_gets_in_without_signing_in() {
    let mut bench = Bench::new();
    let anonymous = Request::new(Method::Get, "/api/rest/pools");
    bench.send(&anonymous).refused(401, "AUTHENTICATION_REQUIRED");
    assert!(bench.system.respond(&anonymous).header_value("www-authenticate").is_none());
    bench.send(&anonymous.clone().basic("admin", "wrong")).refused(401, "AUTHENTICATION_REQUIRED");
    bench.send(&Request::new(Method::Get, "/api/rest/no/such/path")).refused(401, "AUTHENTICATION_REQUIRED");
    bench.get("no/such/path").refused(404, "UNKNOWN_PATH");
    bench.put("pools", &json!({})).refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(bench.get("pools/").status, 200);
}

#[test]
fn a_session_lives_until_logout_or_half_an_hour_of_silence() {
    let mut bench = Bench::new();
    let login = |password: &str| {
        Request::new(Method::Post, "/api/rest/users/login?approved=true")
            .json(&json!({"username": "viewer", "password": password}))
    };
    bench.send(&login("wrong")).refused(403, "BAD_USER");
    let mut sign_in = || {
        let response = bench.system.respond(&login("boxdeck-demo"));
        assert_eq!(response.body_json().expect("JSON")["result"]["roles"], json!(["READ_ONLY"]));
        let cookie = response.header_value("set-cookie").expect("a cookie").to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        cookie.split(';').next().expect("a pair").to_owned()
    };
    let (first, second) = (sign_in(), sign_in());
    let read = |cookie: &str| Request::new(Method::Get, "/api/rest/pools").header("cookie", cookie);
    assert_eq!(bench.send(&read(&first)).status, 200);
    let logout =
        Request::new(Method::Post, "/api/rest/users/logout").header("cookie", &first).json(&json!({}));
    assert_eq!(bench.send(&logout).status, 200);
    bench.send(&read(&first)).refused(401, "AUTHENTICATION_REQUIRED");
    bench.system.control(&json!({"advance_seconds": 29 * 60})).expect("an order");
    assert_eq!(bench.send(&read(&second)).status, 200);
    bench.system.control(&json!({"advance_seconds": 31 * 60})).expect("an order");
    bench.send(&read(&second)).refused(401, "AUTHENTICATION_REQUIRED");
}

#[test]
fn a_reconfiguring_box_asks_to_come_back() {
    let mut bench = Bench::new();
    bench.system.control(&json!({"reconfigure_seconds": 5})).expect("an order");
    bench.get("pools").refused(307, "RECONFIGURING");
    bench.system.control(&json!({"advance_seconds": 6})).expect("an order");
    assert_eq!(bench.get("pools").status, 200);
    assert!(bench.system.array.now() > NOW);
}

#[test]
fn the_vendors_client_finds_its_first_answers() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("system?fields=version").ok(), json!({"version": "8.4.6"}));
    assert!(bench.get("system").ok()["serial_number"].is_i64());
}
