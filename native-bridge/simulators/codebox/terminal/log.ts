/** The log: lines as Zephyr prints them on the console, and the last of them kept. */
const KEPT_LINES = 200;
/** A terminal that has been up for a while has a log already. */
const HISTORY_LINES = 60;
const HISTORY_STEP_SECONDS = 0.6;

export type Level = 'inf' | 'wrn' | 'err';

export class Log {
  readonly #lines: string[] = [];

  constructor() {
    for (let index = 0; index < HISTORY_LINES; index += 1) {
      this.line('inf', 'pay', 'heartbeat sent', index * HISTORY_STEP_SECONDS);
    }
  }

  /** Keeps a line; says how it goes out on the console. */
  line(level: Level, module: string, message: string, uptimeSeconds: number): string {
    const stamp = logStamp(uptimeSeconds);
    this.#lines.push(`[${stamp}] <${level}> ${module}: ${message}`);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    return `[${stamp}] \u001b[0m<${level}> ${module}: ${message}\u001b[0m\r\n`;
  }

  last(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }
}

/** `00:00:25.800,011`: hours, minutes, seconds, milliseconds, microseconds since the boot. */
function logStamp(uptimeSeconds: number): string {
  const micros = Math.floor(uptimeSeconds * 1e6);
  const two = (value: number): string => String(Math.floor(value) % 60).padStart(2, '0');
  const three = (value: number): string => String(Math.floor(value) % 1000).padStart(3, '0');
  const seconds = micros / 1e6;
  const hours = String(Math.floor(seconds / 3600)).padStart(2, '0');
  return `${hours}:${two(seconds / 60)}:${two(seconds)}.${three(micros / 1000)},${three(micros)}`;
}
