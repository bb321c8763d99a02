//! Reports of what was stored and moved.

use serde_json::{Value as Json, json};

use super::body::{Field, Holds, field};
use super::call::Call;
use super::fault::Fault;
use super::route::Route;
use super::series::{Measure, Point, Series};
use super::store::{Bucket, Store};
use super::time::{DAY, Granularity, minute};
use super::upkeep;
use crate::message::Response;

mod rows;

use rows::{Row, raw, rolled};

const FIELDS: &[Field] =
    &[field("buckets", Holds::Texts), field("startTime", Holds::Text), field("endTime", Holds::Text)];

pub(super) const ROUTES: &[Route] = &[
    // One place lets every region's service answer for buckets, another doesn't list it among those that do: it isn't.
    Route::get(
        "/usage",
        &[
            "id",
            "canonicalUserId",
            "bucket",
            "operation",
            "startTime",
            "endTime",
            "granularity",
            "reversed",
            "limit",
            "pageSize",
            "offset",
            "region",
            "regionOffset",
        ],
        read,
    ),
    Route::post("/usage/bucket", &[], read_buckets).takes(FIELDS),
];

/// How many rows a report has if nobody asks for another number.
const ROWS: usize = 10_000;

/// What a report covers.
#[derive(Clone, Copy)]
struct Span {
    measure: Measure,
    granularity: Granularity,
    from: i64,
    to: i64,
}

/// Whose report it is.
enum Subject {
    User { group: String, user: String, canonical: String },
    Group(String),
    Bucket(String),
}

/// Reads which of the three ways to say whose a report is was taken.
fn subject(call: &Call<'_>) -> Result<Subject, Fault> {
    match (call.text("id"), call.text("canonicalUserId"), call.text("bucket")) {
        (Some(id), None, None) => {
            let invalid = || Fault::bad(format!("Invalid parameter id : {id}"));
            let (group, user) = id.split_once('|').ok_or_else(invalid)?;
            if user == "*" {
                super::groups::known(call.store, group)?;
                return Ok(Subject::Group(group.to_owned()));
            }
            let canonical = call.store.canonical(group, user).ok_or_else(invalid)?;
            Ok(Subject::User {
                group: group.to_owned(),
                user: user.to_owned(),
                canonical: canonical.to_owned(),
            })
        }
        (None, Some(canonical), None) => {
            let user = call.store.users.get(canonical);
            let user = user.ok_or_else(|| Fault::bad("User does not exist : {canonicalUserId}"))?;
            Ok(Subject::User {
                group: user.group.clone(),
                user: user.id.clone(),
                canonical: canonical.to_owned(),
            })
        }
        (None, None, Some(bucket)) => Ok(Subject::Bucket(bucket.to_owned())),
        (None, None, None) => Err(Fault::missing(&["id", "canonicalUserId", "bucket"])),
        _ => Err(Fault::bad("Conflicting parameters : {id, canonicalUserId, bucket}")),
    }
}

