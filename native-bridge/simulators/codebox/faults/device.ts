/** What is wrong with the parts of the terminal. */
import { setting, world } from './fault.ts';

const counter = ['counter'] as const;

export const deviceFaults = [
  world('battery-low', 'battery', 'the battery is at 12 %, on no charger'),
  world(
    'battery-empty-not-charging',
    'battery',
    'the battery is at 2 %, plugged in but not charging',
  ),
  world('battery-hot', 'battery', 'the battery is at 58 degrees'),
  world('battery-worn', 'battery', 'the battery is worn after 1,180 cycles'),
  world('tampered', 'tamper', 'the case was opened: the keys are erased'),
  setting('volume-muted', 'sound-device', { 'snd/volume': '0' }, 'the volume is 0'),
  world(
    'announcement-offline',
    'sound-device',
    'the announcement server refuses the terminal: it is bound to another merchant',
  ),
  world('scanner-dead', 'scanner', 'the scan engine does not answer', counter),
  world('scanner-slow', 'scanner', 'the scan engine takes eight times as long', counter),
  world('scanner-window-dirty', 'scanner', 'the scanner’s window is greasy', counter),
  world('scanner-illumination-dead', 'scanner', 'the scanner’s light is dead', counter),
  setting(
    'scanner-misses-inverted',
    'scanner',
    { 'scan/inverse': '0' },
    'light codes on dark ground are switched off',
    counter,
  ),
  world(
    'scanner-misses-damaged',
    'scanner',
    'the scan engine has firmware 1.02, which corrects no errors',
    counter,
  ),
  world(
    'scanner-limits-length',
    'scanner',
    'the scan engine is set to pass on no more than 18 characters',
    counter,
  ),
  world('printer-no-paper', 'printer', 'the printer has no paper', counter),
  world('printer-lid-open', 'printer', 'the printer’s lid is open', counter),
  world('printer-overheated', 'printer', 'the print head is at 71 degrees', counter),
] as const;
