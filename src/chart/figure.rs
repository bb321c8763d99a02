//! The chart of one series: the drawing, what is read off it, and the same in words.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use words::chart as say;

use super::axis::Amounts;
use super::scale::{Grain, times};
use super::series::{Point, Series, Summary, nearest, summary};
use super::shape::{Frame, Shape, shape};
use crate::format::date;

/// About how many marks the axis of values has.
const VALUE_MARKS: u32 = 4;
/// How many marks the axis of time has at most; narrow charts leave every second one out.
const TIME_MARKS: u32 = 12;

/// Everything that is drawn of a series.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    frame: Frame,
    shape: Shape,
    summary: Summary,
    /// Marks as shares of the height and of the width, with their labels.
    values: Vec<(f64, String)>,
    times: Vec<(f64, String)>,
}

/// The class of a mark of time, so near to an edge that its label would not stand on the chart if it stood around the mark.
fn edge(right: f64) -> &'static str {
    /// About half of a label, as a share of a narrow chart's width.
    const HALF: f64 = 0.06;
    match right {
        right if right < HALF => "chart-first",
        right if right > 1.0 - HALF => "chart-last",
        _ => "",
    }
}

/// A series as a line over time. Pointer and arrow keys read its values.
#[component]
pub fn Figure(
    /// What is drawn.
    #[prop(into)]
    title: Signal<String>,
    /// The values.
    #[prop(into)]
    series: Signal<Arc<Series>>,
    /// What they mean.
    #[prop(into)]
    amounts: Signal<Amounts>,
) -> impl IntoView {
    let picture =
        Memo::new(move |_| series.with(|series| amounts.with(|amounts| picture(&series.points, amounts))));
    let has_values = Memo::new(move |_| picture.with(Option::is_some));
    // The point that is being read; without one it is the last.
    let chosen = RwSignal::new(None::<usize>);
    let last = move || series.with(|series| series.points.len().saturating_sub(1));
    let place = Memo::new(move |_| chosen.get().unwrap_or(usize::MAX).min(last()));
    let point = move || series.with(|series| series.points.get(place.get()).copied());
    let value = move || match point().and_then(|point| point.value) {
        Some(value) => amounts.with(|amounts| amounts.text(value)),
        None => say::no_value().to_owned(),
    };
    let time = move || point().map(|point| date::exact(point.at)).unwrap_or_default();
    let on_key = move |event: KeyboardEvent| {
        let (here, last) = (place.get_untracked(), untrack(last));
        let leap = (last / 10).max(1);
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => here + 1,
            "PageDown" => here.saturating_sub(leap),
            "PageUp" => here + leap,
            "Home" => 0,
            "End" => last,
            "Escape" => return chosen.set(None),
            _ => return,
        };
        event.prevent_default();
        chosen.set(Some(next.min(last)));
    };
    let on_point = move |event: PointerEvent| {
        let plot = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(width) = plot.map(|plot| f64::from(plot.client_width())).filter(|width| *width > 0.0) else {
            return;
        };
        let Some((first, last)) =
            picture.with_untracked(|picture| picture.as_ref().map(|one| one.frame.times))
        else {
            return;
        };
        let at = first + (last - first) * f64::from(event.offset_x()) / width;
        chosen.set(series.with_untracked(|series| nearest(&series.points, at)));
    };
    // Where the point that is read lies, in percent from the left and from below; `None` where it has no value.
    let mark = Memo::new(move |_| {
        let point = point()?;
        picture.with(|picture| {
            let frame = picture.as_ref()?.frame;
            let height = point.value.map(|value| percent(frame.height(value)));
            Some((percent(frame.right(point.at)), height))
        })
    });
    let is_read = move || chosen.with(Option::is_some);
    let plot = move || {
        view! {
            <div class="chart-box">
                <div class="chart-values" aria-hidden="true">
                    {move || told(picture, |picture| &picture.values).into_iter().map(|(height, label)| view! {
                        <span class="chart-sizer">{label.clone()}</span>
                        <span class="chart-value" style:bottom=percent(height)>{label}</span>
                    }).collect_view()}
                </div>
                <div
                    class="chart-plot"
                    role="slider"
                    tabindex="0"
                    aria-label=move || say::read(title.get())
                    aria-valuemin="1"
                    aria-valuemax=move || last() + 1
                    aria-valuenow=move || place.get() + 1
                    aria-valuetext=move || say::reading(time(), value())
                    on:keydown=on_key
                    on:pointermove=on_point
                    on:pointerdown=on_point
                    on:pointerleave=move |_| chosen.set(None)
                    on:blur=move |_| chosen.set(None)
                >
                    {move || told(picture, |picture| &picture.values).into_iter().map(|(height, _)| view! {
                        <span class="chart-grid" style:bottom=percent(height)></span>
                    }).collect_view()}
                    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
                        <path class="chart-area" d=move || drawn(picture, |shape| &shape.area)/>
                        <path class="chart-line" d=move || drawn(picture, |shape| &shape.line)/>
                    </svg>
                    {move || picture.with(|picture| picture.as_ref().map(|picture| picture.shape.alone.clone())).unwrap_or_default()
                        .into_iter().map(|(right, height)| view! {
                            <span class="chart-dot" style:left=percent(right) style:bottom=percent(height)></span>
                        }).collect_view()}
                    {move || mark.get().filter(|_| is_read()).map(|(right, height)| view! {
                        <span class="chart-cross" style:left=right.clone()></span>
                        {height.map(|height| view! { <span class="chart-dot chart-here" style:left=right style:bottom=height></span> })}
                    })}
                </div>
                <div class="chart-times" aria-hidden="true">
                    {move || told(picture, |picture| &picture.times).into_iter().map(|(right, label)| view! {
                        <span class=edge(right) style:left=percent(right)>{label}</span>
                    }).collect_view()}
                </div>
            </div>
            {move || picture.with(|picture| picture.as_ref().map(|picture| facts(&picture.summary, amounts)))}
        }
    };
    view! {
        <figure class="chart" aria-label=move || title.get()>
            <figcaption class="chart-head">
                <span class="chart-title">{move || title.get()}</span>
                <Show when=move || has_values.get()>
                    <span class="chart-reading" aria-hidden="true">{time}" "<strong>{value}</strong></span>
                </Show>
            </figcaption>
            <Show when=move || has_values.get() fallback=|| view! { <p class="muted">{say::empty()}</p> }>
                {plot()}
            </Show>
        </figure>
    }
}

