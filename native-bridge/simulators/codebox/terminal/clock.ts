/**
 * The terminal's clock, set from the network at the start, in the zone of its settings. One that is
 * set by hand keeps what it was given; one whose cell is flat goes on from wherever it began.
 */
import type { Settings } from './settings.ts';
import { offsetText, zoneOffsetMs } from './zones.ts';

type ClockSource = 'network' | 'manual' | 'rtc';

export class Clock {
  source: ClockSource = 'network';
  #offsetMs = 0;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What it takes the time to be. */
  utcMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** To the minute. */
  get right(): boolean {
    return Math.abs(this.#offsetMs) < 60_000;
  }

  get zone(): string {
    return this.#settings.active('sys/tz');
  }

  /** Of its zone, `+08:00`. */
  get offset(): string {
    return offsetText(this.zone);
  }

  /** Local time without zone, `2026-03-11T09:14:02`. */
  local(): string {
    return new Date(this.utcMs() + zoneOffsetMs(this.zone)).toISOString().slice(0, 19);
  }

  /** False for what is no time. Fractions of a second are taken and dropped. */
  set(local: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(local)) return false;
    const asUtcMs = Date.parse(`${local.slice(0, 19)}Z`);
    if (Number.isNaN(asUtcMs)) return false;
    this.#offsetMs = asUtcMs - zoneOffsetMs(this.zone) - Date.now();
    this.source = 'manual';
    return true;
  }

  /** It lost the network's time and goes on from here. */
  loseTime(utcMs: number): void {
    this.#offsetMs = utcMs - Date.now();
    this.source = 'rtc';
  }

  synchronise(): void {
    this.#offsetMs = 0;
    this.source = 'network';
  }
}
