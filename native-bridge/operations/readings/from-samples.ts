/** What the samples of a window become: one number, as the profile says (`Sampling.as`). Pure. */
import type { Unit } from '../../contract/reading.ts';
import type { Sampling } from '../../terminals/profile-source.ts';

/** With fewer nothing can be said of a time. */
export const leastSamples = 2;

/** `samples` in the order they were taken, at least `leastSamples`. */
export function fromSamples(samples: readonly number[], as: Sampling['as'], unit: Unit): number {
  switch (as) {
    case 'worst':
      return unit === 'dBm' || unit === 'dB' ? Math.min(...samples) : Math.max(...samples);
    case 'mean':
      return sum(samples) / samples.length;
    case 'spread':
      return sum(steps(samples).map(Math.abs)) / (samples.length - 1);
    case 'increase':
      return sum(
        steps(samples).map((step, index) => (step < 0 ? sinceReset(samples[index + 1]) : step)),
      );
  }
}

/** A counter that is lower than it was began again at 0: what it shows has come since. */
function sinceReset(counted = 0): number {
  return Math.max(0, counted);
}

function steps(samples: readonly number[]): number[] {
  return samples.slice(1).map((sample, index) => sample - (samples[index] ?? sample));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
