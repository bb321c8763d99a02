//! Buckets, tiering, public URLs and storage policies.

use boxdeck_dialect::{FailureKind, Record};
use serde_json::{Value, json};

use super::{key, rows, some, text};
use crate::{Console, On};

const GROUP: &str = "Engineering";

pub(super) fn walk(console: &mut Console) {
    let bucket = some(console, "bucket.list", Some(GROUP), &Value::Null, |bucket| {
        bucket.text("region").as_deref() == Some("harbor")
    });
    let name = key(console, "bucket.list", &bucket);
    let bucket = console.get("bucket.get", Some(GROUP), &name).expect("the bucket");
    assert_eq!(bucket.text("groupId").as_deref(), Some(GROUP));
    counts(console, &bucket);
    tiering(console, &bucket);
    public_urls(console, &bucket, &name);
    policies(console);
    cleaning(console);
    purge(console, &bucket);
}

fn counts(console: &mut Console, bucket: &Record) {
    let on = On::record(bucket);
    let bytes: u64 = text(console, "bucket.byte_count", on, &Value::Null).parse().expect("a number");
    let objects: u64 = text(console, "bucket.object_count", on, &Value::Null).parse().expect("a number");
    let counted = console.done("bucket.recount", on, &Value::Null).result;
    assert!(counted["TB"].is_u64() && counted["TO"].is_u64());
    let owner = bucket.text("userId");
    let filter = json!({"userId": owner, "bucketName": bucket.text("bucketName")});
    let used = some(console, "bucket_usage.list", Some(GROUP), &filter, |_| true);
    assert_eq!(
        (used.get("byteCount"), used.get("objectCount")),
        (Some(&json!(bytes)), Some(&json!(objects)))
    );
    for id in ["user_bytes.list", "user_objects.list"] {
        let user = some(console, id, Some(GROUP), &Value::Null, |user| user.text("userId") == owner);
        assert!(user.get("usageVal").is_some_and(Value::is_number));
    }
    let tagged = console.list("bucket_tags.list", Some(GROUP), &Value::Null).expect("tags");
    assert!(tagged.records.iter().all(|bucket| bucket.get("tags").is_some_and(Value::is_object)));
}

fn tiering(console: &mut Console, bucket: &Record) {
    let on = On::record(bucket);
    let pair = json!({"accessKey": "KEY/1+2", "secretKey": "a+b/c="});
    console.done("tiering.set", On::default(), &json!({"accessKey": "SYSTEM", "secretKey": "s"}));
    assert_eq!(text(console, "tiering.get", On::default(), &Value::Null), "SYSTEM");
    assert_eq!(text(console, "tiering.source", On::default(), &Value::Null), "SYSTEM");
    console.done("bucket.set_tiering_key", on, &pair);
    assert_eq!(text(console, "bucket.tiering_source", on, &Value::Null), "BUCKET");
    assert_eq!(text(console, "bucket.tiering_key", on, &Value::Null), "KEY/1+2");
    console.done("bucket.delete_tiering_key", on, &Value::Null);
    // The key of the system is another one.
    assert_eq!(text(console, "tiering.get", On::default(), &Value::Null), "SYSTEM");
    assert_eq!(text(console, "bucket.tiering_source", on, &Value::Null), "SYSTEM");
    console.done("tiering.delete", On::default(), &Value::Null);
    assert_eq!(console.refused("tiering.get", On::default(), &Value::Null).kind, FailureKind::NotFound);
    console.done("bucket.set_azure_key", on, &json!({"accountName": "deep", "accountKey": "k+/="}));
    assert_eq!(text(console, "bucket.azure_key", on, &Value::Null), "deep,k+/=");
    console.done("bucket.delete_azure_key", on, &Value::Null);
    assert_eq!(console.refused("bucket.azure_key", on, &Value::Null).kind, FailureKind::NotFound);
    console.done("bucket.set_spectra_key", on, &pair);
    assert_eq!(text(console, "bucket.spectra_key", on, &Value::Null), "KEY/1+2");
    console.done("bucket.delete_spectra_key", on, &Value::Null);
    let mut gone = bucket.clone();
    gone.0.insert("bucketName".to_owned(), json!("no-such-bucket"));
    // A good status that says the opposite.
    let failure = console.refused("bucket.set_tiering_key", On::record(&gone), &pair);
    assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(204)));
}

