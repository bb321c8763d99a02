//! The console's static files, with the headers that the console is built to run under.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::message::{Request, Response, decode_segment};

/// The policy that the console runs under, without an exception.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// What every static answer carries.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("vary", "accept-encoding"),
];

/// A folder of static files.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
}

impl Site {
    /// The files below that folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Answers a GET of a file, or of a folder with an `index.html`. There is no rewriting: what isn't there is a 404.
    pub fn respond(&self, request: &Request) -> Response {
        let response = match self.file(&request.path) {
            Some(path) => serve(&path, request),
            None => not_found(),
        };
        HEADERS.iter().fold(response, |response, (name, value)| response.header(name, value))
    }

    /// The file that a path names, unless the path leaves the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let decoded = decode_segment(path);
        let relative = Path::new(decoded.trim_start_matches('/'));
        let inside = !decoded.contains(['\\', '\0'])
            && relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            return None;
        }
        let mut file = self.root.join(relative);
        if decoded.ends_with('/') || decoded.is_empty() {
            file.push("index.html");
        }
        // A symbolic link could lead out of the folder too.
        let real = file.canonicalize().ok()?;
        let root = self.root.canonicalize().ok()?;
        (real.starts_with(root) && real.is_file()).then_some(file)
    }
}

fn serve(path: &Path, request: &Request) -> Response {
    let accepted = request.header_value("accept-encoding").unwrap_or_default();
    let read = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, suffix)| Some((coding, read_beside(path, suffix)?)));
    let response = match read {
        Some((coding, body)) => {
            Response::typed(200, mime_type(path), body).header("content-encoding", coding)
        }
        None => match fs::read(path) {
            Ok(body) => Response::typed(200, mime_type(path), body),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return not_found(),
            Err(_unreadable) => {
                return Response::typed(500, "text/plain", b"The file cannot be read.\n".to_vec());
            }
        },
    };
    let caching = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.header("cache-control", caching)
}

fn not_found() -> Response {
    Response::typed(404, "text/plain; charset=utf-8", b"There is no such file.\n".to_vec())
        .header("cache-control", "no-cache")
}

/// A file of the same name with one more suffix, which a build puts there compressed.
fn read_beside(path: &Path, suffix: &str) -> Option<Vec<u8>> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    fs::read(name).ok()
}

/// Whether an `Accept-Encoding` header takes the coding: named, and not with a quality of 0.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut terms = part.split(';').map(str::trim);
        terms.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !terms.any(|term| {
                term.strip_prefix("q=")
                    .and_then(|quality| quality.parse::<f32>().ok())
                    .is_some_and(|quality| quality <= 0.0)
            })
    })
}

/// Whether the name holds a content hash as the build writes it: `name-0123456789abcdef.js`, `…_bg.wasm`.
fn is_hashed(path: &Path) -> bool {
    let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (hash.len() == 15 || hash.len() == 16) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn mime_type(path: &Path) -> &'static str {
    match path.extension().and_then(OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Method;

    fn site() -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("dist");
        fs::create_dir(&root).expect("a folder");
        for (name, body) in [
            ("index.html", "<!doctype html>"),
            ("boxdeck-0123456789abcdef_bg.wasm", "plain"),
            ("boxdeck-0123456789abcdef_bg.wasm.br", "brotli"),
            ("../secret.txt", "secret"),
        ] {
            fs::write(root.join(name), body).expect("a file");
        }
        let site = Site::new(root);
        (folder, site)
    }

    fn get(site: &Site, path: &str) -> Response {
        site.respond(&Request::new(Method::Get, path).header("accept-encoding", "gzip;q=1.0, br"))
    }

    #[test]
    fn files_come_compressed_typed_and_cached_for_good_when_their_name_is_hashed() {
        let (_folder, site) = site();
        let wasm = get(&site, "/boxdeck-0123456789abcdef_bg.wasm");
        assert_eq!(wasm.body, b"brotli");
        assert_eq!(wasm.header_value("content-type"), Some("application/wasm"));
        assert_eq!(wasm.header_value("content-encoding"), Some("br"));
        assert_eq!(wasm.header_value("cache-control"), Some("public, max-age=31536000, immutable"));
        let index = get(&site, "/");
        assert_eq!(index.header_value("cache-control"), Some("no-cache"));
        assert_eq!(index.header_value("content-security-policy"), Some(POLICY));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let (_folder, site) = site();
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "//etc/passwd",
            "/a/../../secret.txt",
        ] {
            let response = get(&site, path);
            assert_eq!(response.status, 404, "{path}");
            assert_eq!(response.header_value("x-content-type-options"), Some("nosniff"));
        }
    }

    #[test]
    fn a_coding_of_quality_zero_is_not_sent() {
        assert!(accepts("gzip, br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }
}
