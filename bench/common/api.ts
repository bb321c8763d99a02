/** The simulated InfiniBox, as far as a list of volumes needs it. */

const root = '/boxes/north/api/rest/';

/** A volume, with the fields that the columns need. */
export interface Volume {
  readonly id: number;
  readonly name: string;
  readonly pool_id: number;
  readonly pool_name: string;
  readonly type: string;
  readonly size: number;
  readonly provtype: string;
  readonly used: number | null;
  readonly allocated: number | null;
  /** Milliseconds since 1970. */
  readonly created_at: number;
  readonly mapped: boolean;
  readonly write_protected: boolean;
  readonly serial: string | null;
}

const shown: readonly (keyof Volume)[] = [
  'name',
  'id',
  'pool_id',
  'pool_name',
  'type',
  'size',
  'provtype',
  'used',
  'allocated',
  'created_at',
  'mapped',
  'write_protected',
  'serial',
];

/** What else the console asks of the box with these columns: what decides which operations a volume is offered. */
const asked = ['has_children', 'lock_state', 'rmr_target', 'cg_id', 'snapshot_policy_id', 'rmr_source'];

/** One page of the volumes. */
export interface Page {
  readonly records: readonly Volume[];
  /** How many there are in all. */
  readonly total: number;
}

/** Opens a session; the browser keeps its cookie. */
export async function signIn(username: string, password: string): Promise<void> {
  const answer = await fetch(`${root}users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!answer.ok) {
    throw new Error(`signing in: ${answer.status}`);
  }
}

/**
 * Reads a page.
 *
 * @param page counted from 1
 * @param size records per page
 * @param sort a field, with `-` in front for the greatest first
 */
export async function readPage(page: number, size: number, sort: string, signal?: AbortSignal): Promise<Page> {
  const query = new URLSearchParams({ sort, page: `${page}`, page_size: `${size}`, fields: [...shown, ...asked].join() });
  const answer = await fetch(`${root}volumes?${query}`, { cache: 'no-store', signal: signal ?? null });
  if (!answer.ok) {
    throw new Error(`reading volumes: ${answer.status}`);
  }
  const { result, metadata } = (await answer.json()) as {
    result: Volume[];
    metadata: { number_of_objects: number };
  };
  return { records: result, total: metadata.number_of_objects };
}
