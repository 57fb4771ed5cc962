/** Numbers over time: what this window saw of the readings that are followed. Bounded. */
import { SvelteMap } from 'svelte/reactivity';
import { followedNames } from '../../native-bridge/contract/follow.ts';
import type { Reading, ReadingName } from '../../native-bridge/contract/reading.ts';
import { clock } from './clock.svelte.ts';

export interface Point {
  /** By the window's clock; where it is shown, or stands beside an earlier visit's, the time of day. */
  readonly atMs: number;
  readonly value: number;
}

export interface Curve {
  readonly label: string;
  readonly points: readonly Point[];
}

/** Values below `below` are bad. */
export interface Shade {
  readonly below: number;
  readonly tone: 'warn' | 'fail';
}

/** Two hours of a value every five seconds; beyond that the older half is told by every second one. */
const most = 1_440;
const followed: ReadonlySet<ReadingName> = new Set(followedNames);

export class Trails {
  readonly #byName = new SvelteMap<ReadingName, readonly Point[]>();

  of(name: ReadingName): readonly Point[] {
    return this.#byName.get(name) ?? [];
  }

  add({ name, value, atUtc }: Pick<Reading, 'name' | 'value' | 'atUtc'>): void {
    if (!followed.has(name) || typeof value !== 'number') return;
    // In the order it came, also where the clock was set back meanwhile.
    const atMs = clock.at(atUtc);
    const points = this.of(name);
    const last = points.at(-1);
    if (last !== undefined && atMs <= last.atMs) return;
    this.#byName.set(name, [...thinned(points), { atMs, value }]);
  }
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length < most) return points;
  const half = most / 2;
  return points.filter((_, index) => index >= half || index % 2 === 0);
}
