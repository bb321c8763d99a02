//! Rating plans, bills, and the allowlist.

use serde_json::{Value as Json, json};

use crate::hyperstore::testing::Bench;
use crate::message::Method;

fn plan(id: &str) -> Json {
    let free = |class: &str| json!({"ruleclassType": class, "rules": [{"first": "0", "second": "0"}]});
    json!({"id": id, "name": "A plan", "currency": "EUR", "mapRules": {
        "BI": free("BYTES_IN"), "BO": free("BYTES_OUT"), "HG": free("HTTP_GET"), "HP": free("HTTP_PUT"),
        "HD": free("HTTP_DELETE"),
        "SB": {"ruleclassType": "STORAGE_BYTE", "rules": [
            {"first": "10", "second": "1"}, {"first": "0", "second": "0.5"},
        ]},
    }})
}

#[test]
fn plans_are_made_changed_and_deleted_with_rules_for_all_or_none() {
    let mut bench = Bench::new(20);
    bench.put("/ratingPlan", &plan("A & B"));
    assert_eq!(bench.get("/ratingPlan?ratingPlanId=A+%26+B"), plan("A & B"));
    let listed = bench.get("/ratingPlan/list");
    assert_eq!(
        listed[0],
        json!({"currency": "EUR", "encodedId": "A+%26+B", "id": "A & B", "name": "A plan"})
    );
    bench.refused(Method::Put, "/ratingPlan", Some(&plan("A & B")), 409);
    bench.post("/ratingPlan", &json!({"id": "A & B", "name": "Free"}));
    let free = bench.get("/ratingPlan?ratingPlanId=A+%26+B");
    assert_eq!(free, json!({"currency": "USD", "id": "A & B", "name": "Free"}));
    let with = |pointer: &str, value: Json| {
        let mut plan = plan("new");
        *plan.pointer_mut(pointer).expect("a place") = value;
        plan
    };
    for wrong in [
        json!({"id": "new"}),
        with("/mapRules", json!({})),
        with("/mapRules/BI/ruleclassType", json!("BYTES_OUT")),
        with("/mapRules/BI/rules", json!([])),
        with("/mapRules/SB/rules/1/first", json!("5")),
        with("/mapRules/SB/rules/0/first", json!("0")),
        with("/mapRules/SB/rules/0/second", json!(1)),
        with("/mapRules/SB/rules/0/second", json!("dear")),
        with("/mapRules/SB/rules/0", json!({"first": "1", "second": "1", "third": "1"})),
    ] {
        bench.refused(Method::Put, "/ratingPlan", Some(&wrong), 400);
    }
    bench.refused(Method::Post, "/ratingPlan", Some(&plan("new")), 400);
    bench.delete("/ratingPlan?ratingPlanId=A+%26+B");
    bench.refused(Method::Delete, "/ratingPlan?ratingPlanId=A+%26+B", None, 400);
    bench.refused(Method::Get, "/ratingPlan?ratingPlanId=A+%26+B", None, 204);
}

#[test]
fn plans_are_assigned_by_region() {
    let mut bench = Bench::new(60);
    let user = bench.rows("/user/list?groupId=QA&userType=all&userStatus=all")[0]["userId"].clone();
    let who = format!("userId={}&groupId=QA", user.as_str().expect("an id"));
    bench.refused(Method::Get, "/group/ratingPlanId?groupId=QA", None, 204);
    bench.refused(Method::Get, &format!("/user/ratingPlanId?{who}"), None, 204);
    assert_eq!(bench.get(&format!("/user/ratingPlan?{who}"))["id"], "Default-RP");
    bench.act("/group/ratingPlanId?groupId=QA&ratingPlanId=Flat");
    assert_eq!(bench.get(&format!("/user/ratingPlan?{who}"))["id"], "Flat");
    assert_eq!(bench.get(&format!("/user/ratingPlan?{who}&region=inland"))["id"], "Default-RP");
    bench.act(&format!("/user/ratingPlanId?{who}&ratingPlanId=Cold+storage"));
    assert_eq!(bench.text(Method::Get, &format!("/user/ratingPlanId?{who}")), "Cold storage");
    assert_eq!(bench.text(Method::Get, "/group/ratingPlanId?groupId=QA"), "Flat");
    for wrong in ["groupId=QA&ratingPlanId=no", "groupId=no&ratingPlanId=Flat", "groupId=QA"] {
        bench.refused(Method::Post, &format!("/group/ratingPlanId?{wrong}"), None, 400);
    }
    bench.refused(Method::Post, "/user/ratingPlanId?userId=no&groupId=QA&ratingPlanId=Flat", None, 400);
}

