/** The list with AG Grid Community: its infinite row model, which pages and sorts by asking the server. */

import '../common/page.css';
import {
  CellStyleModule,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  PaginationModule,
  RowSelectionModule,
  createGrid,
} from 'ag-grid-community';
import { type Volume, readPage } from '../common/api.ts';
import { selectWidth, usualSort } from '../common/columns.ts';
import { settings } from '../common/settings.ts';
import { afterSignIn } from '../common/sign-in.ts';
import { columnDefs } from './cells.ts';

ModuleRegistry.registerModules([InfiniteRowModelModule, PaginationModule, RowSelectionModule, CellStyleModule]);

afterSignIn((place) => {
  const { mode, size, width, height, row } = settings();
  const title = document.createElement('h1');
  title.textContent = 'Volumes';
  const head = document.createElement('header');
  head.append(title);
  const frame = document.createElement('div');
  frame.style.width = `${width + 4}px`;
  // Its borders and its line of pages come on top of the rows.
  frame.style.height = `${height + (mode === 'page' ? 46 : 4)}px`;
  place.append(head, frame);

  const datasource: IDatasource = {
    async getRows({ startRow, sortModel, successCallback, failCallback }) {
      const first = sortModel[0];
      const sort = first === undefined ? usualSort : `${first.sort === 'desc' ? '-' : ''}${first.colId}`;
      try {
        const page = await readPage(startRow / size + 1, size, sort);
        successCallback([...page.records], page.total);
      } catch (fault) {
        failCallback();
        throw fault;
      }
    },
  };
  createGrid<Volume>(frame, {
    columnDefs,
    defaultColDef: { resizable: true },
    getRowId: ({ data }) => `${data.id}`,
    // Its box for all rows works with rows on this side only.
    rowSelection: { mode: 'multiRow', checkboxes: true, headerCheckbox: false },
    selectionColumnDef: { width: selectWidth, minWidth: selectWidth, resizable: false },
    rowModelType: 'infinite',
    datasource,
    cacheBlockSize: size,
    maxBlocksInCache: 10,
    rowHeight: row,
    headerHeight: row,
    pagination: mode === 'page',
    paginationPageSize: size,
    paginationPageSizeSelector: false,
  });
});
