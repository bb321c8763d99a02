/**
 * Certificates to upload, and files that are none, made with openssl once per run (about a second).
 *
 * What a test expects the console to show of a certificate is read from the same file by Node (`X509Certificate`), which
 * shares no code with the console.
 */

import { execFileSync } from 'node:child_process';
import { X509Certificate, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { output } from './places.ts';

/** Where the files are. */
const folder = resolve(output, 'certificates');

/** The name in the subject of `leaf`. */
export const leafName = 'north.boxdeck.test';

/** The files by what they are for. */
export const certificateFiles = {
  /** The certificate authority that signed the others. */
  authority: file('authority.pem'),
  /** A signing request for the key of `leaf`. */
  request: file('request.csr'),
  /** A signed certificate, PEM. */
  leaf: file('leaf.pem'),
  /** The same certificate, DER. */
  leafDer: file('leaf.der'),
  /** The private key of `leaf`. */
  leafKey: file('leaf.key'),
  /** Certificate and private key in one file. */
  leafWithKey: file('leaf-with-key.pem'),
  /** The same with the key in its older form, PKCS#1. */
  leafWithOldKey: file('leaf-with-old-key.pem'),
  /** `leaf` and a private key of another certificate. */
  leafWithOtherKey: file('leaf-with-other-key.pem'),
  /** `leaf` and its private key under a passphrase. */
  leafWithLockedKey: file('leaf-with-locked-key.pem'),
  /** Certificate and private key in PKCS#12. */
  pkcs12: file('leaf.p12'),
  /** The chain in PKCS#7. */
  pkcs7: file('chain.p7b'),
  /** The authority before the certificate. */
  chainTurned: file('chain-turned.pem'),
  /** `leaf` and a certificate that has nothing to do with it. */
  strangers: file('strangers.pem'),
  /** The certificate followed by its authority. */
  chain: file('chain.pem'),
  /** An elliptic-curve certificate with a name beyond ASCII, signed by itself. */
  unicode: file('unicode.pem'),
  /** `leaf` with openssl's description before the PEM block. */
  textBefore: file('text-before.pem'),
  /** `leaf` with Windows line ends. */
  crlf: file('crlf.pem'),
  /** `leaf` with a byte order mark. */
  marked: file('marked.pem'),
  /** Valid in 2020 only. */
  expired: file('expired.pem'),
  /** Valid from 2060 on. */
  future: file('future.pem'),
  /** The first half of `leaf`. */
  truncated: file('truncated.pem'),
  /** Random bytes. */
  junk: file('junk.der'),
  /** No bytes at all. */
  empty: file('empty.pem'),
} as const;

/** The certificate in a file, as Node reads it. */
export function certificate(path: string): X509Certificate {
  return new X509Certificate(readFileSync(path));
}

/** Has the authority sign a request, PEM; returns where the certificate is, PEM too. */
export function signRequest(request: string): string {
  writeFileSync(file('asked.csr'), request);
  openssl('ca', '-batch', '-config', file('openssl.cnf'), '-cert', certificateFiles.authority, '-keyfile', file('authority.key'),
    '-in', file('asked.csr'), '-out', file('answered.pem'), '-startdate', '20250101000000Z', '-enddate', '20491231235959Z', '-notext');
  return file('answered.pem');
}

/** Makes every file anew. */
export function makeCertificates(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = certificateFiles;
  const authorityKey = file('authority.key');
  // The bare configuration keeps the machine's own openssl defaults out of the result.
  writeFileSync(file('openssl.cnf'), configuration);
  const common = ['-config', file('openssl.cnf')];
  openssl('req', '-x509', ...common, '-newkey', 'rsa:2048', '-nodes', '-days', '30',
    '-keyout', authorityKey, '-out', files.authority, '-subj', '/O=Boxdeck tests/CN=Test authority', '-extensions', 'authority');
  openssl('req', '-new', ...common, '-newkey', 'rsa:2048', '-nodes', '-keyout', files.leafKey, '-out', files.request,
    '-subj', `/O=Boxdeck tests/CN=${leafName}`, '-addext', `subjectAltName=DNS:${leafName},DNS:north,IP:192.0.2.10`);
  const sign = (target: string, from: string, until: string) =>
    openssl('ca', '-batch', ...common, '-cert', files.authority, '-keyfile', authorityKey, '-in', files.request,
      '-out', target, '-startdate', from, '-enddate', until, '-notext');
  sign(files.leaf, '20250101000000Z', '20491231235959Z');
  sign(files.expired, '20200101000000Z', '20201231235959Z');
  sign(files.future, '20600101000000Z', '20601231235959Z');
  openssl('req', '-x509', ...common, '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-utf8',
    '-days', '30', '-keyout', file('unicode.key'), '-out', files.unicode, '-subj', '/CN=Größe 保管庫');
  openssl('x509', '-in', files.leaf, '-outform', 'der', '-out', files.leafDer);
  openssl('x509', '-in', files.leaf, '-text', '-out', files.textBefore);
  const leaf = readFileSync(files.leaf, 'utf8');
  const after = (target: string, more: string) => writeFileSync(target, leaf + readFileSync(more, 'utf8'));
  const passphrase = ['-passout', 'pass:boxdeck'];
  openssl('pkey', '-in', files.leafKey, '-traditional', '-out', file('old.key'));
  openssl('pkey', '-in', files.leafKey, '-aes256', ...passphrase, '-out', file('locked.key'));
  openssl('pkcs12', '-export', '-in', files.leaf, '-inkey', files.leafKey, ...passphrase, '-out', files.pkcs12);
  after(files.leafWithKey, files.leafKey);
  after(files.leafWithOldKey, file('old.key'));
  after(files.leafWithOtherKey, authorityKey);
  after(files.leafWithLockedKey, file('locked.key'));
  after(files.chain, files.authority);
  after(files.strangers, files.unicode);
  openssl('crl2pkcs7', '-nocrl', '-certfile', files.chain, '-out', files.pkcs7);
  writeFileSync(files.chainTurned, readFileSync(files.authority, 'utf8') + leaf);
  writeFileSync(files.marked, `\u{feff}${leaf}`);
  writeFileSync(files.crlf, leaf.replaceAll('\n', '\r\n'));
  writeFileSync(files.truncated, leaf.slice(0, leaf.length / 2));
  writeFileSync(files.junk, randomBytes(900));
  writeFileSync(files.empty, '');
}

const configuration = `
[req]
distinguished_name = name
prompt = no
[name]
[authority]
basicConstraints = critical,CA:TRUE
[ca]
default_ca = records
[records]
rand_serial = yes
database = ${file('issued.txt')}
new_certs_dir = ${folder}
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
organizationName = optional
commonName = supplied
`;

function openssl(...args: string[]): void {
  // openssl ca keeps its records in a text file that must exist.
  writeFileSync(file('issued.txt'), '');
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function file(name: string): string {
  return resolve(folder, name);
}
