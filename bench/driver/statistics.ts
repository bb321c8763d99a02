/** Sums and middles. */

/** The middle of some numbers and how far they reach. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
}

/** The spread of numbers, of which there must be one. */
export function spread(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (place: number): number => {
    const value = sorted[place];
    if (value === undefined) {
      throw new Error('there is nothing to take the middle of');
    }
    return value;
  };
  const half = (sorted.length - 1) / 2;
  return {
    least: at(0),
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    greatest: at(sorted.length - 1),
  };
}

/** The sum of numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
