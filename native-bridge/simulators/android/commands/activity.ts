/** `am broadcast`, `am start`. */
import { selfTest } from '../device/scanner.ts';
import type { Device } from '../device/device.ts';
import type { PlainCommand, Printed } from '../shell/command.ts';

export const am: PlainCommand = ([verb = '', ...args], device) => {
  const after = (name: string): string => args[args.indexOf(name) + 1] ?? '';
  if (verb === 'broadcast') return broadcast(args.includes('-a') ? after('-a') : '', device);
  if (verb === 'start' || verb === 'start-activity') {
    return start(args.includes('-n') ? after('-n') : '', args.includes('-W'), device);
  }
  if (verb === 'force-stop') return {};
  if (verb === 'get-current-user') return { out: '0\n' };
  return { err: `Error: Unknown command: ${verb}\n`, code: 255 };
};

function broadcast(action: string, device: Device): Printed {
  const head = `Broadcasting: Intent { act=${action} flg=0x400000 }\n`;
  const ours = `${device.model.apps.scanner.name}.SELF_TEST`;
  const enabled = device.packages.get(device.model.apps.scanner.name)?.enabled !== 'disabled-user';
  if (action !== ours || !enabled) return { out: `${head}Broadcast completed: result=0\n` };
  const { result, text } = selfTest(device);
  return { out: `${head}Broadcast completed: result=${result}, data="${text}"\n` };
}

function start(component: string, waits: boolean, device: Device): Printed {
  const [name = '', activity = ''] = component.split('/');
  const head = `Starting: Intent { cmp=${name}/${activity} }\n`;
  const found = device.packages.get(name);
  if (found === undefined || found.enabled === 'disabled-user') {
    return {
      out: `${head}Error type 3\nError: Activity class {${name}/${name}${activity}} does not exist.\n`,
      code: device.model.firmware.sdk >= 28 ? 1 : 0,
    };
  }
  if (name === device.model.apps.scanner.name && /SelfTest/.test(activity)) selfTest(device);
  if (!waits) return { out: head };
  return {
    out: `${head}Status: ok\nActivity: ${name}/${activity}\nTotalTime: 312\nWaitTime: 318\nComplete\n`,
  };
}
