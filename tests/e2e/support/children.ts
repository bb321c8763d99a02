/**
 * Programs that a fixture starts and stops: the simulator, Ironic. Every child is stopped by its own process id, and its
 * last lines of output are kept for the message when it does not start or dies early.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How many characters of a child's output are kept for messages. */
const keptOutput = 4_000;

/** A running program. */
export class Child {
  readonly #name: string;
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #output = '';
  #running = true;

  constructor(name: string, program: string, args: readonly string[]) {
    this.#name = name;
    this.#process = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.stdout?.on('data', (data: Buffer) => this.#keep(data));
    this.#process.stderr?.on('data', (data: Buffer) => this.#keep(data));
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#running = false;
        resolve();
      };
      this.#process.once('exit', end);
      this.#process.once('error', (error) => {
        this.#keep(Buffer.from(error.message));
        end();
      });
    });
  }

  /**
   * Waits until `ready` returns a value and returns it.
   *
   * @param ready asked every 50 ms with the output so far; `undefined` means not yet
   * @param seconds how long to wait at most
   */
  async until<T>(ready: (output: string) => Promise<T | undefined> | T | undefined, seconds: number): Promise<T> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const value = this.#running ? await ready(this.#output) : undefined;
      if (value !== undefined) {
        return value;
      }
      if (!this.#running) {
        throw new Error(`${this.#name} ended before it was ready:\n${this.#output}`);
      }
      if (Date.now() > deadline) {
        await this.stop();
        throw new Error(`${this.#name} was not ready after ${seconds} s:\n${this.#output}`);
      }
      await sleep(50);
    }
  }

  /** Closes the program's input, asks it to end, and ends it after `seconds` where it does not. */
  async stop(seconds = 10): Promise<void> {
    if (!this.#running) {
      return;
    }
    this.#process.stdin?.end();
    this.#process.kill('SIGTERM');
    const late = new AbortController();
    const ended = this.#ended.then(() => true);
    const waited = sleep(seconds * 1000, false, { signal: late.signal }).catch(() => false);
    if (!(await Promise.race([ended, waited]))) {
      this.#process.kill('SIGKILL');
      await this.#ended;
    }
    late.abort();
  }

  #keep(data: Buffer): void {
    this.#output = (this.#output + data.toString()).slice(-keptOutput);
  }
}
