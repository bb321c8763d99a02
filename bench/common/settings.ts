/** What the driver asks of a page, in the part of the address after `#`. The console's own list says how big things are. */

/** How a page shows the records. */
export interface Settings {
  /** One page of the server at a time with a button to the next, or all records behind one scrollbar. */
  readonly mode: 'page' | 'endless';
  /** Records per request. */
  readonly size: number;
  /** Width of the scrolled part, in CSS pixels. */
  readonly width: number;
  /** Height of the scrolled part with its header, in CSS pixels. */
  readonly height: number;
  /** Height of a row, in CSS pixels. */
  readonly row: number;
}

/** Reads the settings of this page. */
export function settings(): Settings {
  const given = new URLSearchParams(location.hash.slice(1));
  const number = (name: string, usual: number): number => Number(given.get(name) ?? usual);
  return {
    mode: given.get('mode') === 'endless' ? 'endless' : 'page',
    size: number('size', 50),
    width: number('width', 1200),
    height: number('height', 600),
    row: number('row', 34),
  };
}
