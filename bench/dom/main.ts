/** The list in hand-written DOM code. */

import '../common/page.css';
import { nextSort } from '../common/columns.ts';
import { settings } from '../common/settings.ts';
import { afterSignIn } from '../common/sign-in.ts';
import { Source } from '../common/source.ts';
import { Grid } from './grid.ts';

afterSignIn((place) => {
  const wanted = settings();
  const head = document.createElement('header');
  const title = document.createElement('h1');
  title.textContent = 'Volumes';
  const state = document.createElement('span');
  const next = document.createElement('button');
  next.id = 'next';
  next.textContent = 'Next page';
  head.append(title, state, next);

  let shown = '';
  const source = new Source(wanted, () => {
    const now = `${source.page} ${source.sort}`;
    state.textContent = `${source.total} volumes, page ${source.page}`;
    grid.refresh(now !== shown);
    shown = now;
  });
  const grid = new Grid(wanted, source, (column) => void source.sortBy(nextSort(source.sort, column)));
  next.addEventListener('click', () => void source.go(source.page + 1));
  place.append(head, grid.element);
  void source.go(1);
});
