/** A run as a page of Markdown. */

import { type Figure, figures, of } from './figures.ts';
import { frames, rowsPerFrame } from './jobs/scroll.ts';
import type { Run } from './main.ts';
import type { Spread } from './statistics.ts';
import { type Subject, subjects } from './subjects.ts';

/** What a first visit may take: kB on the wire, and requests. */
const most = { wire: 350, requests: 15 };
/** How many times as long as hand-written code the console may take. */
const slower = 1.3;

function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return value.toFixed(digits).replace(/^-(0(?:\.0)?)$/, '$1');
}

function shown({ least, median, greatest }: Spread): string {
  const middle = number(median);
  const range = `${number(least)}–${number(greatest)}`;
  return range === `${middle}–${middle}` ? middle : `${middle} (${range})`;
}

function ratio(run: Run, figure: Figure, other: Subject['id']): number {
  return of(figure, run.results.console).median / of(figure, run.results[other]).median;
}

function ratioShown(run: Run, figure: Figure, other: Subject['id']): string {
  const value = ratio(run, figure, other);
  return Number.isFinite(value) && value >= 0 ? value.toFixed(2) : '–';
}

function table(run: Run): string[] {
  const others = subjects.filter((subject) => subject.id !== 'console');
  const head = ['', ...subjects.map((subject) => subject.label), ...others.map((other) => `÷ ${other.label}`)];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = figures.map((figure) =>
    line([
      figure.unit === '' ? figure.label : `${figure.label}, ${figure.unit}`,
      ...subjects.map((subject) => shown(of(figure, run.results[subject.id]))),
      ...others.map((other) => ratioShown(run, figure, other.id)),
    ]),
  );
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows];
}

/** Each target, whether it is met, and what was measured. */
export function verdicts(run: Run): { readonly met: boolean; readonly text: string }[] {
  const find = (id: string): Figure => {
    const found = figures.find((figure) => figure.id === id);
    if (found === undefined) {
      throw new Error(`there is no figure ${id}`);
    }
    return found;
  };
  const limits = (['wire', 'requests'] as const).map((id) => {
    const figure = find(id);
    const { greatest } = of(figure, run.results.console);
    const unit = figure.unit === '' ? id : figure.unit;
    return { met: greatest <= most[id], text: `First visit within ${most[id]} ${unit}: ${number(greatest)}` };
  });
  const races = figures
    .filter((figure) => figure.isTarget)
    .flatMap((figure) =>
      subjects.slice(1).map((other) => {
        const value = ratio(run, figure, other.id);
        const limit = other.id === 'dom' ? slower : 1;
        const goal = other.id === 'dom' ? `within ${slower} of` : 'ahead of';
        return { met: value <= limit, text: `${figure.label}, ${goal} ${other.label}: ${value.toFixed(2)}` };
      }),
    );
  return [...limits, ...races];
}

function notes({ options, machine, geometry }: Run): string[] {
  const load = `${machine.load.toFixed(1)} before and ${(machine.loadAfter ?? machine.load).toFixed(1)} after`;
  return [
    `\`cargo xtask measure\` on ${machine.date}, commit ${options.commit}: ${options.rounds} rounds, ` +
      `${options.records.toLocaleString('en')} volumes, ${machine.browser} without a window, ` +
      `${machine.cores} cores (${machine.processor}), load average ${load}. Medians, with the least and the greatest.`,
    '',
    `All four show twelve columns in a list of ${geometry.width} × ${geometry.height} pixels, sign in to the same ` +
      'simulated box and ask it for the same pages, in turns. Boxdeck is the real list page with all that is around it; ' +
      'the others are bare pages that draw the same cells. Times run from the click to the paint of the new rows, less ' +
      `what the answer took. The scroll passes ${rowsPerFrame} rows in each of ${frames} frames; Boxdeck pages on after ` +
      'each 1,000 rows, the others read on. AG Grid writes styles into the page, so for it alone the policy is off.',
  ];
}

/** The run as Markdown. */
export function report(run: Run): string {
  const targets = verdicts(run).map(({ met, text }) => `- ${met ? 'met' : 'missed'}: ${text}`);
  return [...notes(run), '', ...table(run), '', ...targets, ''].join('\n');
}
