/** The certificates for uploads are what their names say. */

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { certificate, certificateFiles as files, leafName } from '../support/certificates.ts';

test('the leaf is one certificate in every wrapping', () => {
  const leaf = certificate(files.leaf);
  expect(leaf.subject).toBe(`O=Boxdeck tests\nCN=${leafName}`);
  expect(leaf.subjectAltName).toBe(`DNS:${leafName}, DNS:north, IP Address:192.0.2.10`);
  expect(leaf.checkIssued(certificate(files.authority))).toBe(true);
  for (const same of [files.leafDer, files.leafWithKey, files.chain, files.textBefore, files.crlf]) {
    expect(certificate(same).fingerprint256, same).toBe(leaf.fingerprint256);
  }
});

test('expired and future certificates are out of their time', () => {
  expect(Date.parse(certificate(files.expired).validTo)).toBeLessThan(Date.now());
  expect(Date.parse(certificate(files.future).validFrom)).toBeGreaterThan(Date.now());
});

test('a name beyond ASCII survives', () => {
  expect(certificate(files.unicode).subject).toBe('CN=Größe 保管庫');
});

for (const name of ['request', 'truncated', 'junk', 'empty'] as const) {
  test(`${name} is no certificate`, () => {
    const content = readFileSync(files[name]);
    expect(() => new X509Certificate(content)).toThrow();
  });
}