fn span(call: &Call<'_>) -> Result<Span, Fault> {
    call.require(&["operation", "startTime", "endTime", "granularity"])?;
    let time = |name: &str| {
        let text = call.need(name)?;
        minute(text).ok_or_else(|| Fault::bad(format!("Invalid parameter {name} : {text}")))
    };
    let (from, to) = (time("startTime")?, time("endTime")?);
    let measure =
        Measure::parse(call.need("operation")?).ok_or_else(|| Fault::bad("Invalid parameter operation"))?;
    let granularity = Granularity::parse(call.need("granularity")?)
        .ok_or_else(|| Fault::bad("Invalid parameter granularity"))?;
    if from > to {
        return Err(Fault::bad("startTime is after endTime"));
    }
    if granularity == Granularity::Raw && to - from > DAY {
        return Err(Fault::bad("Raw usage covers at most 24 hours"));
    }
    Ok(Span { measure, granularity, from, to })
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (subject, span) = (subject(call)?, span(call)?);
    if let Subject::Bucket(name) = &subject {
        return read_bucket(call, name, span);
    }
    if matches!(
        span.measure,
        Measure::BytesIn | Measure::BytesOut | Measure::TotalBytes | Measure::TotalObjects
    ) {
        return Err(Fault::bad("Invalid parameter operation : it is for buckets only"));
    }
    let regions = match call.text("region") {
        Some("ALL") => call.store.regions.iter().map(|region| region.name).collect(),
        _ => vec![call.region()?],
    };
    let store = &*call.store;
    let mut rows: Vec<Row> = Vec::new();
    for region in regions {
        let (group, user, series) = match &subject {
            Subject::User { group, user, canonical } => {
                let found = store.users.get(canonical).ok_or_else(Fault::absent)?;
                (group, user.as_str(), Series::user(store, found, region))
            }
            Subject::Group(group) => (group, "*", Series::group(store, group, region)),
            Subject::Bucket(_) => continue,
        };
        let counted = span.measure.is_stored() || store.features.requests;
        if counted {
            let points = points(store, &series, span);
            rows.extend(
                points.into_iter().map(|point| Row::of_account(store, span, point, group, user, region)),
            );
        }
    }
    paged(call, rows)
}

/// The points of an account's report.
fn points(store: &Store, series: &Series, span: Span) -> Vec<Point> {
    let is_kept = |granularity, at| upkeep::is_kept(store, granularity, at);
    if span.granularity == Granularity::Raw {
        let snapshots: Vec<i64> = store.snapshots.range(span.from..span.to).copied().collect();
        raw(series, span, store.clock.now(), &snapshots, is_kept)
    } else {
        rolled(series, span, store.clock.now(), is_kept)
    }
}

/// Cuts a report: `pageSize` wins over `limit`, and has one row more, whose time is where the next page begins. With
/// several regions, which follow each other, `regionOffset` says in which; without it, it is the default one.
fn paged(call: &Call<'_>, mut rows: Vec<Row>) -> Result<Response, Fault> {
    if call.flag("reversed", false)? {
        rows.reverse();
    }
    let reversed = call.flag("reversed", false)?;
    if let Some(offset) = call.number("offset")? {
        let region = match call.text("regionOffset") {
            None => call.store.region_named(call.text("region").filter(|name| *name != "ALL"))?,
            Some(name) => call
                .store
                .region_named(Some(name))
                .map_err(|_unknown| Fault::bad(format!("Invalid regionOffset {name}")))?,
        };
        let is_at = |row: &Row| {
            row.region == Some(region)
                && if reversed { row.point.at <= offset } else { row.point.at >= offset }
        };
        let start = rows.iter().position(is_at).unwrap_or(rows.len());
        rows.drain(..start);
    }
    let number = |name: &str| -> Result<Option<usize>, Fault> {
        let invalid = || Fault::bad(format!("Invalid parameter {name}"));
        call.number(name)?.map(|number| usize::try_from(number).ok().ok_or_else(invalid)).transpose()
    };
    let size = match (number("pageSize")?, number("limit")?) {
        (None | Some(0), None) => ROWS,
        (None | Some(0), Some(0)) => return Err(Fault::bad("Invalid parameter limit")),
        (None | Some(0), Some(limit)) => limit,
        (Some(size), _) => size.saturating_add(1),
    };
    rows.truncate(size);
    let rows: Vec<Json> = rows.iter().map(Row::show).collect();
    Ok(Response::json(200, &rows.into()))
}

