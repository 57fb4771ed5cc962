/** What faults do to a terminal beside being on, and which of them are still true. */
import { faultByName, type FaultName } from '../faults.ts';
import type { Terminal } from './terminal.ts';

const SLOW_CLOCK_MS = 7 * 3_600_000;
const FLAT_CELL_UTC_MS = Date.UTC(2019, 0, 1);

/** What a fault does beside being on, and beside its settings. */
export const effects: Partial<Record<FaultName, (terminal: Terminal, on: boolean) => void>> = {
  'firmware-old': (terminal, on) => terminal.installOld(on),
  'battery-drop': (terminal, on) => {
    if (!on) terminal.drained = false;
  },
  'other-device-after-swap': ({ settings }, on) => {
    if (!on) settings.force('sys/sn', null);
  },
  'other-model-after-swap': ({ settings }, on) => {
    if (!on) settings.force('sys/model', null);
  },
  'clock-off': ({ clock }, on) => {
    if (on) clock.loseTime(Date.now() - SLOW_CLOCK_MS);
    else clock.synchronise();
  },
  'clock-reset': ({ clock }, on) => {
    if (on) clock.loseTime(FLAT_CELL_UTC_MS);
    else clock.synchronise();
  },
};

/** Those that settings, firmware or the clock have cleared are not. */
export function activeFaults(terminal: Terminal): string[] {
  return terminal.faults.names().filter((name) => {
    const fault = faultByName(name);
    if (name === 'firmware-old') return terminal.firmwareOld;
    if (name === 'old-security-patch') return terminal.lacksPatches;
    const wrong = Object.entries(fault?.settings ?? {});
    if (fault?.check === 'clock' && wrong.length === 0) return !terminal.clock.right;
    const { settings } = terminal;
    return wrong.length === 0 || wrong.some(([key, value]) => settings.active(key) === value);
  });
}
