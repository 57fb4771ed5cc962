/** The terminal's clock: local time in China, set from the network at the start. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

export class Clock {
  #offsetMs = 0;
  source: 'network' | 'manual' = 'network';

  /** Local time without zone, `2026-03-11T09:14:02`. */
  local(): string {
    return new Date(Date.now() + this.#offsetMs + CHINA_OFFSET_MS).toISOString().slice(0, 19);
  }

  /** False for what is no time. Fractions of a second are taken and dropped. */
  set(local: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(local)) return false;
    const asUtcMs = Date.parse(`${local.slice(0, 19)}Z`);
    if (Number.isNaN(asUtcMs)) return false;
    this.#offsetMs = asUtcMs - CHINA_OFFSET_MS - Date.now();
    this.source = 'manual';
    return true;
  }
}
