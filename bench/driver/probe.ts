/**
 * What runs inside the pages. These functions are sent to the browser as text, so they use nothing from outside.
 *
 * A moment counts as painted when a message that was posted from an animation frame arrives: it comes after the style,
 * layout and paint of that frame.
 */

/** When something was shown, in milliseconds. */
export interface Shown {
  /** From the click to the paint that shows the rows. */
  readonly total: number;
  /** How much of that the answer with the rows took. */
  readonly server: number;
}

/** How a scroll went. */
export interface Scrolled {
  /** Time from frame to frame, in milliseconds. */
  readonly frames: readonly number[];
  /** Frames in which the middle of the list showed no row. */
  readonly empty: number;
  /** Frames in which nothing could be scrolled because the next page was awaited. */
  readonly waiting: number;
}

declare global {
  interface Window {
    boxdeckShown?: Promise<Shown>;
    boxdeckFormAt?: number;
    boxdeckMemories?: WebAssembly.Memory[];
  }
}

/** Runs before everything else in a page: notes when the sign-in form is painted, and the memory of a program. */
export function prepare(): void {
  const memories: WebAssembly.Memory[] = [];
  window.boxdeckMemories = memories;
  const keep = <T extends WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance>(made: T): T => {
    const { exports } = made instanceof WebAssembly.Instance ? made : made.instance;
    for (const value of Object.values(exports)) {
      if (value instanceof WebAssembly.Memory && !memories.includes(value)) {
        memories.push(value);
      }
    }
    return made;
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => keep(await instantiateStreaming(...given));
  WebAssembly.instantiate = (async (...given: Parameters<typeof instantiate>) =>
    keep(await instantiate(...given))) as typeof instantiate;

  const channel = new MessageChannel();
  const look = (): number => requestAnimationFrame(() => channel.port2.postMessage(0));
  channel.port1.onmessage = () => {
    if (document.querySelector('input[type=password]') === null) {
      look();
    } else {
      window.boxdeckFormAt = performance.now();
    }
  };
  look();
}

/** Starts the clock with the next click; it stops when these rows are painted. */
export function arm(rows: readonly { selector: string; texts: readonly string[] }[]): void {
  performance.clearResourceTimings();
  let start = 0;
  addEventListener('click', (event) => (start = event.timeStamp), { capture: true, once: true });
  const isShown = ({ selector, texts }: (typeof rows)[number]): boolean => {
    const shown = document.querySelector(selector)?.textContent ?? '';
    return texts.every((text) => shown.includes(text));
  };
  window.boxdeckShown = new Promise((resolve) => {
    const channel = new MessageChannel();
    const look = (): number => requestAnimationFrame(() => channel.port2.postMessage(0));
    channel.port1.onmessage = () => {
      if (start === 0 || !rows.every(isShown)) {
        look();
        return;
      }
      const end = performance.now();
      const answers = performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => /\/volumes\?/.test(entry.name));
      const answer = answers.at(-1);
      channel.port1.close();
      resolve({ total: end - start, server: answer === undefined ? 0 : answer.responseEnd - answer.startTime });
    };
    look();
  });
}

/** Scrolls by so many pixels in each frame; at the end of a page it takes the next one. */
export async function scroll(how: {
  scroller: string;
  anyRow: string;
  firstRow: string;
  next: string;
  pixels: number;
  frames: number;
}): Promise<Scrolled> {
  const scroller = document.querySelector(how.scroller);
  if (scroller === null) {
    throw new Error('there is nothing to scroll');
  }
  const { left, top, height } = scroller.getBoundingClientRect();
  const channel = new MessageChannel();
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame((time) => {
        channel.port1.onmessage = () => resolve(time);
        channel.port2.postMessage(0);
      });
    });
  const hasRow = (): boolean => {
    const row = document.elementFromPoint(left + 60, top + height / 2)?.closest(how.anyRow);
    return (row?.textContent ?? '').trim() !== '';
  };
  const frames: number[] = [];
  let empty = 0;
  let waiting = 0;
  let last = await painted();
  for (let frame = 0; frame < how.frames; frame += 1) {
    const before = scroller.scrollTop;
    scroller.scrollTop += how.pixels;
    if (scroller.scrollTop === before) {
      document.querySelector<HTMLElement>(how.next)?.click();
      // At the end of a page its first row is not in the document; that of the next one is, once it is there.
      while (document.querySelector(how.firstRow) === null) {
        last = await painted();
        waiting += 1;
        if (waiting > 3_000) {
          throw new Error('the next page does not come');
        }
      }
      scroller.scrollTop = 0;
    }
    const now = await painted();
    frames.push(now - last);
    last = now;
    empty += hasRow() ? 0 : 1;
  }
  channel.port1.close();
  return { frames, empty, waiting };
}

/** Bytes of the memories of WebAssembly programs. */
export function programMemory(): number {
  return (window.boxdeckMemories ?? []).reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}
