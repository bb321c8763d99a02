//! Search: objects and files in pieces with a mark to go on from, protected objects at once.

use base64::Engine as _;
use serde_json::{Value as Json, json};

use super::Answer;
use super::call::Call;
use super::fault::Fault;
use super::objects;
use super::runs::Run;
use super::service::Thing;
use crate::message::Response;

/// What a page holds if nobody says how much.
const PAGE: usize = 100;

/// A file in the backups of a machine.
pub(super) struct File {
    pub(super) name: &'static str,
    folder: &'static str,
    kind: &'static str,
    pub(super) bytes: u64,
}

impl File {
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }
}

const FILES: [File; 8] = [
    File { name: "hosts", folder: "/etc", kind: "File", bytes: 412 },
    File { name: "report.txt", folder: "/srv/data", kind: "File", bytes: 20_480 },
    File { name: "report-2025.txt", folder: "/srv/data", kind: "File", bytes: 9_000_000 },
    File { name: "data", folder: "/srv", kind: "Directory", bytes: 0 },
    File { name: "latest", folder: "/srv/data", kind: "Symlink", bytes: 0 },
    File { name: "ledger.db", folder: "/var/lib/ledger", kind: "File", bytes: 150_000 },
    File { name: "passwd", folder: "/etc", kind: "File", bytes: 2_048 },
    File { name: "notes.md", folder: "/home/kim", kind: "File", bytes: 3_333 },
];

/// The files of a machine: not all have all of them.
pub(super) fn files_of(object: i64) -> Vec<&'static File> {
    FILES
        .iter()
        .enumerate()
        .filter(|(index, _)| (usize::try_from(object).unwrap_or(0) + index) % 5 > 0)
        .map(|(_, file)| file)
        .collect()
}

/// What can be done with snapshots of an environment.
pub(super) fn actions(environment: &str) -> &'static [&'static str] {
    if environment == "kSQL" {
        &["RecoverApps"]
    } else {
        &[
            "RecoverFiles",
            "InstantVolumeMount",
            "RecoverPhysicalVolumes",
            "RecoverSystem",
            "DownloadFilesAndFolders",
        ]
    }
}

/// Whether a name answers a search: as a part, or from its beginning with a star at the end.
fn answers(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (name.to_lowercase(), wanted.to_lowercase());
    match wanted.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name.contains(&wanted),
    }
}

/// Where a mark says to go on. It is opaque, and only of use for the search that it came from.
fn offset(cookie: Option<&str>, search: &str) -> Result<usize, Fault> {
    let Some(cookie) = cookie.filter(|cookie| !cookie.is_empty()) else { return Ok(0) };
    let plain = base64::engine::general_purpose::URL_SAFE.decode(cookie).ok();
    let plain = plain.and_then(|bytes| String::from_utf8(bytes).ok());
    let found = plain.as_deref().and_then(|text| text.split_once('|'));
    match found {
        Some((of, at)) if of == search => {
            at.parse().map_err(|_malformed| Fault::invalid("paginationCookie is malformed"))
        }
        _ => Err(Fault::invalid("paginationCookie does not belong to this search")),
    }
}

fn mark(search: &str, at: usize, all: usize) -> Option<String> {
    (at < all).then(|| base64::engine::general_purpose::URL_SAFE.encode(format!("{search}|{at}")))
}

/// Every object that the tenant has.
pub(super) fn objects(call: &mut Call<'_>) -> Answer {
    let found: Vec<&Thing> = call.service.things.iter().filter(|thing| matches(call, thing)).collect();
    let mut pairs: Vec<String> = call
        .request
        .query
        .iter()
        .filter(|(name, _)| name != "paginationCookie" && name != "count")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.sort();
    let search = pairs.join("&").replace('|', "/");
    let at = offset(call.request.parameter("paginationCookie"), &search)?;
    let count = call.int("count").and_then(|count| usize::try_from(count).ok()).unwrap_or(PAGE);
    let page: Vec<Json> =
        found.iter().skip(at).take(count).map(|thing| objects::found(call.service, thing)).collect();
    let mut answer = json!({"count": count, "objects": page});
    if let Some(cookie) = mark(&search, at + page.len(), found.len()) {
        answer["paginationCookie"] = json!(cookie);
    }
    Ok(Response::json(200, &answer))
}

fn matches(call: &Call<'_>, thing: &Thing) -> bool {
    let text = call.request.parameter("searchString").unwrap_or_default();
    let runs = objects::runs_of(call.service, thing.id);
    let last = runs.iter().max_by_key(|run| run.started);
    let tagged = ["mustHaveTagIds", "mightHaveTagIds", "mustHaveSnapshotTagIds", "mightHaveSnapshotTagIds"]
        .iter()
        .chain(&[
            "tagSearchName",
            "tagNames",
            "tagTypes",
            "tagCategories",
            "tagSubCategories",
            "externalFilters",
        ])
        .any(|name| call.request.parameter(name).is_some_and(|text| !text.is_empty()));
    let protected = objects::group_of(call.service, thing.id).is_some();
    (text.is_empty() || answers(&thing.name, text))
        && !tagged
        && call.wants("environments", thing.environment)
        && call.wants("osTypes", thing.os)
        && call.wants("objectIds", &thing.id.to_string())
        && call.wants("sourceIds", &thing.source_id.to_string())
        && call.list("sourceUuids").is_none()
        && call.wants("protectionTypes", "kFile")
        && call.flag("isProtected").is_none_or(|wanted| wanted == protected)
        && call.flag("isDeleted") != Some(true)
        && call
            .list("protectionGroupIds")
            .is_none_or(|ids| runs.iter().any(|run| ids.contains(&run.group.as_str())))
        && call
            .list("lastRunStatusList")
            .is_none_or(|wanted| last.is_some_and(|run| wanted.contains(&run.status.as_str())))
        && call
            .list("clusterIdentifiers")
            .is_none_or(|wanted| wanted.contains(&objects::cluster_identifier().as_str()))
}

