/** A table of rows of one height: as many row elements as fit, moved and filled again while one scrolls. */

import { columns, isAtEnd, selectWidth, totalWidth } from '../common/columns.ts';
import type { Settings } from '../common/settings.ts';
import type { Source } from '../common/source.ts';
import { type Cell, cell } from './cells.ts';

/** Rows above and below the visible ones. */
const overscan = 8;

interface Row {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly cells: readonly Cell[];
  /** The row that it stands for, or -1. */
  index: number;
  /** Whether it shows the record of that row. */
  filled: boolean;
}

/** The table. */
export class Grid {
  readonly element = document.createElement('div');
  readonly #settings: Settings;
  readonly #source: Source;
  readonly #body = document.createElement('div');
  readonly #pool: Row[];
  readonly #selected = new Set<number>();
  #frame = 0;

  constructor(settings: Settings, source: Source, onSort: (column: string) => void) {
    this.#settings = settings;
    this.#source = source;
    const { width, height, row } = settings;
    const head = document.createElement('div');
    head.className = 'head';
    head.style.width = `${totalWidth}px`;
    const corner = document.createElement('div');
    corner.className = 'select';
    corner.style.width = `${selectWidth}px`;
    head.append(corner);
    for (const column of columns) {
      const title = document.createElement('div');
      title.className = isAtEnd(column) ? 'end' : '';
      title.style.width = `${column.width}px`;
      const button = document.createElement('button');
      button.textContent = column.label;
      button.addEventListener('click', () => onSort(column.id));
      title.dataset['column'] = column.id;
      title.append(button);
      head.append(title);
    }
    this.#body.className = 'rows';
    this.#body.style.width = `${totalWidth}px`;
    const rows = Math.ceil(height / row) + 1 + 2 * overscan;
    this.#pool = Array.from({ length: rows }, () => this.#row());
    this.element.className = 'frame';
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
    this.element.append(head, this.#body);
    this.element.addEventListener('scroll', () => this.#soon(), { passive: true });
  }

  /** Shows what the source holds now. */
  refresh(toTop: boolean): void {
    for (const row of this.#pool) {
      row.filled = false;
    }
    this.#body.style.height = `${this.#source.count * this.#settings.row}px`;
    if (toTop) {
      this.element.scrollTop = 0;
    }
    this.#show();
  }

  #row(): Row {
    const element = document.createElement('div');
    element.className = 'row';
    element.style.width = `${totalWidth}px`;
    element.style.height = `${this.#settings.row}px`;
    element.hidden = true;
    const box = document.createElement('input');
    box.type = 'checkbox';
    const around = document.createElement('div');
    around.className = 'select';
    around.style.width = `${selectWidth}px`;
    around.append(box);
    const cells = columns.map(cell);
    element.append(around, ...cells.map((cell) => cell.element));
    this.#body.append(element);
    const row = { element, box, cells, index: -1, filled: false };
    box.addEventListener('change', () => this.#select(row));
    return row;
  }

  #select({ box, index }: Row): void {
    const volume = this.#source.get(index);
    if (volume !== undefined && !this.#selected.delete(volume.id)) {
      this.#selected.add(volume.id);
    }
    box.checked = volume !== undefined && this.#selected.has(volume.id);
  }

  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  #show(): void {
    const { row, height } = this.#settings;
    const first = Math.floor(this.element.scrollTop / row);
    const last = first + Math.ceil(height / row);
    const start = Math.max(0, first - overscan);
    // A row element always takes rows that are a whole pool apart, so that scrolling moves only those that left.
    for (let index = start; index < start + this.#pool.length; index += 1) {
      const shown = this.#pool[index % this.#pool.length];
      if (shown !== undefined) {
        this.#place(shown, index);
      }
    }
    this.#source.need(first, last);
  }

  #place(row: Row, index: number): void {
    if (row.index !== index) {
      row.index = index;
      row.filled = false;
      row.element.dataset['index'] = `${index}`;
      row.element.style.transform = `translateY(${index * this.#settings.row}px)`;
    }
    if (row.filled) {
      return;
    }
    const volume = this.#source.get(index);
    row.element.style.display = volume === undefined ? 'none' : '';
    row.element.hidden = false;
    if (volume !== undefined) {
      row.filled = true;
      row.box.checked = this.#selected.has(volume.id);
      row.box.ariaLabel = `Select ${volume.name}`;
      for (const cell of row.cells) {
        cell.show(volume);
      }
    }
  }
}
