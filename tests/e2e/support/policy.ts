/**
 * The headers under which the console must run. They are written out here, and not read from the program under test, so
 * that a policy that is weakened somewhere fails a test.
 */

/** The directives of the content security policy, in any order. */
export const policyDirectives: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
];

/** Headers that every static answer of the tests' own server carries. */
export const strictHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policyDirectives.join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The same headers with further origins that pages may ask, as a site sets them whose systems are on other origins. */
export function headersWith(origins: readonly string[]): Record<string, string> {
  const policy = policyDirectives.map((directive) =>
    directive.startsWith('connect-src ') ? [directive, ...origins].join(' ') : directive,
  );
  return { ...strictHeaders, 'Content-Security-Policy': policy.join('; ') };
}

/** Splits a policy header into its directives, so that two policies compare whatever their order and spacing. */
export function directives(header: string): string[] {
  return header
    .split(';')
    .map((directive) => directive.trim().replace(/\s+/g, ' '))
    .filter((directive) => directive !== '')
    .sort();
}