/// Objects with backups. All that match are counted, and as many sent as `subResultSize` says.
pub(super) fn protected(call: &mut Call<'_>) -> Answer {
    let text = call.request.parameter("searchString").unwrap_or_default();
    let kept = |run: &&Run| {
        call.int("filterSnapshotFromUsecs").is_none_or(|from| run.started >= from)
            && call.int("filterSnapshotToUsecs").is_none_or(|to| run.started <= to)
            && call.wants("protectionGroupIds", &run.group)
            && call.wants("runInstanceIds", &run.instance.to_string())
            && run.is_kept()
    };
    let found: Vec<(&Thing, Vec<&Run>)> = call
        .service
        .things
        .iter()
        .map(|thing| {
            let runs: Vec<&Run> = objects::runs_of(call.service, thing.id).into_iter().filter(kept).collect();
            (thing, runs)
        })
        .filter(|(thing, runs)| {
            !runs.is_empty()
                && (text.is_empty()
                    || answers(&thing.name, text)
                    || runs.iter().any(|run| answers(&run.group_name, text)))
                && call.wants("environments", thing.environment)
                && call.wants("objectActionKey", thing.environment)
                && call.wants("osTypes", thing.os)
                && call.wants("objectIds", &thing.id.to_string())
                && call.wants("sourceIds", &thing.source_id.to_string())
                && call.flag("cdpProtectedOnly") != Some(true)
                && call.list("snapshotActions").is_none_or(|wanted| {
                    actions(thing.environment).iter().any(|action| wanted.contains(action))
                })
        })
        .collect();
    let count = call.int("subResultSize").and_then(|count| usize::try_from(count).ok()).unwrap_or(PAGE);
    let page: Vec<Json> = found
        .iter()
        .take(count)
        .map(|(thing, runs)| objects::with_snapshots(call.service, thing, runs))
        .collect();
    let mut groups: Vec<Json> = Vec::new();
    for run in found.iter().flat_map(|(_, runs)| runs) {
        let group = json!({"protectionGroupId": run.group, "protectionGroupName": run.group_name});
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let metadata = json!({"uniqueProtectionGroupIdentifiers": groups});
    Ok(Response::json(200, &json!({"objects": page, "metadata": metadata, "numResults": found.len()})))
}

/// Things in the index. Only files are in the backups of machines and databases.
pub(super) fn indexed(call: &mut Call<'_>) -> Answer {
    let kind = call.text("objectType").to_owned();
    let blocks = call.body.as_object().into_iter().flatten();
    let mut blocks = blocks.filter(|(name, _)| name.ends_with("Params")).map(|(name, _)| name.as_str());
    if let Some(stranger) = blocks.find(|name| (*name == "fileParams") != (kind == "Files")) {
        return Err(Fault::invalid(format!("{stranger} in body does not belong to the type {kind}")));
    }
    if kind != "Files" {
        return Ok(Response::json(200, &json!({"objectType": kind, "count": 0})));
    }
    let found = files(call);
    let search = format!("{:x}", found.len()) + &call.body["fileParams"].to_string().replace('|', "/");
    let at = offset(call.body["paginationCookie"].as_str(), &search)?;
    let count = call.body["count"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(PAGE);
    let page: Vec<Json> = found.iter().skip(at).take(count).cloned().collect();
    let mut answer = json!({"objectType": kind, "count": found.len(), "files": page});
    if let Some(cookie) = mark(&search, at + page.len(), found.len()) {
        answer["paginationCookie"] = json!(cookie);
    }
    Ok(Response::json(200, &answer))
}

fn files(call: &Call<'_>) -> Vec<Json> {
    let params = &call.body["fileParams"];
    let text = params["searchString"].as_str().unwrap_or_default();
    let ids = |list: &Json, id: i64| match list.as_array() {
        Some(wanted) if !wanted.is_empty() => wanted.iter().any(|one| one.as_i64() == Some(id)),
        _ => true,
    };
    let words = |list: &Json, word: &str| match list.as_array() {
        Some(wanted) if !wanted.is_empty() => wanted.iter().any(|one| one == word),
        _ => true,
    };
    let mut found = Vec::new();
    for thing in call.service.things.iter().filter(|thing| thing.environment == "kPhysical") {
        let Some(group) = objects::group_of(call.service, thing.id) else { continue };
        let policy = call.service.policy_of(group);
        let wanted = ids(&params["objectIds"], thing.id)
            && ids(&params["sourceIds"], thing.source_id)
            && words(&params["sourceEnvironments"], thing.environment)
            && words(&call.body["protectionGroupIds"], group["id"].as_str().unwrap_or_default());
        for file in files_of(thing.id) {
            if wanted && words(&params["types"], file.kind) && (text.is_empty() || answers(file.name, text)) {
                found.push(json!({
                    "name": file.name,
                    "path": file.folder,
                    "type": file.kind,
                    "protectionGroupId": group["id"],
                    "protectionGroupName": group["name"],
                    "policyId": group["policyId"],
                    "policyName": policy.map(|policy| policy["name"].clone()),
                    "sourceInfo": thing.summary(&call.service.things),
                }));
            }
        }
    }
    found
}
