//! What a person reads while it runs: one line per step.

use std::{
    io::{ErrorKind, Write, stderr, stdout},
    time::Duration,
};

use anyhow::{Context, Result};

/// Says what happens now.
pub(crate) fn step(text: &str) {
    say(&format!("=> {text}"));
}

/// Says something a person should know about the step that runs.
pub(crate) fn note(text: &str) {
    say(&format!("   {text}"));
}

/// Shows a line beside the results. A closed terminal is no reason to stop.
pub(crate) fn say(text: &str) {
    drop(writeln!(stderr(), "{text}"));
}

/// Writes a result, line by line, to standard output. Whoever has read enough may close it.
///
/// # Errors
/// When it cannot be written for another reason.
pub(crate) fn result(text: &str) -> Result<()> {
    match writeln!(stdout(), "{}", text.trim_end()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            Err(fault).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

/// Seconds below a minute, minutes and seconds above.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A size in kB (1,000 bytes), as the wire is usually measured.
pub(crate) fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_times_and_sizes() {
        assert_eq!(duration(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
        assert_eq!(kilobytes(95_748), "95.7 kB");
        assert_eq!(kilobytes(999), "0.9 kB");
    }
}
