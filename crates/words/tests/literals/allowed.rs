//! What looks like words and is read by no person.

/// Where the components are shown with samples, which are no words of the console.
pub(crate) const SAMPLES: &str = "src/gallery";

/// Texts that stay as they are in each language, or that no person reads: where (a file, a folder, or everywhere), and
/// which.
pub(crate) const ALLOWED: &[(&str, &[&str])] = &[
    // Headers of HTTP.
    (
        "crates/dialect/src/",
        &[
            "Accept",
            "Authorization",
            "Basic {}",
            "Bearer {token}",
            "Content-Type: application/json",
            "Content-Type:",
            "Expect:",
            "Content-Type",
        ],
    ),
    ("src/transport.rs", &["Content-Type"]),
    // The browser's own names, and that of a time zone.
    ("src/format/zone.rs", &["DateTimeFormat"]),
    ("src/protection/group/lines.rs", &["America/Los_Angeles"]),
    // Commands.
    ("crates/dialect/src/curl.rs", &["curl --fail-with-body", "curl --fail-with-body --globoff"]),
    // Units.
    ("src/operation/form/control.rs", &["GiB"]),
    // What a system writes, by which its answers are told apart.
    ("crates/dialect/src/infinibox/refusal.rs", &["Error on "]),
    (
        "crates/dialect/src/ironic/blame.rs",
        &[
            "Expected UUID for ",
            "Cannot patch /",
            " is a required property",
            "Additional properties are not allowed ('",
            "already exists",
            "boot index",
            "connector id",
            "with uuid ",
            "Node ",
            "could not be found",
        ],
    ),
    ("crates/dialect/src/ironic/refusal.rs", &[" is locked by "]),
    ("crates/dialect/src/ibm_backup/refusal.rs", &[" in body", " in query", " in header"]),
    ("crates/dialect/src/vss_block/job.rs", &["Completed"]),
    // The scheme of a header.
    ("crates/dialect/src/vss_block/session.rs", &["Session {token}"]),
    ("crates/dialect/src/hyperstore/session.rs", &["Compiled:"]),
    // The name that Keystone gives its first domain.
    ("crates/dialect/src/ironic/keystone.rs", &["Default"]),
    // The language of filters is the same in each language: a filter goes along in an address.
    (
        "crates/dialect/src/query/phrase.rs",
        &["not in", "is empty", "is not empty", "older than", "newer than"],
    ),
    ("src/collection/filter/wording.rs", &["{} older than 30d"]),
    ("src/collection/filter/values.rs", &["7d"]),
    // Units and algorithms have the names of their standards.
    (
        "crates/catalog/src/input/units.rs",
        &["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "Mbit/s", "Gbit/s", "Tbit/s"],
    ),
    ("src/operation/form/control.rs", &["Mbit/s"]),
    ("crates/certificate/src/key.rs", &["Ed25519", "Ed448"]),
    ("crates/certificate/src/pem_file.rs", &["Proc-Type: 4,ENCRYPTED"]),
    (
        "crates/certificate/src/signature.rs",
        &[
            "MD5 with RSA",
            "SHA-1 with RSA",
            "SHA-256 with RSA",
            "SHA-384 with RSA",
            "SHA-512 with RSA",
            "SHA-1 with DSA",
            "SHA-1 with ECDSA",
            "SHA-256 with ECDSA",
            "SHA-384 with ECDSA",
            "SHA-512 with ECDSA",
            "Ed25519",
            "Ed448",
        ],
    ),
    // Outcomes in an exported file, for programs.
    ("src/activity/entry.rs", &["approval required", "not done"]),
    // A language is called what its speakers call it.
    ("src/language.rs", &["English", "Deutsch"]),
    // Keys as the browser calls them, and how it calls a Mac.
    ("src/app/shortcut.rs", &["Escape"]),
    ("src/app/shell/tools.rs", &["Control+K Meta+K"]),
    ("src/app/shortcut/listen.rs", &["Mac OS"]),
    ("src/palette/", &["g {letter}"]),
    // Days of the week on the wire.
    (
        "src/protection/policy/phrase.rs",
        &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ),
    // Selectors and classes.
    (
        "src/app/shortcut/listen.rs",
        &["main .page-actions button, main .page-actions a", "main input, main textarea"],
    ),
    ("src/ui/button.rs", &["btn btn-primary", "btn btn-quiet", "btn btn-danger"]),
    ("src/ui/table/events.rs", &["td, th", ":is(th, td):hover"]),
    ("src/ui/table/grip.rs", &["table table-measure"]),
    (
        "src/ui/table/paint.rs",
        &["state tone-neutral", "state tone-info", "state tone-good", "state tone-warn", "state tone-bad"],
    ),
    ("src/ui/table/width.rs", &["var(--grow-{place}) var(--shrink-{place}) var(--width-{place})"]),
    ("src/value.rs", &["value-block mono"]),
    ("src/collection/refresh.rs", &[".filter-bar input:focus"]),
];
