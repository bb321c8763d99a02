//! How many tests ran, read from what the test programs say.

use anyhow::{Context, Result};
use serde_json::Value;

/// The numbers of one run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that passed, those included that passed on a second try.
    pub(crate) passed: u64,
    /// Tests that failed or timed out.
    pub(crate) failed: u64,
    /// Tests that did not run.
    pub(crate) skipped: u64,
}

impl Counts {
    /// The sum of two runs.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// Reads nextest's last line: `Summary [ 0.012s] 3 tests run: 2 passed (1 slow), 1 failed, 4 skipped`.
pub(crate) fn nextest(lines: &[String]) -> Option<Counts> {
    let line = lines.iter().rev().find(|line| line.contains("Summary [") && line.contains("run:"))?;
    let (_, numbers) = line.split_once("run:")?;
    let mut counts = Counts::default();
    for part in numbers.split(", ") {
        let mut words = part.split_whitespace();
        let (Some(number), Some(what)) =
            (words.next().and_then(|word| word.parse::<u64>().ok()), words.next())
        else {
            continue;
        };
        match what {
            "passed" => counts.passed += number,
            "failed" | "timed" | "exec" => counts.failed += number,
            "skipped" => counts.skipped += number,
            _ => {}
        }
    }
    Some(counts)
}

/// Adds up the result lines of `cargo test`: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
pub(crate) fn libtest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines.iter().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        for part in line.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) =
                (words.next().and_then(|word| word.parse::<u64>().ok()), words.next())
            else {
                continue;
            };
            match what {
                "passed" => counts.passed += number,
                "failed" => counts.failed += number,
                "ignored" => counts.skipped += number,
                _ => {}
            }
        }
    }
    counts
}

/// Reads the end of the report of Node's test runner: `# pass 3`, `# fail 0`, `# skipped 0`.
pub(crate) fn node(lines: &[String]) -> Counts {
    let number = |name: &str| {
        lines
            .iter()
            .rev()
            .filter_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix(name))
            .find_map(|rest| rest.trim().parse::<u64>().ok())
            .unwrap_or(0)
    };
    Counts {
        passed: number("pass "),
        failed: number("fail ") + number("cancelled "),
        skipped: number("skipped "),
    }
}

/// Reads pytest's last line: `2 failed, 41 passed, 1 skipped, 1 error in 5.31s`.
pub(crate) fn pytest(lines: &[String]) -> Option<Counts> {
    let read = |line: &String| {
        let (numbers, _) = line.split_once(" in ")?;
        let mut counts = Counts::default();
        for part in numbers.split(", ") {
            let (number, what) = part.split_once(' ')?;
            let number = number.parse::<u64>().ok()?;
            match what {
                "passed" => counts.passed += number,
                "failed" | "error" | "errors" => counts.failed += number,
                "skipped" => counts.skipped += number,
                _ => {}
            }
        }
        Some(counts)
    };
    lines.iter().rev().find_map(read)
}

/// Reads the statistics of Playwright's JSON report.
///
/// # Errors
/// When the text is not such a report.
pub(crate) fn playwright(report: &str) -> Result<Counts> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let number = |name: &str| report.get("stats").and_then(|stats| stats.get(name)).and_then(Value::as_u64);
    let counts = || {
        Some(Counts {
            passed: number("expected")? + number("flaky")?,
            failed: number("unexpected")?,
            skipped: number("skipped")?,
        })
    };
    counts().context("Playwright's report has no statistics")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn reads_nextest() {
        let text = "        PASS [   0.003s] a b\n     Summary [   0.012s] 9 tests run: 6 passed (1 slow, 1 leaky), \
                    2 failed, 1 timed out, 4 skipped\n        FAIL [   0.003s] a c";
        assert_eq!(nextest(&lines(text)), Some(counts(6, 3, 4)));
        assert_eq!(nextest(&lines("Summary [ 0.1s] 1 test run: 1 passed, 0 skipped")), Some(counts(1, 0, 0)));
        assert_eq!(nextest(&lines("error: could not compile")), None);
    }

    #[test]
    fn adds_up_libtest() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(libtest(&lines(text)), counts(4, 2, 1));
    }

    #[test]
    fn reads_node() {
        let text = "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 41.2";
        assert_eq!(node(&lines(text)), counts(3, 2, 0));
        assert_eq!(node(&lines("ℹ pass 2\nℹ fail 0")), counts(2, 0, 0));
    }

    #[test]
    fn reads_pytest() {
        let text = "FAILED tests/a.py::test_b - took 3 s in vain\n2 failed, 41 passed, 1 skipped, 3 warnings, 1 error in 5.31s";
        assert_eq!(pytest(&lines(text)), Some(counts(41, 3, 1)));
        assert_eq!(pytest(&lines("42 passed in 65.02s (0:01:05)")), Some(counts(42, 0, 0)));
        assert_eq!(pytest(&lines("ERROR: file or directory not found: tests/x")), None);
    }

    #[test]
    fn reads_playwright() {
        let text = r#"{"stats":{"expected":7,"skipped":1,"unexpected":2,"flaky":1}}"#;
        assert_eq!(playwright(text).unwrap(), counts(8, 2, 1));
        assert!(playwright("{}").is_err());
        assert!(playwright("").is_err());
    }
}
