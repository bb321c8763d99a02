/** The columns as AG Grid takes them, each with its own cell. */

import type { ColDef, ICellRendererParams } from 'ag-grid-community';
import type { Volume } from '../common/api.ts';
import { type Column, columns, exact, isAtEnd, share, target, text } from '../common/columns.ts';

type Params = ICellRendererParams<Volume>;

function draw(column: Column, volume: Volume): HTMLElement {
  switch (column.look) {
    case 'name':
    case 'pool': {
      const link = document.createElement('a');
      link.href = target(column.look, volume);
      link.title = exact(column, volume);
      link.textContent = text(column, volume);
      return link;
    }
    case 'time': {
      const time = document.createElement('time');
      time.dateTime = new Date(volume.created_at).toISOString();
      time.title = exact(column, volume);
      time.textContent = text(column, volume);
      return time;
    }
    case 'share': {
      const around = document.createElement('div');
      const amount = document.createElement('span');
      const track = document.createElement('span');
      const used = document.createElement('div');
      around.className = 'share';
      amount.title = exact(column, volume);
      amount.textContent = text(column, volume);
      track.className = 'track';
      track.role = 'meter';
      track.ariaLabel = column.label;
      track.ariaValueMin = '0';
      track.ariaValueMax = '100';
      track.ariaValueNow = `${share(volume)}`;
      used.className = 'used';
      used.style.width = `${share(volume)}%`;
      track.append(used);
      around.append(amount, track);
      return around;
    }
    default: {
      const shown = document.createElement('span');
      shown.title = exact(column, volume);
      shown.textContent = text(column, volume);
      return shown;
    }
  }
}

/** Looks that are more than their text. */
const drawn = new Set(['name', 'pool', 'time', 'share', 'bytes', 'code']);

/** The columns. */
export const columnDefs: ColDef<Volume>[] = columns.map((column) => ({
  colId: column.id,
  field: column.id,
  headerName: column.label,
  width: column.width,
  sortable: true,
  // Rows that are still on their way have no record.
  ...(drawn.has(column.look)
    ? { cellRenderer: ({ data }: Params) => (data === undefined ? '' : draw(column, data)) }
    : { valueFormatter: ({ data }: { data: Volume | undefined }) => (data === undefined ? '' : text(column, data)) }),
  ...(isAtEnd(column) ? { cellClass: 'end', headerClass: 'ag-right-aligned-header' } : {}),
}));
