//! Proves that the colours of `style/tokens.css` can be read: WCAG 2.2, 4.5 to 1 for text and 3 to 1 for marks and outlines.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

/// Text colours and the grounds that they stand on.
const TEXT: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "ground",
            "surface",
            "surface-low",
            "surface-hover",
            "surface-press",
            "surface-over",
            "accent-soft",
            "good-soft",
            "warn-soft",
            "bad-soft",
            "info-soft",
        ],
    ),
    (
        "text-muted",
        &[
            "ground",
            "surface",
            "surface-low",
            "surface-hover",
            "surface-press",
            "surface-over",
            "accent-soft",
        ],
    ),
    ("text-faint", &["ground", "surface", "surface-low", "surface-hover", "surface-over"]),
    ("accent", &["ground", "surface", "surface-low", "surface-hover", "surface-over", "accent-soft"]),
    ("on-accent", &["accent-fill", "accent-fill-hover"]),
    ("on-bad", &["bad-fill", "bad-fill-hover"]),
    ("good-text", &["ground", "surface", "surface-low", "surface-hover", "accent-soft", "good-soft"]),
    ("warn-text", &["ground", "surface", "surface-low", "surface-hover", "accent-soft", "warn-soft"]),
    (
        "bad-text",
        &["ground", "surface", "surface-low", "surface-hover", "surface-over", "accent-soft", "bad-soft"],
    ),
    ("info-text", &["ground", "surface", "surface-low", "surface-hover", "accent-soft", "info-soft"]),
    // The hint turns text and ground round.
    ("ground", &["text"]),
];

/// Marks and outlines, and the grounds that they stand on.
const MARKS: &[(&str, &[&str])] = &[
    ("line-control", &["ground", "surface", "surface-low"]),
    ("ring", &["ground", "surface", "surface-low", "surface-hover", "surface-over", "accent-soft"]),
    ("good", &["surface", "ground"]),
    ("warn", &["surface"]),
    ("bad", &["surface", "ground"]),
    ("info", &["surface", "ground"]),
    ("idle", &["surface", "ground"]),
];

/// The tokens of a part of the file, in light or in dark.
fn tokens(part: &str, dark: bool) -> HashMap<&str, [u8; 3]> {
    part.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let value = value.trim().trim_end_matches(';');
            let value = match value.strip_prefix("light-dark(") {
                Some(pair) => {
                    let (light, rest) = pair.strip_suffix(')')?.split_once(',')?;
                    if dark { rest.trim() } else { light.trim() }
                }
                None => value,
            };
            Some((name, rgb(value)?))
        })
        .collect()
}

fn rgb(value: &str) -> Option<[u8; 3]> {
    let digits = value.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every look: the base colours, overlaid by those of its own block.
fn looks() -> Vec<(&'static str, HashMap<&'static str, [u8; 3]>)> {
    let (base, rest) = TOKENS.split_once("/* Without a preference").expect("the base colours end there");
    let (_, rest) = rest.split_once("@media (prefers-contrast: more)").expect("a block for more contrast");
    let (more, contrast) = rest.split_once(":root[data-theme=\"contrast\"]").expect("a block for the theme");
    // The first mention is the exclusion inside the media query.
    let (more_body, contrast) = contrast.split_once("/* The same, chosen").unwrap_or((more, contrast));
    let over = |part, dark| {
        let mut all = tokens(base, dark);
        all.extend(tokens(part, dark));
        all
    };
    vec![
        ("light", over("", false)),
        ("dark", over("", true)),
        ("light, more contrast", over(more_body, false)),
        ("dark, more contrast", over(more_body, true)),
        ("the contrast theme", over(contrast, true)),
    ]
}

fn weak(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut weak = Vec::new();
    for (look, colors) in looks() {
        for (front, grounds) in pairs {
            for ground in *grounds {
                let ratio = ratio(colors[front], colors[ground]);
                if ratio < least {
                    weak.push(format!("{look}: {front} on {ground} is {ratio:.2}"));
                }
            }
        }
    }
    weak
}

#[test]
fn text_can_be_read() {
    assert_eq!(weak(TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn marks_and_outlines_can_be_seen() {
    assert_eq!(weak(MARKS, 3.0), Vec::<String>::new());
}

#[test]
fn states_differ_without_hue() {
    for (look, colors) in looks() {
        let mut tones = ["good", "warn", "bad"].map(|tone| luminance(colors[tone]));
        tones.sort_by(f64::total_cmp);
        for pair in tones.windows(2) {
            let step = (pair[1] + 0.05) / (pair[0] + 0.05);
            assert!(step > 1.15, "{look}: two states differ only by {step:.2}");
        }
    }
}
