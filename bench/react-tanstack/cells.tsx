/** The columns as TanStack Table takes them, each with its own cell. */

import {
  columnSizingFeature,
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { Volume } from '../common/api.ts';
import { type Column, columns, exact, share, target, text } from '../common/columns.ts';

/** What of TanStack Table is in use: sorting as a state, done by the server, widths, and selected rows. */
export const features = tableFeatures({ rowSortingFeature, columnSizingFeature, rowSelectionFeature });

const helper = createColumnHelper<typeof features, Volume>();

function Cell({ column, volume }: { column: Column; volume: Volume }) {
  const shown = text(column, volume);
  switch (column.look) {
    case 'name':
    case 'pool':
      return (
        <a href={target(column.look, volume)} title={exact(column, volume)}>
          {shown}
        </a>
      );
    case 'time':
      return (
        <time dateTime={new Date(volume.created_at).toISOString()} title={exact(column, volume)}>
          {shown}
        </time>
      );
    case 'share':
      return (
        <div className="share">
          <span title={exact(column, volume)}>{shown}</span>
          <span
            className="track"
            role="meter"
            aria-label={column.label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={share(volume)}
          >
            <div className="used" style={{ width: `${share(volume)}%` }} />
          </span>
        </div>
      );
    case 'bytes':
    case 'code':
      return <span title={exact(column, volume)}>{shown}</span>;
    default:
      return shown;
  }
}

/** The columns. */
export const tableColumns = helper.columns(
  columns.map((column) =>
    helper.accessor((volume) => volume[column.id], {
      id: column.id,
      header: column.label,
      size: column.width,
      sortDescFirst: false,
      cell: ({ row }) => <Cell column={column} volume={row.original} />,
    }),
  ),
);
