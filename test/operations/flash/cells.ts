/** The fault matrix of a flash: when something happens, and what. */
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { asleepMs, imageBytes, swapFromMs, swapToMs, type Stage } from './stage.ts';

/** True at the moment; `afterMs`: so much later. */
export interface Moment {
  readonly name: string;
  readonly afterMs?: number;
  is(progress: FlashProgress): boolean;
}

const phase = (name: string, of: FlashProgress['phase'], afterMs = 0): Moment => ({
  name,
  afterMs,
  is: (progress) => progress.phase === of && (of !== 'confirm' || progress.waitingFor === null),
});

const sent = (percent: number): Moment => ({
  name: `transfer at ${percent} %`,
  is: ({ phase: now, sentBytes }) => {
    const bytes = sentBytes ?? -1;
    if (now !== 'upload') return false;
    if (percent === 0) return bytes === 0;
    return percent === 1 ? bytes > 0 : bytes >= Math.floor((imageBytes * percent) / 100) - 150;
  },
});

const inSwap = (name: string, share: number): Moment =>
  phase(`swap, ${name}`, 'restart', swapFromMs + (swapToMs - swapFromMs) * share);

/** `plan` is a request of its own: see matrix.ts. */
export const moments: readonly Moment[] = [
  { name: 'plan', is: () => true },
  phase('enter', 'pre-flight'),
  phase('backup', 'backup'),
  sent(0),
  sent(1),
  sent(50),
  sent(99),
  {
    name: 'transfer at 100 %',
    is: ({ phase: now, sentBytes }) => now === 'upload' && sentBytes === imageBytes,
  },
  phase('verify', 'verify'),
  phase('activate', 'activate'),
  phase('restart', 'restart'),
  inSwap('early', 0.02),
  inSwap('middle', 0.5),
  inSwap('late', 0.97),
  phase('re-identify', 'reidentify'),
  phase('confirm', 'confirm'),
  phase('restore', 'restore'),
];

export interface Mishap {
  readonly name: string;
  /** Lies of the device that are taken back afterwards. */
  readonly faults?: readonly string[];
  happen(stage: Stage): void;
}

/** Back after this, where it comes back by itself: within the patience of a flash. */
const backMs = 3_000;
const ignore = (): void => undefined;

function later(ms: number, run: () => void): void {
  setTimeout(run, ms);
}

function lie(name: string, fault: string): Mishap {
  return { name, faults: [fault], happen: ({ box }) => box.setFault(fault, true) };
}

export const mishaps: readonly Mishap[] = [
  { name: 'cable pulled', happen: ({ box }) => void box.pull() },
  {
    name: 'cable pulled and put back',
    happen: ({ box }) => {
      void box.pull();
      later(backMs, () => void box.plug());
    },
  },
  { name: 'device reset', happen: ({ box }) => box.reset() },
  { name: 'power lost', happen: ({ box }) => box.powerOff() },
  { name: 'power lost for a moment', happen: ({ box }) => box.cutPowerAfter(0, 1_500) },
  {
    name: 'power lost five flash operations later',
    happen: ({ box }) => box.cutPowerAfter(5, 1_500),
  },
  { name: 'program killed', happen: (stage) => stage.kill() },
  {
    name: 'port stolen',
    happen: ({ bench, url }) => bench.occupy(url, true),
  },
  {
    name: 'port stolen for a moment',
    happen: ({ bench, url }) => {
      bench.occupy(url, true);
      later(backMs, () => bench.occupy(url, false));
    },
  },
  { name: 'other device in its place', happen: (stage) => stage.exchange() },
  { name: 'other device in its place, unnoticed', happen: (stage) => stage.exchange(true) },
  { name: 'host asleep for an hour', happen: ({ bench }) => bench.time.sleep(asleepMs) },
  {
    name: 'reply lost',
    faults: ['reply-lost'],
    happen: ({ box }) => box.setFault('reply-lost', true),
  },
  {
    name: 'reply doubled',
    faults: ['reply-doubled'],
    happen: ({ box }) => box.setFault('reply-doubled', true),
  },
  lie('lies about the stored hash', 'wrong-stored-hash-reported'),
  lie('lies about the running hash', 'wrong-running-hash-reported'),
  lie('lies about its version', 'wrong-version-reported'),
  lie('lies ahead about the offset', 'upload-offset-ahead'),
  lie('lies back about the offset', 'upload-offset-behind'),
  lie('lies beyond about the offset', 'upload-offset-beyond'),
  lie('stores a wrong byte', 'stores-wrong-byte'),
  { name: 'nothing', happen: ignore },
];
