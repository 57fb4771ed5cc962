/** The device itself: who it is, its battery, its clock, its log, its state. */
import { chargeText } from '../battery.ts';
import { securityPatch } from '../security-patch.ts';
import { EINVAL, EIO, failed, good, lineCount, type Commands, type Run } from './output.ts';

const deviceInfo: Run = (terminal, _, atMs) => {
  const lines = [
    `serial: ${terminal.settings.value('sys/sn')}`,
    `model: ${terminal.settings.value('sys/model')}`,
    `hardware: ${terminal.hardware} ${terminal.model.revision}`,
    `firmware: ${terminal.firmwareVersion()}`,
  ];
  if (terminal.model.parts.has('apps')) lines.push(`security patch: ${securityPatch(terminal)}`);
  return good([...lines, `uptime: ${Math.floor(terminal.uptimeSeconds(atMs))} s`]);
};

const deviceState: Run = (terminal) => {
  const { activated, parameters, mainKey, signedIn, tampered } = terminal.standing();
  return good([
    `Activation: ${activated ? 'done' : 'none'}`,
    `Parameters: ${parameters ? 'downloaded' : 'none'}`,
    `Main key: ${mainKey}`,
    `Sign-in: ${signedIn ? 'done' : 'none'}`,
    `Tamper: ${tampered ? 'triggered (case switch)' : 'none'}`,
    `Managed by: ${terminal.management.manager ?? '-'}`,
  ]);
};

const batteryStatus: Run = (terminal) => {
  const battery = terminal.battery();
  if (battery === null) return failed(['gauge: no answer'], EIO);
  return good([
    `Level: ${battery.levelPercent} %`,
    `Voltage: ${battery.millivolts} mV`,
    `Temperature: ${battery.celsius.toFixed(1)} C`,
    `State: ${chargeText(battery)}`,
    `Health: ${battery.health}`,
    `Cycles: ${battery.cycles}`,
  ]);
};

/** `log show N`, the last N lines: more than a reply holds is answered rc 7, as on real devices. */
const logShow: Run = (terminal, args) => {
  const wanted = lineCount(args, '5');
  if (wanted === null) return failed(['Usage: log show [1..200]'], EINVAL);
  return good(terminal.history.last(wanted));
};

export const deviceCommands: Commands = {
  'kernel version': () => good(['Zephyr version 3.7.0']),
  'kernel uptime': (terminal, _, atMs) =>
    good([`Uptime: ${Math.floor(terminal.uptimeSeconds(atMs) * 1000)} ms`]),
  'device info': deviceInfo,
  'device state': deviceState,
  'battery status': batteryStatus,
  clock: ({ clock }) =>
    good([`${clock.local()}${clock.offset} (source: ${clock.source})`, `Zone: ${clock.zone}`]),
  'log show': logShow,
};