fn public_urls(console: &mut Console, bucket: &Record, name: &str) {
    let parent = Some(name);
    let on = On { record: None, parent };
    let typed = json!({"objectName": "reports/march 1.pdf", "expiryTime": 1_790_000_000_000_i64});
    console.done("public_url.create", on, &typed);
    let listed =
        some(console, "public_url.list", parent, &json!({"objectName": "reports/march 1.pdf"}), |_| true);
    assert_eq!(listed.text("bucketName"), bucket.text("bucketName"));
    let link_key = key(console, "public_url.list", &listed);
    let link = console.get("public_url.get", parent, &link_key).expect("the link");
    assert_eq!(link.get("expiryTime"), Some(&typed["expiryTime"]));
    console.done("public_url.update", On::record(&link), &json!({"allowRead": false}));
    let revoked = console.get("public_url.get", parent, &link_key).expect("the link");
    assert_eq!(revoked.get("allowRead"), Some(&json!(false)));
    assert_eq!(revoked.get("expiryTime"), link.get("expiryTime"));
    let shown = console.done("public_url.reveal", On::record(&revoked), &Value::Null).result;
    assert!(shown["url"].is_string());
}

fn policies(console: &mut Console) {
    let every = rows(console, "policy.list", None, &Value::Null);
    let active = rows(console, "policy.list", None, &json!({"status": "active"}));
    assert!(!active.is_empty() && active.len() < every.len());
    let holders = rows(console, "policy_buckets.list", None, &Value::Null);
    assert!(holders.iter().any(|policy| policy.get("buckets").is_some_and(Value::is_array)));
    console.done("policy.process", On::default(), &Value::Null);
    assert!(rows(console, "policy.list", None, &json!({"status": "deleted"})).is_empty());
}

/// Only a bucket with versions can be cleaned; which one has them the API does not tell.
fn cleaning(console: &mut Console) {
    let buckets = rows(console, "bucket.list", Some(GROUP), &Value::Null);
    let range = json!({"fromTimestamp": "2020-01-01T00:00:00", "toTimestamp": "2026-05-01T00:00:00"});
    let versioned = buckets.iter().find(|bucket| {
        matches!(console.force("bucket.clean", On::record(bucket), &range), boxdeck_dialect::Outcome::Done(_))
    });
    let on = On::record(versioned.expect("a bucket with versions"));
    let status = text(console, "bucket.clean_status", on, &Value::Null);
    assert!(status.starts_with("Bucket:") || status.contains("not found"), "{status}");
    if !status.contains("not found") {
        assert_eq!(console.refused("bucket.clean", on, &range).kind, FailureKind::Conflict);
    }
    assert!(!text(console, "bucket.stop_clean", on, &Value::Null).is_empty());
}

fn purge(console: &mut Console, bucket: &Record) {
    let on = On::record(bucket);
    let challenge = text(console, "bucket.challenge", on, &Value::Null);
    assert!(challenge.starts_with("A."), "{challenge}");
    let name = bucket.text("bucketName").expect("a name");
    let answer = match console.force("bucket.purge", on, &Value::Null) {
        boxdeck_dialect::Outcome::Done(answer) => answer,
        // An object-locked bucket needs the vendor's answer to the challenge.
        _ => console.done("bucket.purge", on, &json!({"token": format!("2026052823.{challenge}")})),
    };
    assert_eq!(answer.result, json!(format!("Bucket: {name} purged.")));
    assert_eq!(text(console, "bucket.object_count", on, &Value::Null), "0");
    assert_eq!(text(console, "bucket.id", on, &Value::Null).len(), 32);
}
