/** Runs once before all projects: makes the certificates that journeys upload. */

import { makeCertificates } from './certificates.ts';

export default function setUp(): void {
  makeCertificates();
}
