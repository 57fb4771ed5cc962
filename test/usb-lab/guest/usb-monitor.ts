/**
 * What crosses the bus, as the kernel's usbmon tells it (Documentation/usb/usbmon.rst): the
 * requests of the CDC-ACM class with which a host sets the line and its modem lines (USB PSTN
 * subclass 1.2, 6.3.10 and 6.3.12).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Trial } from './harness.ts';

export interface LineRequests {
  /** Each SET_CONTROL_LINE_STATE in order: `DTR+RTS`, `DTR`, `RTS`, `none`. */
  readonly states: string[];
  /** Each SET_LINE_CODING in order: `57600 8N1`. */
  readonly codings: string[];
}

const stateNames = ['none', 'DTR', 'RTS', 'DTR+RTS'];
const stopBits = ['1', '1.5', '2'];
const parities = ['N', 'O', 'E', 'M', 'S'];

export class UsbMonitor {
  readonly #child: ChildProcess;
  #seen: LineRequests = { states: [], codings: [] };

  constructor(trial: Trial) {
    this.#child = spawn('cat', ['/sys/kernel/debug/usb/usbmon/0u'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    trial.defer(() => this.#child.kill());
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    }
  }

  /** What was seen since the last time. */
  take(): LineRequests {
    const seen = this.#seen;
    this.#seen = { states: [], codings: [] };
    return seen;
  }

  get seen(): LineRequests {
    return this.#seen;
  }

  /** `S Co:1:002:0 s 21 22 0003 0000 0000 0` and `… s 21 20 0000 0000 0007 7 = 00c20100 000008`. */
  #take(line: string): void {
    const match = / S Co:\S+ s 21 (20|22) ([0-9a-f]{4}) \S+ \S+ \d+(?: = ([0-9a-f ]+))?/.exec(line);
    if (!match) return;
    const [, request, value = '', data = ''] = match;
    if (request === '22') this.#seen.states.push(stateNames[parseInt(value, 16)] ?? value);
    else this.#seen.codings.push(codingOf(Buffer.from(data.replaceAll(' ', ''), 'hex')));
  }
}

function codingOf(bytes: Buffer): string {
  const stop = stopBits[bytes[4] ?? 9] ?? '?';
  return `${bytes.readUInt32LE(0)} ${bytes[6] ?? '?'}${parities[bytes[5] ?? 9] ?? '?'}${stop}`;
}
