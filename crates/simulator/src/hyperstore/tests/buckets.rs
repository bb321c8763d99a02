//! Buckets: counts, tags, emptying, links, tiering.

use serde_json::{Value as Json, json};

use crate::hyperstore::store::Bucket;
use crate::hyperstore::testing::Bench;
use crate::message::Method;

/// The first bucket of a sort, with its owner.
fn find(bench: &Bench, wanted: impl Fn(&Bucket) -> bool) -> (String, String, String) {
    let store = &bench.system.store;
    let (name, bucket) = store.buckets.iter().find(|(_, bucket)| wanted(bucket)).expect("a bucket");
    let owner = &store.users[&bucket.owner];
    (name.clone(), owner.id.clone(), owner.group.clone())
}

fn number(bench: &mut Bench, target: &str) -> i64 {
    bench.text(Method::Get, target).parse().expect("a number")
}

#[test]
fn counts_of_the_system_are_those_of_its_groups_and_of_their_users() {
    let mut bench = Bench::new(400);
    let groups = bench.rows("/group/list");
    for what in ["bytecount", "objectcount"] {
        let system = number(&mut bench, &format!("/system/{what}?groupId=ALL&userId=*"));
        let of_groups: i64 = groups
            .iter()
            .map(|group| {
                let id = group["groupId"].as_str().expect("an id");
                number(&mut bench, &format!("/system/{what}?groupId={id}&userId=*"))
            })
            .sum();
        assert_eq!(system, of_groups);
        let regions: i64 = ["harbor", "inland"]
            .iter()
            .map(|region| number(&mut bench, &format!("/system/{what}?groupId=ALL&userId=*&region={region}")))
            .sum();
        assert_eq!(system, regions);
    }
    let (name, user, group) = find(&bench, |bucket| bucket.region == "inland");
    let place = format!("groupId={group}&userId={user}&bucketName={name}");
    let usage = bench.get(&format!("/system/bucketusage?{place}"));
    let count = number(&mut bench, &format!("/system/bytecount?{place}"));
    assert_eq!(usage[0]["buckets"][0]["byteCount"], count);
    for wrong in [
        "groupId=QA".to_owned(),
        "groupId=ALL&userId=ada".to_owned(),
        "groupId=QA&userId=nobody".to_owned(),
        format!("groupId={group}&userId=*&bucketName={name}"),
        format!("groupId={group}&userId={user}&bucketName=no"),
        format!("{place}&region=harbor"),
    ] {
        bench.refused(Method::Get, &format!("/system/bytecount?{wrong}"), None, 400);
    }
    for wrong in ["groupId=ALL", "groupId=nobody", "groupId=QA&bucketName=x", "groupId=QA&userId=nobody"] {
        bench.refused(Method::Get, &format!("/system/bucketusage?{wrong}"), None, 400);
    }
    bench.order(&json!({"bucket_counts": false}));
    assert_eq!(bench.get(&format!("/system/bucketusage?{place}")), json!([]));
}

#[test]
fn lists_of_buckets_agree_with_their_number() {
    let mut bench = Bench::new(400);
    let list = bench.rows("/system/bucketlist?groupId=Engineering");
    let listed: usize = list.iter().map(|user| user["buckets"].as_array().expect("a list").len()).sum();
    assert_eq!(number(&mut bench, "/system/bucketcount?groupId=Engineering"), listed as i64);
    assert!(list[0]["buckets"][0]["createTime"].is_string());
    bench.refused(Method::Get, "/system/bucketlist?groupId=Interns", None, 204);
    bench.refused(Method::Get, "/system/bucketcount?groupId=nobody", None, 204);
    let tiered = bench.text(Method::Get, "/system/bytestiered?groupId=Archive&userId=*");
    assert!(tiered.starts_with('"') && tiered.trim_matches('"').ends_with(['G', 'T', 'P']), "{tiered}");
    assert_eq!(bench.text(Method::Get, "/system/bytestiered?groupId=QA&userId=*"), "0");
    let policies = bench.get("/bppolicy/bucketsperpolicy");
    let by_policy: usize = policies
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["buckets"].as_array().expect("names").len())
        .sum();
    assert_eq!(by_policy, bench.system.store.buckets.len());
}

