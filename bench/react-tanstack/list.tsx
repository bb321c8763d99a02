/** The page: its head and the table. */

import { type SortingState, functionalUpdate, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Column, columns, isAtEnd, selectWidth, totalWidth, usualSort } from '../common/columns.ts';
import type { Settings } from '../common/settings.ts';
import { Source } from '../common/source.ts';
import { features, tableColumns } from './cells.tsx';

/** Rows above and below the visible ones. */
const overscan = 8;

const atEnd = new Map(columns.map((column: Column) => [column.id as string, isAtEnd(column)]));
const place = (id: string): string => (atEnd.get(id) === true ? 'end' : '');

/** The list of volumes. */
export function List({ settings }: { settings: Settings }) {
  const [version, setVersion] = useState(0);
  const [sorting, setSorting] = useState<SortingState>([]);
  const source = useMemo(() => new Source(settings, () => setVersion((version) => version + 1)), [settings]);
  const scroller = useRef<HTMLDivElement>(null);
  // The source says by `version` that it holds other records.
  const data = useMemo(() => source.loaded(), [source, version]);
  const table = useTable({
    features,
    columns: tableColumns,
    data,
    getRowId: (volume) => `${volume.id}`,
    manualSorting: true,
    state: { sorting },
    onSortingChange: (updater) => {
      const next = functionalUpdate(updater, sorting);
      const first = next[0];
      setSorting(next);
      void source.sortBy(first === undefined ? usualSort : `${first.desc ? '-' : ''}${first.id}`);
    },
  });
  const rows = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => settings.row,
    overscan,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => void source.go(1), [source]);
  useEffect(() => source.need(first, last), [source, first, last]);
  const beginning = `${source.page} ${source.sort}`;
  useLayoutEffect(() => virtualizer.scrollToOffset(0), [virtualizer, beginning]);

  return (
    <>
      <header>
        <h1>Volumes</h1>
        <span>{`${source.total} volumes, page ${source.page}`}</span>
        <button id="next" onClick={() => void source.go(source.page + 1)}>
          Next page
        </button>
      </header>
      <div ref={scroller} className="frame" style={{ width: settings.width, height: settings.height }}>
        <div className="head" style={{ width: totalWidth }}>
          <div className="select" style={{ width: selectWidth }} />
          {table.getFlatHeaders().map((header) => (
            <div
              key={header.id}
              className={place(header.id)}
              data-column={header.id}
              style={{ width: header.getSize() }}
            >
              <button onClick={header.column.getToggleSortingHandler()}>
                <table.FlexRender header={header} />
              </button>
            </div>
          ))}
        </div>
        <div className="rows" style={{ width: totalWidth, height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={row.id}
                  className="row"
                  data-index={item.index}
                  style={{
                    width: totalWidth,
                    height: item.size,
                    transform: `translateY(${item.start}px)`,
                  }}
                >
                  <div className="select" style={{ width: selectWidth }}>
                    <input
                      type="checkbox"
                      aria-label={`Select ${row.original.name}`}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </div>
                  {row.getAllCells().map((cell) => (
                    <div key={cell.id} className={place(cell.column.id)} style={{ width: cell.column.getSize() }}>
                      <table.FlexRender cell={cell} />
                    </div>
                  ))}
                </div>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}