/// The same in words.
fn facts(summary: &Summary, amounts: Signal<Amounts>) -> AnyView {
    let tell = |(at, value): (f64, f64)| {
        view! { <dd>{amounts.with(|amounts| amounts.text(value))}<span class="muted">{date::exact(at)}</span></dd> }
    };
    let (count, gaps) = (summary.count as u64, summary.gaps as u64);
    view! {
        <dl class="chart-facts">
            <div><dt>{say::least()}</dt>{tell(summary.least)}</div>
            <div><dt>{say::greatest()}</dt>{tell(summary.greatest)}</div>
            <div><dt>{say::last()}</dt>{tell(summary.last)}</div>
            <div>
                <dt>{say::values()}</dt>
                <dd>{crate::format::amount::count(count)}{(gaps > 0).then(|| view! { <span class="muted">{say::gaps(gaps)}</span> })}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn told(picture: Memo<Option<Picture>>, of: fn(&Picture) -> &Vec<(f64, String)>) -> Vec<(f64, String)> {
    picture.with(|picture| picture.as_ref().map(|picture| of(picture).clone())).unwrap_or_default()
}

fn drawn(picture: Memo<Option<Picture>>, of: fn(&Shape) -> &String) -> String {
    picture.with(|picture| picture.as_ref().map(|picture| of(&picture.shape).clone())).unwrap_or_default()
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// `None` where there is no value to draw.
fn picture(points: &[Point], amounts: &Amounts) -> Option<Picture> {
    let summary = summary(points)?;
    let axis = amounts.axis(summary.least.1, summary.greatest.1, VALUE_MARKS);
    let ends = (points.first()?.at, points.last()?.at);
    let frame = Frame { times: ends, values: (axis.first()?.0, axis.last()?.0) };
    let (marks, grain) = times(ends.0, ends.1, TIME_MARKS, date::ahead);
    let write = date::writer(match grain {
        Grain::Time if ends.1 - ends.0 <= 86_400_000.0 => &[("hour", "2-digit"), ("minute", "2-digit")],
        Grain::Time => &[("weekday", "short"), ("hour", "2-digit"), ("minute", "2-digit")],
        Grain::Day => &[("month", "short"), ("day", "numeric")],
        Grain::Month => &[("year", "numeric"), ("month", "short")],
    });
    Some(Picture {
        frame,
        shape: shape(points, &frame),
        summary,
        values: axis.into_iter().map(|(value, label)| (frame.height(value), label)).collect(),
        times: marks.into_iter().map(|at| (frame.right(at), write(at))).collect(),
    })
}