#[test]
fn counters_are_wrong_until_they_are_repaired() {
    let mut bench = Bench::new(400);
    let user = bench.system.store.users.values().find(|user| user.drift != (0, 0)).expect("one").clone();
    let truth: i64 = bench.system.store.buckets_of(&user).map(|(_, bucket)| bucket.held().0).sum();
    let own = format!("/system/bytecount?groupId={}&userId={}", user.group, user.id);
    let group = format!("/system/bytecount?groupId={}&userId=*", user.group);
    let before = number(&mut bench, &group);
    assert_ne!(number(&mut bench, &own), truth);
    bench.act(&format!("/usage/repair/user?groupId={}&userId={}", user.group, user.id));
    assert_eq!(number(&mut bench, &own), truth);
    // The group hears of it only when it is summed up.
    assert_eq!(number(&mut bench, &group), before);
    bench.act(&format!("/usage/repair?groupId={}&summarizeCountsOnly=true", user.group));
    assert_eq!(number(&mut bench, &group), before - user.drift.0);
    bench.act("/usage/repair/dirtyusers");
    assert!(bench.system.store.users.values().all(|user| user.drift == (0, 0)));
    bench.act("/usage/repair?groupId=ALL");
    let page = bench.rows("/system/groupbytecount?groupId=Engineering&limit=2");
    assert_eq!(page.len(), 3);
    let next = page[2]["userId"].as_str().expect("an id");
    assert_eq!(
        bench.rows(&format!("/system/groupobjectcount?groupId=Engineering&offset={next}"))[0]["userId"],
        next
    );
    bench.refused(Method::Get, "/system/groupbytecount?groupId=QA&limit=0", None, 400);
    bench.refused(Method::Post, "/usage/repair?groupId=nobody", None, 400);
    bench.refused(Method::Post, "/usage/repair/user?groupId=QA&userId=nobody", None, 400);
    bench.refused(Method::Post, "/usage/repair/dirtyusers?summarizeCounts=maybe", None, 400);
}

#[test]
fn tags_come_so_many_users_at_a_time() {
    let mut bench = Bench::new(600);
    let mut users = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = bench.get(&format!("/bucketops/gettags?groupId=Engineering&limit=4{cursor}"));
        let of_page: Vec<String> = page["userBucket"].as_object().expect("users").keys().cloned().collect();
        assert!(of_page.len() <= 4);
        users.extend(of_page);
        match page["nextUserId"].as_str() {
            Some(next) => cursor = format!("&userId={next}"),
            None => break,
        }
    }
    assert!(users.len() > 8 && users.windows(2).all(|pair| pair[0] < pair[1]));
    for wrong in ["", "?groupId=QA&limit=0", "?groupId=QA&limit=101"] {
        bench.refused(Method::Get, &format!("/bucketops/gettags{wrong}"), None, 400);
    }
}

#[test]
fn a_bucket_is_emptied_where_it_is() {
    let mut bench = Bench::new(400);
    let (name, user, group) = find(&bench, |bucket| bucket.region == "harbor" && !bucket.locked);
    let id = format!("/bucketops/id?bucketName={name}");
    let before = bench.send(Method::Get, &id, None).body;
    bench.refused(Method::Post, &format!("/bucketops/purge?bucketName={name}&deleteBucket=true"), None, 400);
    assert_eq!(bench.act(&format!("/bucketops/purge?bucketName={name}")), format!("Bucket: {name} purged."));
    let place = format!("groupId={group}&userId={user}&bucketName={name}");
    assert_eq!(number(&mut bench, &format!("/system/objectcount?{place}")), 0);
    assert_ne!(bench.text(Method::Get, &id).into_bytes(), before);
    let (far, ..) = find(&bench, |bucket| bucket.region == "inland" && !bucket.locked);
    bench.refused(Method::Post, &format!("/bucketops/purge?bucketName={far}"), None, 400);
    bench.order(&json!({"region": "inland"}));
    bench.act(&format!("/bucketops/purge?bucketName={far}"));
    bench.order(&json!({"region": "harbor"}));
    bench.refused(Method::Post, "/bucketops/purge?bucketName=no", None, 400);
    bench.refused(Method::Get, "/bucketops/id?bucketName=no", None, 204);
}

