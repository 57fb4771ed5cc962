/**
 * Speed and allocation of small pieces of code, in one process and one run. Rounds of all cases
 * take turns and the best of each counts, so that a busy machine slows them alike.
 */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Case {
  readonly name: string;
  /** Bytes of payload that one run moves. */
  readonly bytes: number;
  run(): unknown;
}

export interface Measured {
  readonly megabytesPerSecond: number;
  /** Bytes allocated for each byte of payload. */
  readonly allocated: number;
}

const rounds = 9;
const roundMs = 25;
const batch = 256;

/** Keeps results alive until looked at, so that no run is optimised away. */
export let sink: unknown;

export function measure(cases: readonly Case[]): Map<string, Measured> {
  const best = new Map(cases.map(({ name }) => [name, 0]));
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      best.set(one.name, Math.max(best.get(one.name) ?? 0, bytesPerSecond(one)));
    }
  }
  return new Map(
    cases.map((one) => [
      one.name,
      { megabytesPerSecond: (best.get(one.name) ?? 0) / 1e6, allocated: allocatedPerByte(one) },
    ]),
  );
}

function bytesPerSecond(one: Case): number {
  const start = performance.now();
  let runs = 0;
  let elapsedMs = 0;
  while (elapsedMs < roundMs) {
    for (let i = 0; i < 50; i++) sink = one.run();
    runs += 50;
    elapsedMs = performance.now() - start;
  }
  return (runs * one.bytes * 1000) / elapsedMs;
}

/** The median of a few batches, each begun with an empty heap and too small to need a collection. */
function allocatedPerByte(one: Case): number {
  const nothing = medianGrowth(() => undefined);
  const grown = medianGrowth(() => one.run());
  return Math.max(0, grown - nothing) / (batch * one.bytes);
}

function medianGrowth(run: () => unknown): number {
  const collect = collector();
  const growths: number[] = [];
  for (let i = 0; i < 9; i++) {
    collect();
    const before = memoryBytes();
    for (let count = 0; count < batch; count++) sink = run();
    growths.push(memoryBytes() - before);
  }
  return growths.sort((a, b) => a - b)[4] ?? 0;
}

function memoryBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
