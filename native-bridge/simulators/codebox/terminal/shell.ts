/** The shell's commands. Output begins and ends with a new line, as Zephyr's dummy backend has it. */
import { chargeText } from './battery.ts';
import type { Terminal } from './terminal.ts';

export interface Output {
  readonly text: string;
  readonly ret: number;
  readonly busyMs: number;
}

type Lines = readonly string[];
type Run = (terminal: Terminal, args: readonly string[], atMs: number) => Output;

const EIO = -5;
const EINVAL = -22;
const ENOEXEC = -8;
const PROBE_MS = 300;
const DNS_MS = 25;

const commands: Readonly<Record<string, Run>> = {
  help: () => good(['Available commands:', ...Object.keys(commands).map((name) => `  ${name}`)]),
  'kernel version': () => good(['Zephyr version 3.7.0']),
  'kernel uptime': (terminal, _, atMs) =>
    good([`Uptime: ${Math.floor(terminal.uptimeSeconds(atMs) * 1000)} ms`]),
  'device info': deviceInfo,
  'wifi status': wifiStatus,
  'wifi connect': wifiConnect,
  'net iface': netInterface,
  'net dns': netDns,
  'net probe': netProbe,
  'cell status': cellStatus,
  'qr show': qrShow,
  'battery status': batteryStatus,
  'pay status': payStatus,
  clock: (terminal) => good([`${terminal.clock.local()}+08:00 (source: ${terminal.clock.source})`]),
  'log show': logShow,
};

export function runShell(terminal: Terminal, line: string, atMs: number): Output {
  const words = line.split(' ').filter((word) => word !== '');
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (run !== undefined) return run(terminal, words.slice(count), atMs);
  }
  const red = `\r\n\u001b[1;31m${words[0] ?? ''}: command not found\r\n\u001b[m`;
  return { text: red, ret: ENOEXEC, busyMs: 0 };
}

function good(lines: Lines, busyMs = 0): Output {
  return { text: ['', ...lines, ''].join('\r\n'), ret: 0, busyMs };
}

function failed(lines: Lines, ret: number, busyMs = 0): Output {
  return { ...good(lines, busyMs), ret };
}

function deviceInfo(terminal: Terminal, _: readonly string[], atMs: number): Output {
  return good([
    `serial: ${terminal.settings.value('sys/sn')}`,
    `model: ${terminal.settings.value('sys/model')}`,
    `hardware: ${terminal.hardware} rev C`,
    `firmware: ${terminal.firmwareVersion()}`,
    `uptime: ${Math.floor(terminal.uptimeSeconds(atMs))} s`,
  ]);
}

function wifiStatus(terminal: Terminal): Output {
  const wifi = terminal.network.wifi();
  const first = [`State: ${wifi.state}`, `SSID: ${wifi.ssid}`];
  if (wifi.state !== 'COMPLETED') return good(first);
  return good([
    ...first,
    `BSSID: ${wifi.bssid}`,
    'Band: 2.4GHz',
    `Channel: ${wifi.channel}`,
    `Security: ${wifi.security}`,
    `RSSI: ${wifi.rssiDbm}`,
    `Portal: ${wifi.portal ?? 'none'}`,
  ]);
}

function wifiConnect(terminal: Terminal): Output {
  terminal.settings.commit();
  const { state, ssid } = terminal.network.wifi();
  if (state === 'COMPLETED') return good([`Joined ${ssid}`], PROBE_MS);
  return failed([`Not joined: ${state}`], EIO, PROBE_MS);
}

function netInterface(terminal: Terminal): Output {
  const { link, address, gateway, dns } = terminal.network.interface();
  return good([`Link: ${link}`, `IPv4: ${address}`, `Gateway: ${gateway}`, `DNS: ${dns}`]);
}

function netDns(terminal: Terminal, args: readonly string[]): Output {
  const name = args[0] ?? terminal.network.paymentHost();
  const { dns } = terminal.network.interface();
  const answer = terminal.network.resolve(name);
  const asked = [`Query: ${name}`, `Server: ${dns}`];
  if (answer === null) return failed([...asked, 'Answer: none'], EIO, PROBE_MS);
  return good([...asked, `Answer: ${answer}`, 'Time: 21 ms'], DNS_MS);
}

function netProbe(terminal: Terminal, args: readonly string[]): Output {
  const host = args[0] ?? terminal.network.paymentHost();
  const probe = terminal.network.probe(host);
  const lines = [`Host: ${host}`];
  if (probe.address !== null) lines.push(`Address: ${probe.address}`);
  if (!probe.reached) {
    lines.push(`Reached: no (${probe.reason ?? 'unknown'})`);
    if (probe.sent > 0) lines.push(`Sent: ${probe.sent}`, `Received: ${probe.received}`);
    return failed(lines, EIO, PROBE_MS);
  }
  const loss = Math.round((100 * (probe.sent - probe.received)) / probe.sent);
  lines.push(
    'Reached: yes',
    `Sent: ${probe.sent}`,
    `Received: ${probe.received}`,
    `Loss: ${loss} %`,
    `RTT: min ${probe.rtt.min} avg ${probe.rtt.avg} max ${probe.rtt.max} ms`,
    `Jitter: ${probe.jitterMs} ms`,
    `Large: ${probe.largePassed}/3`,
  );
  return good(lines, PROBE_MS);
}

function cellStatus(terminal: Terminal): Output {
  const cell = terminal.network.cell();
  if (!cell.registered) return good(['SIM: ready', 'Registration: searching']);
  return good([
    'SIM: ready',
    'Registration: home',
    `Operator: ${cell.operator}`,
    `RSRP: ${cell.rsrpDbm}`,
    `SINR: ${cell.sinrDb}`,
    `IPv4: ${cell.address}`,
  ]);
}

function qrShow(terminal: Terminal, _: readonly string[], atMs: number): Output {
  const code = terminal.code(atMs);
  const lines = [
    `Mode: ${terminal.settings.active('qr/mode')}`,
    `Presented: ${terminal.settings.active('qr/presented')}`,
    `Payload: ${code.payload}`,
  ];
  if (code.expiresInSeconds !== null) lines.push(`Expires: ${code.expiresInSeconds} s`);
  return good(lines);
}

function batteryStatus(terminal: Terminal): Output {
  const battery = terminal.battery();
  if (battery === null) return failed(['gauge: no answer'], EIO);
  return good([
    `Level: ${battery.levelPercent} %`,
    `Voltage: ${battery.millivolts} mV`,
    `Temperature: ${battery.celsius.toFixed(1)} C`,
    `State: ${chargeText(battery)}`,
    `Health: ${battery.health}`,
  ]);
}

function payStatus(terminal: Terminal): Output {
  const { orders, unsettled, unsent, reversals } = terminal.ledger();
  return good([
    `Orders: ${orders}`,
    `Unsettled: ${unsettled}`,
    `Unsent: ${unsent}`,
    `Reversals: ${reversals}`,
  ]);
}

/** `log show N`, the last N lines: more than a reply holds is answered rc 7, as on real devices. */
function logShow(terminal: Terminal, args: readonly string[]): Output {
  const wanted = Number(args[0] ?? '5');
  const allowed = Number.isInteger(wanted) && wanted >= 1 && wanted <= 200;
  if (!allowed) return failed(['Usage: log show [1..200]'], EINVAL);
  return good(terminal.history.last(wanted));
}
