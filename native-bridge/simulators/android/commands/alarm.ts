/**
 * `cmd alarm`: the alarm service's own commands, there since Android 9 (AOSP,
 * AlarmManagerService.ShellCmd). What goes wrong in one is an exception that it prints, with -1.
 */
import type { PlainCommand } from '../shell/command.ts';
import { lines } from '../shell/command.ts';
import { notPermitted, writing } from './writing.ts';

const ALARM_SHELL_SDK = 28;
const UNKNOWN_ZONE = 'GMT';
const failed = 255;

const help = lines(
  'Alarm manager service (alarm) commands:',
  '  help',
  '    Print this help text.',
  '  set-time TIME',
  '    Set the system clock time to TIME where TIME is milliseconds',
  '    since the Epoch.',
  '  set-timezone TZ',
  '    Set the system timezone to TZ where TZ is an Olson id.',
);

export const alarm: PlainCommand = ([verb = '', value], device) => {
  // The service is there, and inherits a binder's answer to commands.
  if (device.model.firmware.sdk < ALARM_SHELL_SDK) {
    return { err: 'No shell command implementation.\n' };
  }
  if (verb === '' || verb === 'help' || verb === '-h') return { out: help };
  if (verb !== 'set-time' && verb !== 'set-timezone') {
    return { out: `Unknown command: ${verb}\n`, code: failed };
  }
  if (value === undefined) {
    const missing = `Argument expected after "${verb}"`;
    return { out: `java.lang.IllegalArgumentException: ${missing}\n`, code: failed };
  }
  if (verb === 'set-time') {
    device.clock.set(Number(value));
    return {};
  }
  return writing(device, {
    refused: { out: `${notPermitted('SET_TIME_ZONE')}\n` },
    taken: {},
    write: () => {
      device.zone = isZone(value) ? value : UNKNOWN_ZONE;
    },
  });
};

/** java.util.TimeZone makes GMT of an id that it does not know. */
function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