#[test]
fn a_locked_bucket_needs_the_vendors_token_which_is_good_for_once() {
    let mut bench = Bench::new(2000);
    let (name, ..) = find(&bench, |bucket| bucket.region == "harbor" && bucket.locked);
    let challenge = format!("/system/token/challenge?action=purge&params=bucketName%3A{name}");
    let asked = bench.text(Method::Get, &challenge);
    assert!(asked.starts_with("A."));
    let purge = format!("/bucketops/purge?bucketName={name}");
    bench.refused(Method::Post, &purge, None, 403);
    for wrong in [
        asked.clone(),
        format!("2026030110.{asked}0"),
        format!("2026022810.{asked}"),
        format!("2026040110.{asked}"),
    ] {
        bench.refused(Method::Post, &format!("{purge}&token={wrong}"), None, 403);
    }
    let token = format!("{purge}&token=2026030110.{asked}");
    bench.act(&token);
    bench.refused(Method::Post, &token, None, 403);
    let again = bench.text(Method::Get, &challenge);
    bench.act(&format!("{purge}&token=2026030110.{again}&deleteBucket=true"));
    bench.refused(Method::Post, &purge, None, 400);
    assert_eq!(bench.text(Method::Get, "/system/objectlockenabled"), "true");
    bench.order(&json!({"object_lock_mode": "CERTIFIED"}));
    bench.refused(Method::Get, &challenge, None, 403);
    bench.refused(Method::Get, "/system/token/challenge?action=delete&params=x", None, 400);
}

#[test]
fn versions_of_a_stretch_of_time_are_removed_bit_by_bit() {
    let mut bench = Bench::new(400);
    let (name, user, group) = find(&bench, |bucket| bucket.versioned);
    let go = format!("/bucketops/cleanUpdatesInRange/go?bucketName={name}");
    let status = format!("/bucketops/cleanUpdatesInRange/status?bucketName={name}");
    let none = format!("CleanUpdatesInRange job not found for bucket: {name}");
    assert_eq!(bench.text(Method::Get, &status), none);
    let place = format!("/system/objectcount?groupId={group}&userId={user}&bucketName={name}");
    let before = number(&mut bench, &place);
    bench.refused(Method::Post, &go, None, 400);
    bench.refused(Method::Post, &format!("{go}&fromTimestamp=yesterday"), None, 400);
    assert_eq!(bench.act(&format!("{go}&fromTimestamp=2024-01-01T00:00:00")), "");
    bench.refused(Method::Post, &format!("{go}&fromTimestamp=2024-01-01T00:00:00"), None, 409);
    bench.order(&json!({"advance_seconds": 1}));
    let processed = format!("Bucket: {name} cleanUpdatesInRange processed 400 columns");
    assert!([processed, none.clone()].contains(&bench.text(Method::Get, &status)));
    bench.order(&json!({"advance_seconds": 3600}));
    assert_eq!(bench.text(Method::Get, &status), none);
    assert!(number(&mut bench, &place) < before);
    bench.act(&format!("{go}&toTimestamp=2026-02-01T00:00:00Z"));
    let stop = format!("/bucketops/cleanUpdatesInRange/stop?bucketName={name}");
    assert_eq!(bench.act(&stop), format!("Bucket: {name} cleanUpdatesInRange stopped"));
    assert_eq!(bench.act(&stop), none);
    let (plain, ..) = find(&bench, |bucket| !bucket.versioned);
    let plain =
        format!("/bucketops/cleanUpdatesInRange/go?bucketName={plain}&toTimestamp=2026-02-01T00:00:00Z");
    bench.refused(Method::Post, &plain, None, 400);
}

