/** Cells that are made once and then only get other values. */

import type { Volume } from '../common/api.ts';
import { type Column, exact, isAtEnd, share, target, text } from '../common/columns.ts';

/** A cell of a row that is used again and again. */
export interface Cell {
  readonly element: HTMLElement;
  /** Shows the value of another record. */
  show(volume: Volume): void;
}

function element(name: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** Makes the cell of a column. */
export function cell(column: Column): Cell {
  const box = element('div', isAtEnd(column) ? 'end' : '');
  box.style.width = `${column.width}px`;
  const shown = document.createTextNode('');
  const hint = (of: HTMLElement, volume: Volume): void => {
    of.title = exact(column, volume);
  };
  switch (column.look) {
    case 'name':
    case 'pool': {
      const link = document.createElement('a');
      link.append(shown);
      box.append(link);
      return {
        element: box,
        show(volume) {
          shown.data = text(column, volume);
          link.href = target(column.look, volume);
          hint(link, volume);
        },
      };
    }
    case 'time': {
      const time = document.createElement('time');
      time.append(shown);
      box.append(time);
      return {
        element: box,
        show(volume) {
          shown.data = text(column, volume);
          time.dateTime = new Date(volume.created_at).toISOString();
          hint(time, volume);
        },
      };
    }
    case 'share': {
      const around = element('div', 'share');
      const amount = element('span');
      const track = element('span', 'track');
      const used = element('div', 'used');
      amount.append(shown);
      track.append(used);
      track.role = 'meter';
      track.ariaLabel = column.label;
      track.ariaValueMin = '0';
      track.ariaValueMax = '100';
      around.append(amount, track);
      box.append(around);
      return {
        element: box,
        show(volume) {
          shown.data = text(column, volume);
          track.ariaValueNow = `${share(volume)}`;
          used.style.width = `${share(volume)}%`;
          hint(amount, volume);
        },
      };
    }
    default:
      box.append(shown);
      return {
        element: box,
        show(volume) {
          shown.data = text(column, volume);
          if (column.look === 'bytes' || column.look === 'code') {
            hint(box, volume);
          }
        },
      };
  }
}
