/** The figures of a subject, taken from what it did. */

import type { FirstLoad } from './jobs/first-load.ts';
import { type Memory, fewRows, manyRows } from './jobs/pages.ts';
import type { Scroll } from './jobs/scroll.ts';
import type { Results } from './main.ts';
import { type Spread, spread, sum } from './statistics.ts';

/** Time from one frame to the next at 60 in a second, in milliseconds. */
const beat = 1000 / 60;

/** One line of the table. */
export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly unit: 'ms' | 'kB' | 'MB' | '%' | '';
  /** The values of a subject, one for each time that it did the job. */
  values(results: Results): number[];
  /** Whether the targets speak of it. */
  readonly isTarget: boolean;
}

const bytes = (memory: Memory): number => memory.script + memory.document + memory.buffers + memory.program;
const all = ({ fetched }: FirstLoad): number => sum(fetched.map((file) => file.bytes));
const files = ({ fetched }: FirstLoad): number => sum(fetched.map((file) => (file.isFile ? file.bytes : 0)));
const late = (time: number): number => Math.max(0, Math.round(time / beat) - 1);
const dropped = ({ frames }: Scroll): number => sum(frames.map(late));
const perFrame = ({ script, layout, frames }: Scroll): number => (script + layout) / frames.length;
const changes = (results: Results, kind: 'replaced' | 'sorted') => results.pages.flatMap((page) => page[kind]);

function figure(
  id: string,
  label: string,
  unit: Figure['unit'],
  values: Figure['values'],
  isTarget = false,
): Figure {
  return { id, label, unit, values, isTarget };
}

/** The lines of the table, in their order. */
export const figures: readonly Figure[] = [
  figure('wire', 'First visit: on the wire', 'kB', ({ near }) => near.map((load) => all(load) / 1000)),
  figure('files', '… of that, files', 'kB', ({ near }) => near.map((load) => files(load) / 1000)),
  figure('requests', '… requests', '', ({ near }) => near.map(({ fetched }) => fetched.length)),
  figure('first', '… to the first rows', 'ms', ({ near }) => near.map(({ form, rows }) => form + rows)),
  figure('far', '… at 10 Mbit/s and 40 ms', 'ms', ({ far }) => far.map(({ form, rows }) => form + rows)),
  ...(['replaced', 'sorted'] as const).flatMap((kind) => [
    figure(
      kind,
      kind === 'replaced' ? 'Replace 1,000 rows' : 'Sort',
      'ms',
      (results) => changes(results, kind).map(({ total, server }) => total - server),
      true,
    ),
    figure(`${kind}-work`, '… script and layout', 'ms', (results) =>
      changes(results, kind).map(({ script, layout }) => script + layout),
    ),
    figure(`${kind}-total`, '… with the answer', 'ms', (results) => changes(results, kind).map(({ total }) => total)),
  ]),
  figure('scroll-work', 'Scroll: script and layout of a frame', 'ms', ({ scrolls }) => scrolls.map(perFrame), true),
  figure('scroll-long', '… frames over 16.7 ms', '%', ({ scrolls }) =>
    scrolls.map(({ frames }) => (100 * frames.filter((time) => late(time) > 0).length) / frames.length),
  ),
  figure('scroll-dropped', '… frames dropped', '%', ({ scrolls }) =>
    scrolls.map((scroll) => (100 * dropped(scroll)) / (scroll.frames.length + dropped(scroll))),
  ),
  figure('scroll-empty', '… frames without rows', '%', ({ scrolls }) =>
    scrolls.map(({ frames, empty, waiting }) => (100 * (empty + waiting)) / (frames.length + waiting)),
  ),
  figure('memory', 'Memory with 1,000 rows', 'MB', ({ pages }) => pages.map(({ many }) => bytes(many) / 1e6)),
  figure(
    'memory-rows',
    'Memory for 1,000 rows more',
    'MB',
    ({ pages }) => pages.map(({ few, many }) => ((bytes(many) - bytes(few)) / 1e6 / (manyRows - fewRows)) * 1000),
    true,
  ),
  figure('memory-grown', '… grown after 8 more pages', 'MB', ({ pages }) =>
    pages.map(({ many, later }) => (bytes(later) - bytes(many)) / 1e6),
  ),
  figure('nodes', '… nodes of the document', '', ({ pages }) => pages.map(({ many }) => many.nodes)),
];

/** The spread of a figure. */
export function of(figure: Figure, results: Results): Spread {
  return spread(figure.values(results));
}