#[test]
fn links_are_made_and_changed_by_their_address() {
    let mut bench = Bench::new(100);
    let (name, user, group) = find(&bench, |_| true);
    let target = format!(
        "/permissions/publicUrl?userId={user}&groupId={group}&bucketName={name}&objectName=a/b%20c.txt"
    );
    bench.refused(Method::Get, &target, None, 204);
    bench.post(&target, &json!({"expiryTime": "1780000000000"}));
    let mut link = bench.get(&target);
    assert_eq!(
        (&link["maxDownloadNum"], &link["allowRead"], &link["secure"]),
        (&json!(1000), &json!(true), &json!(true))
    );
    let url = link["url"].as_str().expect("an address").to_owned();
    assert!(
        url.starts_with("https://") && url.contains("/a/b%20c.txt?") && url.contains("Expires=1780000000&")
    );
    link["allowRead"] = json!(false);
    link["secure"] = json!(false);
    bench.post(&target, &link);
    let changed = bench.get(&target);
    assert_eq!(changed["allowRead"], false);
    assert!(changed["url"].as_str().expect("an address").starts_with("http://"));
    bench.refused(Method::Post, &target, Some(&link), 400);
    bench.refused(Method::Post, &target, Some(&json!({"allowRead": true})), 400);
    bench.refused(Method::Post, &target, Some(&json!({"expiryTime": "soon"})), 400);
    let (other, ..) = find(&bench, |bucket| bucket.owner != bench.system.store.buckets[&name].owner);
    let other =
        format!("/permissions/publicUrl?userId={user}&groupId={group}&bucketName={other}&objectName=a");
    bench.refused(Method::Get, &other, None, 400);
}

#[test]
fn keys_of_other_systems_are_the_buckets_or_the_systems() {
    let mut bench = Bench::new(100);
    let (name, ..) = find(&bench, |_| true);
    let of = |path: &str| format!("/tiering/{path}?bucketName={name}");
    bench.delete("/tiering/credentials");
    bench.delete(&of("credentials"));
    assert_eq!(bench.text(Method::Get, &of("credentials/src")), "NONE");
    bench.refused(Method::Get, "/tiering/credentials", None, 204);
    bench.act("/tiering/credentials?accessKey=system&secretKey=a%2Bb");
    assert_eq!(bench.text(Method::Get, &of("credentials/src")), "SYSTEM");
    bench.act(&format!("/tiering/credentials?accessKey=own&secretKey=s&bucketName={name}"));
    assert_eq!(bench.text(Method::Get, &of("credentials")), "own");
    assert_eq!(bench.text(Method::Get, &of("credentials/src")), "BUCKET");
    // A plus sign that isn't encoded, and a bucket that isn't there: the one says so, the other looks like a success.
    bench.refused(Method::Post, "/tiering/credentials?accessKey=a&secretKey=a+b", None, 403);
    bench.refused(Method::Post, "/tiering/credentials?accessKey=a&secretKey=b&bucketName=no", None, 204);
    for (path, name_of, secret_of, shown) in [
        ("azure/credentials", "accountName", "accountKey", "a,b/c"),
        ("spectra/credentials", "accessKey", "secretKey", "a"),
    ] {
        bench.act(&format!("{}&{name_of}=a&{secret_of}=b%2Fc", of(path)));
        assert_eq!(bench.text(Method::Get, &of(path)), shown);
        bench.refused(
            Method::Post,
            &format!("/tiering/{path}?bucketName=no&{name_of}=a&{secret_of}=b"),
            None,
            204,
        );
        bench.refused(Method::Post, &format!("{}&{name_of}=a", of(path)), None, 400);
        bench.delete(&of(path));
        bench.refused(Method::Get, &of(path), None, 204);
    }
    assert_eq!(bench.get("/system/license")["tieringExceeded"], Json::Bool(false));
}
