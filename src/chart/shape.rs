//! A series as paths in a square of [`SIZE`], which is stretched over the chart.

use std::fmt::Write as _;

use super::series::{Point, runs};

/// Width and height of the square.
pub const SIZE: f64 = 1000.0;

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// The line, as the data of an SVG path.
    pub line: String,
    /// What lies between it and nothing.
    pub area: String,
    /// Values with gaps on both sides, which no line shows: shares of width and height, from 0 to 1.
    pub alone: Vec<(f64, f64)>,
}

/// The part of the plane that is drawn: from left to right, and from bottom to top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The first and the last point in time.
    pub times: (f64, f64),
    /// The least and the greatest value.
    pub values: (f64, f64),
}

impl Frame {
    /// How far to the right a time is, from 0 to 1. A single one is in the middle.
    pub fn right(&self, at: f64) -> f64 {
        share(at, self.times)
    }

    /// How high a value is, from 0 to 1.
    pub fn height(&self, value: f64) -> f64 {
        share(value, self.values)
    }
}

fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.5 }
}

/// Draws points into a frame.
pub fn shape(points: &[Point], frame: &Frame) -> Shape {
    let mut shape = Shape::default();
    let ground = (1.0 - frame.height(0.0).clamp(0.0, 1.0)) * SIZE;
    let has_ground = frame.values.0 <= 0.0;
    for run in runs(points) {
        if let [(at, value)] = run.as_slice() {
            shape.alone.push((frame.right(*at), frame.height(*value)));
            continue;
        }
        let placed: Vec<(f64, f64)> = run
            .into_iter()
            .map(|(at, value)| (frame.right(at) * SIZE, (1.0 - frame.height(value)) * SIZE))
            .collect();
        let kept = thinned(&placed);
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else { continue };
        let mut way = String::new();
        for (index, (x, y)) in kept.iter().enumerate() {
            // Writing to a text cannot fail.
            write!(way, "{}{x:.1} {y:.1}", if index == 0 { "" } else { "L" }).unwrap_or_default();
        }
        write!(shape.line, "M{way}").unwrap_or_default();
        if has_ground {
            write!(shape.area, "M{:.1} {ground:.1}L{way}L{:.1} {ground:.1}Z", first.0, last.0)
                .unwrap_or_default();
        }
    }
    shape
}

/// Of more points than a screen has columns, the first, least, greatest and last of each column: no peak is lost.
fn thinned(placed: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if placed.len() <= 2000 {
        return placed.to_vec();
    }
    let mut kept = Vec::new();
    for column in placed.chunk_by(|one, other| one.0.floor() == other.0.floor()) {
        let mut chosen: Vec<usize> = vec![0, column.len() - 1];
        let by_height = |one: &usize, other: &usize| {
            let height = |index: &usize| column.get(*index).map_or(0.0, |point| point.1);
            height(one).total_cmp(&height(other))
        };
        chosen.extend((0..column.len()).min_by(by_height));
        chosen.extend((0..column.len()).max_by(by_height));
        chosen.sort_unstable();
        chosen.dedup();
        kept.extend(chosen.into_iter().filter_map(|index| column.get(index)));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { times: (0.0, 10.0), values: (0.0, 100.0) };

    fn points(values: &[Option<f64>]) -> Vec<Point> {
        values.iter().enumerate().map(|(at, value)| Point { at: at as f64, value: *value }).collect()
    }

    #[test]
    fn a_line_goes_from_value_to_value() {
        let drawn = shape(&points(&[Some(0.0), Some(50.0), Some(100.0)]), &FRAME);
        assert_eq!(drawn.line, "M0.0 1000.0L100.0 500.0L200.0 0.0");
        assert_eq!(drawn.area, "M0.0 1000.0L0.0 1000.0L100.0 500.0L200.0 0.0L200.0 1000.0Z");
        assert!(drawn.alone.is_empty());
    }

    #[test]
    fn gaps_break_it_and_a_value_alone_is_a_dot() {
        let drawn =
            shape(&points(&[Some(0.0), Some(0.0), None, Some(100.0), None, Some(0.0), Some(0.0)]), &FRAME);
        assert_eq!(drawn.line.matches('M').count(), 2);
        assert_eq!(drawn.alone, [(0.3, 1.0)]);
    }

    #[test]
    fn an_axis_without_nothing_has_no_area() {
        let frame = Frame { values: (90.0, 100.0), ..FRAME };
        assert_eq!(shape(&points(&[Some(91.0), Some(95.0)]), &frame).area, "");
    }

    #[test]
    fn of_many_points_peaks_stay() {
        let mut many: Vec<(f64, f64)> = (0..50_000).map(|at| (f64::from(at) / 50.0, 500.0)).collect();
        if let Some(peak) = many.get_mut(25_020) {
            peak.1 = 3.0;
        }
        let kept = thinned(&many);
        assert!(kept.len() <= 4000, "{}", kept.len());
        assert!(kept.contains(&(500.4, 3.0)));
        assert_eq!((kept.first(), kept.last()), (many.first(), many.last()));
    }
}
