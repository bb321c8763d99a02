//! How far somebody is on a way of steps, and how values went over time.

use std::sync::Arc;

use boxdeck_catalog::FieldType;
use leptos::prelude::*;

use super::specimen;
use crate::chart::series::{Point, Series};
use crate::chart::{Amounts, Figure};
use crate::ui::Steps;

/// The first of March 2026, in milliseconds since the epoch.
const FIRST: f64 = 1_772_323_200_000.0;
const DAY: f64 = 86_400_000.0;
const GIB: f64 = 1_073_741_824.0;

/// The section.
pub(super) fn section() -> AnyView {
    view! {
        {specimen("Steps: the first", steps(0))}
        {specimen("Steps: on the way", steps(1))}
        {specimen("Steps: all done", steps(3))}
        {specimen("Values over time", chart("Stored bytes: Average", FieldType::Bytes(1), |day| Some((40.0 + day * day / 20.0) * GIB)))}
        {specimen("Values with a gap", chart("Processor load", FieldType::Fraction, |day| {
            (!(9.0..14.0).contains(&day)).then_some(0.3 + (day % 5.0) / 20.0)
        }))}
        {specimen("No values", chart("Reads: Requests", FieldType::Integer, |_| None))}
    }
    .into_any()
}

fn steps(current: usize) -> AnyView {
    let names = ["Check the bucket", "Get a token", "Purge"].map(str::to_owned).to_vec();
    view! { <Steps label="The way to an empty bucket" steps=Signal::stored(names) current=Signal::stored(current)/> }
        .into_any()
}

/// Thirty days of a measure.
fn chart(title: &'static str, value_type: FieldType, value: fn(f64) -> Option<f64>) -> AnyView {
    let point = |day: u32| Point { at: FIRST + f64::from(day) * DAY, value: value(f64::from(day)) };
    let series = Series { name: String::new(), points: (0..30).map(point).collect() };
    let amounts = Amounts { value_type, per: None };
    view! {
        <Figure title=Signal::stored(title.to_owned()) series=Signal::stored(Arc::new(series)) amounts=Signal::stored(amounts)/>
    }
    .into_any()
}
