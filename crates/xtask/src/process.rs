//! Running other programs.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
};

use anyhow::{Context, Result, bail};

use crate::report;

/// A command as a person would type it, for messages.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = Path::new(command.get_program())
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Runs a command that speaks to the person directly, and reads nothing from them.
///
/// # Errors
/// When it cannot be started or does not end well.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let text = shown(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{text}`"))?;
    if !status.success() {
        bail!("`{text}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and returns what it prints, without the ends of lines around it.
///
/// # Errors
/// When it cannot be started or does not end well; the error holds what it said.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let text = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{text}`"))?;
    if !output.status.success() {
        bail!("`{text}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command whose lines are both shown and returned, and says whether it ended well.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub(crate) fn watched(command: &mut Command) -> Result<(bool, Vec<String>)> {
    filtered(command, |_| true)
}

/// As [`watched`], but leaves out the lines that are not wanted.
///
/// # Errors
/// As [`watched`].
pub(crate) fn filtered(command: &mut Command, wanted: impl Fn(&str) -> bool) -> Result<(bool, Vec<String>)> {
    let text = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{text}`"))?;
    let (sender, lines) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
    ];
    let readers = streams.into_iter().flatten().map(|stream| thread::spawn(forward(stream, sender.clone())));
    let readers: Vec<_> = readers.collect();
    drop(sender);
    let mut kept = Vec::new();
    for line in lines.iter().filter(|line| wanted(line)) {
        report::say(&line);
        kept.push(line);
    }
    for reader in readers {
        if reader.join().is_err() {
            bail!("the output of `{text}` could not be read");
        }
    }
    Ok((child.wait().with_context(|| format!("cannot wait for `{text}`"))?.success(), kept))
}

fn forward(stream: Box<dyn Read + Send>, sender: mpsc::Sender<String>) -> impl FnOnce() + Send {
    move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        // Not `lines()`: a program may print what is not UTF-8, and that must not end the reading.
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                break;
            }
            line.clear();
        }
    }
}

/// The first program of that name on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// The search path with these folders in front of it.
///
/// # Errors
/// When a folder's name cannot be part of a search path.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = first.iter().cloned().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).context("a folder's name does not fit into PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_command_by_its_name() {
        assert_eq!(shown(Command::new("/some/where/node").args(["a.mjs", "dist"])), "node a.mjs dist");
    }

    #[test]
    fn keeps_the_lines_of_both_streams() {
        let (well, mut lines) =
            watched(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        lines.sort();
        assert!(!well);
        assert_eq!(lines, ["err", "out"]);
    }

    #[test]
    fn an_error_carries_what_the_program_said() {
        let fault = output(Command::new("sh").args(["-c", "echo reason >&2; exit 1"])).unwrap_err();
        assert!(fault.to_string().contains("reason"), "{fault}");
    }
}
