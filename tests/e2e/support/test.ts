/**
 * The `test` for the console on the simulator. `page.goto('./')` opens the console; `simulator` counts what was sent and
 * is put back to its first state before every test.
 */

import { test as base } from './base.ts';
import { Simulator } from './simulator.ts';

interface TestFixtures {
  /** The worker's simulator, in its first state. */
  simulator: Simulator;
}

interface WorkerFixtures {
  /** How many volumes the InfiniBox holds; a file that sets it gets a simulator of its own. */
  volumes: number;
  /**
   * Further options of the simulator's command line. `--close-connections` is for answers that are lost: a browser sends a
   * request again by itself, a POST too, if a connection that it has used before ends without an answer.
   */
  simulatorOptions: readonly string[];
  workerSimulator: Simulator;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  volumes: [2_000, { option: true, scope: 'worker' }],
  simulatorOptions: [[], { option: true, scope: 'worker' }],
  workerSimulator: [
    async ({ volumes, simulatorOptions }, use) => {
      const simulator = await Simulator.start(volumes, simulatorOptions);
      await use(simulator);
      await simulator.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  simulator: [
    async ({ workerSimulator }, use) => {
      await workerSimulator.reset();
      await use(workerSimulator);
    },
    { auto: true },
  ],
  baseURL: async ({ workerSimulator }, use) => use(`${workerSimulator.origin}/`),
  origins: async ({ workerSimulator }, use) => use([workerSimulator.origin]),
});

export { expect } from './base.ts';
