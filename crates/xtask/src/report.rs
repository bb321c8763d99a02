//! What a person reads while it runs: one line per step.

use std::time::Duration;

/// Says what happens now.
pub(crate) fn step(text: &str) {
    eprintln!("=> {text}");
}

/// Says something a person should know about the step that runs.
pub(crate) fn note(text: &str) {
    eprintln!("   {text}");
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
