/**
 * Functions that run inside a page of any engine. Each stands alone: it is sent to the page as its own text, takes one
 * value that is JSON, and uses nothing from around it.
 */

/** What a person looks for: something of a role, by its name. */
export interface Target {
  readonly role: 'button' | 'field' | 'heading' | 'link' | 'option' | 'quote';
  /** The whole name. */
  readonly name?: string;
  /** How the name begins, where the rest is not known. */
  readonly starts?: string;
}

/**
 * The first visible element that fits, or null. An open dialog hides what is behind it, as it does for a person.
 *
 * The name is what a screen reader would say in the cases that the console has: labelled by an element, by an attribute,
 * by a label, or by the element's own text.
 */
export function find(target: Target): Element | null {
  const selectors = {
    button: 'button, [role=button]',
    field: 'input, textarea, select',
    heading: 'h1',
    link: 'a[href]',
    option: '[role=option]',
    quote: 'blockquote',
  };
  const words = (element: Element | null) => {
    const copy = element?.cloneNode(true) as Element | undefined;
    copy?.querySelectorAll('[aria-hidden=true]').forEach((silent) => silent.remove());
    return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const nameOf = (element: Element) => {
    const labels = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
    if (labels.length > 0) {
      return labels.map((id) => words(document.getElementById(id))).join(' ');
    }
    const given = element.getAttribute('aria-label');
    const own = (element as HTMLInputElement).labels?.[0];
    return given ?? (own ? words(own) : words(element));
  };
  const within = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const found = [...within.querySelectorAll(selectors[target.role])].find((element) => {
    const box = element.getBoundingClientRect();
    const name = nameOf(element);
    return (
      box.width > 0 &&
      box.height > 0 &&
      (target.name === undefined || name === target.name) &&
      (target.starts === undefined || name.startsWith(target.starts))
    );
  });
  return found ?? null;
}

/** Whether an element of that kind is there and can be used. */
export function isReady(element: Element | null): boolean {
  return element !== null && element.getAttribute('aria-disabled') !== 'true' && !(element as HTMLButtonElement).disabled;
}

/** The names of the rows that the page shows. */
export function rowNames(): string[] {
  return [...document.querySelectorAll('[role=grid] :is(th[scope=row], [role=rowheader])')].map((cell) => (cell.textContent ?? '').trim());
}

/** The page's address. */
export function address(): string {
  return location.href;
}

/** What the page says, for the message of a test that fails. */
export function shown(): string {
  return `${location.href}\n${document.body.innerText}`.slice(0, 2_000);
}

/** The text in a field. */
export function valueOf(element: Element | null): string {
  return (element as HTMLTextAreaElement | null)?.value ?? '';
}

/** The text in the field that has the focus. */
export function typed(): string {
  return (document.activeElement as HTMLTextAreaElement | null)?.value ?? '';
}

declare global {
  var hostingFaults: string[] | undefined;
}

/** Keeps from here on what goes wrong in the page: errors, rejections, violations of the policy, `console.error`. */
export function watchFaults(): void {
  if (globalThis.hostingFaults !== undefined) {
    return;
  }
  const faults: string[] = [];
  globalThis.hostingFaults = faults;
  addEventListener('error', (event) => faults.push(`uncaught: ${event.message}`));
  addEventListener('unhandledrejection', (event) => faults.push(`rejected: ${String(event.reason)}`));
  addEventListener('securitypolicyviolation', (event) => {
    faults.push(`policy violation: ${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`);
  });
  const { error } = console;
  console.error = (...parts: unknown[]) => {
    faults.push(`console: ${parts.map(String).join(' ')}`);
    error.apply(console, parts);
  };
}

/** What has been kept. */
export function keptFaults(): string[] {
  return globalThis.hostingFaults ?? ['nobody watched this page'];
}

/** Does what the policy forbids, so that a test sees that it is in force and that its violations are noticed. */
export function breakPolicy(): void {
  document.body.setAttribute('style', 'outline: 1px solid red');
}