#[test]
fn a_bill_is_made_of_whole_months_and_kept() {
    let mut bench = Bench::new(400);
    let bill = "/billing?groupId=Engineering&billingPeriod=";
    bench.refused(Method::Get, &format!("{bill}202602"), None, 204);
    let made: Json = serde_json::from_str(&bench.act(&format!("{bill}202602"))).expect("JSON");
    assert_eq!(bench.get(&format!("{bill}202602")), made);
    assert_eq!(
        (&made["startCal"], &made["endCal"]),
        (&json!(1_769_904_000_000_i64), &json!(1_772_323_200_000_i64))
    );
    let regions = made["regionBills"].as_array().expect("regions");
    assert_eq!(regions.len(), 2);
    let stored = &regions[0]["items"]["SB"];
    assert_eq!(stored["rules"], "1,0.14:5,0.12:0,0.10");
    let quantity = stored["quantity"].as_f64().expect("a number");
    let price = stored["subtotal"].as_f64().expect("a number");
    assert!((price - (0.14 + 0.6 + (quantity - 6.0) * 0.1)).abs() < 0.02, "{quantity} {price}");
    let sum: f64 = regions.iter().map(|region| region["total"].as_f64().expect("a number")).sum();
    assert!((sum - made["total"].as_f64().expect("a number")).abs() < 0.02);
    assert!(regions[0]["whitelistItems"]["BO"]["quantity"].as_f64().expect("a number") > 0.0);
    // A month that isn't over, one of which the hours are gone, and nobody's.
    for period in ["202603", "2026", "202613"] {
        bench.refused(Method::Post, &format!("{bill}{period}"), None, 400);
    }
    bench.refused(Method::Post, &format!("{bill}202511"), None, 204);
    bench.refused(Method::Post, "/billing?groupId=Interns&billingPeriod=202602", None, 204);
    bench.refused(Method::Get, "/billing?userId=no&groupId=QA&billingPeriod=202602", None, 400);
    bench.refused(Method::Get, "/billing?canonicalUserId=a&groupId=QA&billingPeriod=202602", None, 400);
}

#[test]
fn a_user_pays_by_their_own_plan_and_only_what_is_counted() {
    let mut bench = Bench::new(400);
    let list = bench.rows("/system/bucketlist?groupId=QA");
    let user = list[0]["userId"].as_str().expect("an id");
    bench.put("/ratingPlan", &plan("Mine"));
    for region in ["harbor", "inland"] {
        bench.act(&format!("/user/ratingPlanId?userId={user}&groupId=QA&ratingPlanId=Mine&region={region}"));
    }
    bench.order(&json!({"requests": false}));
    let bill = format!("/billing?userId={user}&groupId=QA&billingPeriod=202602");
    let made: Json = serde_json::from_str(&bench.act(&bill)).expect("JSON");
    assert_eq!(
        (&made["currency"], &made["userId"], &made["groupId"]),
        (&json!("EUR"), &json!(user), &json!("QA"))
    );
    let items = made["regionBills"][0]["items"].as_object().expect("items");
    assert_eq!(items.keys().collect::<Vec<_>>(), ["SB"]);
    // Without its hours a month can't be billed, until they are rolled up again; and raw data isn't kept for long.
    bench.delete("/usage?granularity=hour&startTime=2026020100&unitCount=100");
    for start in ["2026020504", "2026020908", "2026021312", "2026021716", "2026022120", "2026022600"] {
        bench.delete(&format!("/usage?granularity=hour&startTime={start}&unitCount=100"));
    }
    bench.refused(Method::Post, &bill, None, 204);
    bench.act("/usage/rollup?granularity=hour&startTime=2026020100&unitCount=100");
    bench.refused(Method::Post, &bill, None, 204);
    bench.act("/usage/rollup?granularity=hour&startTime=2026022700&unitCount=24");
    bench.act(&bill);
}

#[test]
fn the_allowlist_is_one_and_is_replaced_whole() {
    let mut bench = Bench::new(20);
    let mut list = bench.get("/allowlist?allowlistId=Default-WL");
    bench.refused(Method::Get, "/allowlist?allowlistId=other", None, 204);
    list["list"] = json!(["203.0.113.9", "2001:db8::1", "10.0.0.0/8"]);
    list["name"] = json!("Ours");
    bench.post("/allowlist", &list);
    assert_eq!(bench.get("/allowlist?allowlistId=Default-WL"), list);
    bench.act("/allowlist/list?allowlistId=Default-WL&list=192.0.2.1,192.0.2.2");
    assert_eq!(bench.get("/allowlist?allowlistId=Default-WL")["list"], json!(["192.0.2.1", "192.0.2.2"]));
    for wrong in ["nonsense", "2001:db8::/32", "10.0.0.0/33", "10.0.0"] {
        let target = format!("/allowlist/list?allowlistId=Default-WL&list={wrong}");
        bench.refused(Method::Post, &target, None, 400);
    }
    bench.refused(Method::Post, "/allowlist/list?allowlistId=other&list=192.0.2.1", None, 400);
    list["ratingPlanId"] = json!("no");
    bench.refused(Method::Post, "/allowlist", Some(&list), 400);
}
