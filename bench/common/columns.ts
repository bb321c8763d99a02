/** The twelve columns that every page shows, and the texts in them: the same as in the console. */

import type { Volume } from './api.ts';

/** How the values of a column look. */
export type Look = 'name' | 'number' | 'pool' | 'text' | 'bytes' | 'share' | 'time' | 'flag' | 'code';

/** A column. */
export interface Column {
  readonly id: keyof Volume;
  readonly label: string;
  readonly look: Look;
  /** Width in CSS pixels. */
  readonly width: number;
}

/** What names the order in which every list begins. */
export const usualSort = 'name';

/** The columns in their order. */
export const columns: readonly Column[] = [
  { id: 'name', label: 'Name', look: 'name', width: 298 },
  { id: 'id', label: 'ID', look: 'number', width: 128 },
  { id: 'pool_id', label: 'Pool', look: 'pool', width: 192 },
  { id: 'type', label: 'Type', look: 'text', width: 152 },
  { id: 'size', label: 'Size', look: 'bytes', width: 128 },
  { id: 'provtype', label: 'Provisioning', look: 'text', width: 152 },
  { id: 'used', label: 'Used', look: 'share', width: 128 },
  { id: 'allocated', label: 'Allocated', look: 'bytes', width: 128 },
  { id: 'created_at', label: 'Created', look: 'time', width: 152 },
  { id: 'mapped', label: 'Mapped', look: 'flag', width: 136 },
  { id: 'write_protected', label: 'Write-protected', look: 'flag', width: 136 },
  { id: 'serial', label: 'Serial number', look: 'code', width: 192 },
];

/** Width of the column of boxes that select rows, in CSS pixels. */
export const selectWidth = 36;

/** Width of all columns together, in CSS pixels. */
export const totalWidth = columns.reduce((sum, column) => sum + column.width, selectWidth);

/** Whether the values of a column stand at its end, so that digits stand below each other. */
export function isAtEnd({ look }: Column): boolean {
  return look === 'number' || look === 'bytes' || look === 'share';
}

const labels: Readonly<Record<string, string>> = {
  MASTER: 'Master',
  SNAPSHOT: 'Snapshot',
  THIN: 'Thin',
  THICK: 'Thick',
};
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en');
const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function bytes(value: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(value, 1)) / 10)));
  return `${digits.format(value / 1024 ** step)}\u00a0${units[step]}`;
}

/** The text of a cell. */
export function text({ id, look }: Column, volume: Volume): string {
  const value = volume[id];
  if (value === null) {
    return '—';
  }
  switch (look) {
    case 'pool':
      return volume.pool_name;
    case 'bytes':
    case 'share':
      return bytes(Number(value));
    case 'time':
      return day.format(Number(value));
    case 'flag':
      return value === true ? 'Yes' : 'No';
    case 'text':
      return labels[String(value)] ?? String(value);
    case 'name':
    case 'number':
    case 'code':
      return String(value);
  }
}

/** The exact value behind the text, shown on hover; empty where the text is exact. */
export function exact({ id, look }: Column, volume: Volume): string {
  const value = volume[id];
  if (value === null) {
    return '';
  }
  switch (look) {
    case 'bytes':
    case 'share':
      return `${whole.format(Number(value))} bytes`;
    case 'time':
      return moment.format(Number(value));
    case 'name':
    case 'code':
      return String(value);
    default:
      return '';
  }
}

/** Where a cell leads. */
export function target(look: Look, volume: Volume): string {
  return look === 'name' ? `#/north/volumes/${volume.id}` : `#/north/pools/${volume.pool_id}`;
}

/** How much of its size a volume uses, in whole percent. */
export function share(volume: Volume): number {
  return Math.round((100 * (volume.used ?? 0)) / volume.size);
}

/** The sort after a click on a header: least first, greatest first, the usual one. */
export function nextSort(sort: string, column: string): string {
  return sort === column ? `-${column}` : sort === `-${column}` ? usualSort : column;
}
