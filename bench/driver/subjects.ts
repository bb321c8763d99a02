/** What is measured: the console and the pages that do the same job by other means. */

import { columns } from '../common/columns.ts';

/** How big a list is on the screen, taken from the console and given to the pages. */
export interface Geometry {
  /** Width of the scrolled part, in CSS pixels. */
  readonly width: number;
  /** Height of the scrolled part with its header, in CSS pixels. */
  readonly height: number;
  /** Height of a row, in CSS pixels. */
  readonly row: number;
}

/** What a list is asked for. */
export interface Wanted {
  readonly mode: 'page' | 'endless';
  /** Records per request. */
  readonly size: number;
  readonly geometry: Geometry;
}

/** Where things are in the document of a subject, as CSS selectors. */
export interface Places {
  /** A row; `#` stands for its number. */
  readonly row: string;
  /** Any row. */
  readonly anyRow: string;
  /** What is scrolled. */
  readonly scroller: string;
  /** The button or link to the next page. */
  readonly next: string;
  /** What a person clicks to sort by size. */
  readonly sortBySize: string;
}

/** One way to show a list. */
export interface Subject {
  readonly id: 'console' | 'dom' | 'react-tanstack' | 'ag-grid';
  readonly label: string;
  /** Its address below the origin for a list; without one, for a first visit. */
  address(wanted?: Wanted): string;
  readonly places: Places;
  /** Whether the rows of a later page are counted on from those before it. */
  readonly countsOn: boolean;
  /** Whether the strict policy has to be off for it to work. */
  readonly needsNoPolicy: boolean;
}

const names = columns.map((column) => column.id).join();

const consoleItself: Subject = {
  id: 'console',
  label: 'Boxdeck',
  address: (wanted) =>
    wanted === undefined ? '#/north/volumes' : `#/north/volumes?size=${wanted.size}&columns=${names}`,
  places: {
    row: 'tr[data-index="#"]',
    anyRow: 'tr[data-index]',
    scroller: '.table-scroll',
    next: '.pager [aria-label="Next page"]',
    sortBySize: 'thead .table-sort:has(:text-is("Size"))',
  },
  countsOn: false,
  needsNoPolicy: false,
};

function page(id: 'dom' | 'react-tanstack' | 'ag-grid', label: string, places: Places): Subject {
  return {
    id,
    label,
    address: (wanted) => {
      const { mode, size, geometry } = wanted ?? {
        mode: 'page',
        size: 50,
        geometry: { width: 1200, height: 600, row: 34 },
      };
      return `bench/${id}/#mode=${mode}&size=${size}&width=${geometry.width}&height=${geometry.height}&row=${geometry.row}`;
    },
    places,
    countsOn: id === 'ag-grid',
    needsNoPolicy: id === 'ag-grid',
  };
}

const ours: Places = {
  row: '.row[data-index="#"]',
  anyRow: '.row[data-index]',
  scroller: '.frame',
  next: '#next',
  sortBySize: '.head [data-column="size"] button',
};

/** All subjects. The console comes first: the others take the size of its list. */
export const subjects: readonly Subject[] = [
  consoleItself,
  page('dom', 'Hand-written DOM', ours),
  page('react-tanstack', 'React + TanStack', ours),
  page('ag-grid', 'AG Grid Community', {
    row: '.ag-row[row-index="#"]',
    anyRow: '.ag-row',
    scroller: '.ag-grid-viewport',
    next: '.ag-paging-button[data-ref="btNext"]',
    sortBySize: '.ag-header-cell[col-id="size"] .ag-header-cell-label',
  }),
];