/// A bucket's report. Nothing of paging and regions goes with it, and its times are whole hours.
fn read_bucket(call: &Call<'_>, name: &str, span: Span) -> Result<Response, Fault> {
    let forbidden = ["reversed", "pageSize", "offset", "region", "regionOffset"];
    if let Some(name) = forbidden.into_iter().find(|name| call.text(name).is_some()) {
        return Err(Fault::bad(format!("Conflicting parameters : {{bucket, {name}}}")));
    }
    if span.from % super::time::HOUR != 0 || span.to % super::time::HOUR != 0 {
        return Err(Fault::bad("The minutes of startTime and endTime must be 00"));
    }
    let limit = call.number("limit")?.unwrap_or(10_000);
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0);
    let limit = limit.ok_or_else(|| Fault::bad("Invalid parameter limit"))?;
    let store = &*call.store;
    let bucket = store.buckets.get(name).ok_or_else(|| Fault::bad("Bucket does not exist : {bucket}"))?;
    let rows =
        if store.features.bucket_statistics { bucket_rows(store, name, bucket, span) } else { Vec::new() };
    let rows: Vec<Json> = rows.iter().take(limit).map(Row::show).collect();
    Ok(Response::json(200, &rows.into()))
}

fn bucket_rows(store: &Store, name: &str, bucket: &Bucket, span: Span) -> Vec<Row> {
    let points = match span.measure {
        Measure::TotalBytes | Measure::TotalObjects => counted(bucket, span),
        _ => {
            let series = Series::bucket(store, name, bucket);
            let now = store.clock.now();
            // Deleting usage leaves that of buckets alone.
            let is_kept = |granularity, at| upkeep::is_within(store, granularity, at);
            if span.granularity == Granularity::Raw {
                raw(&series, span, now, &[], is_kept)
            } else {
                rolled(&series, span, now, is_kept)
                    .into_iter()
                    .map(|mut point| {
                        if span.measure.is_stored() {
                            let next = span.granularity.next(point.at).min(now);
                            point.value =
                                series.level(span.measure, next) - series.level(span.measure, point.at);
                        }
                        point
                    })
                    .collect()
            }
        }
    };
    points.into_iter().map(|point| Row::of_bucket(span, point, name, &bucket.policy)).collect()
}

/// The counts of a bucket, which exist only of the times when somebody had it counted. Of several in one interval a
/// rollup keeps the last.
fn counted(bucket: &Bucket, span: Span) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for (at, bytes, objects) in &bucket.counts {
        if !(span.from..span.to).contains(at) {
            continue;
        }
        let value = if span.measure == Measure::TotalBytes { *bytes } else { *objects };
        let point = Point { at: span.granularity.floor(*at), value, ..Point::default() };
        match points.last_mut() {
            Some(last) if last.at == point.at => *last = point,
            _ => points.push(point),
        }
    }
    points
}

/// The raw data of several buckets.
fn read_buckets(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.body.require(&["buckets", "startTime", "endTime"])?;
    let time = |name: &str| {
        let text = call.body.need(name)?;
        minute(text).ok_or_else(|| Fault::bad(format!("Invalid parameter {name} : {text}")))
    };
    let (from, to) = (time("startTime")?, time("endTime")?);
    if from > to || to - from > DAY {
        return Err(Fault::bad("Raw usage covers at most 24 hours"));
    }
    let names = call.body.texts("buckets").unwrap_or_default();
    if names.is_empty() {
        return Err(Fault::missing(&["buckets"]));
    }
    let store = &*call.store;
    let answers: Vec<Json> = names
        .into_iter()
        .map(|name| {
            // Of a bucket that isn't there, or isn't counted, there is no activity.
            let bucket = store.buckets.get(&name).filter(|_| store.features.bucket_statistics);
            let data: Vec<Json> = Measure::CODES
                .iter()
                .filter_map(|(_, measure)| {
                    let span = Span { measure: *measure, granularity: Granularity::Raw, from, to };
                    Some(bucket_rows(store, &name, bucket?, span))
                })
                .flatten()
                .map(|row| row.show())
                .collect();
            json!({"bucket": name, "data": data})
        })
        .collect();
    Ok(Response::json(200, &answers.into()))
}
