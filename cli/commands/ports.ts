/** `ports`: what can be opened here, the doors of one terminal together. Nothing is opened. */
import type { Command } from 'commander';
import type { PortInfo, PortList } from '../../native-bridge/contract/port.ts';
import { adbOpeningWords, cleanText } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import { addExamples, type Register } from './register.ts';
import type { Shell } from '../shell.ts';

export function addPorts(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('ports')
    .description(words('cli_ports_about', {}))
    .option('--ignore <port>', words('cli_ports_ignore', {}))
    .option('--heed <port>', words('cli_ports_heed', {}))
    .action((options: PortsOptions) => run('ports', (shell) => ports(shell, options)));
  addExamples(command, words, [
    ['pos-bench ports', 'cli_example_ports'],
    ['pos-bench ports --ignore COM3', 'cli_example_ports_ignore'],
  ]);
}

interface PortsOptions {
  readonly ignore?: string;
  readonly heed?: string;
}

async function ports(shell: Shell, { ignore, heed }: PortsOptions) {
  const bridge = await shell.bridge();
  const { signal } = shell;
  if (ignore !== undefined) await bridge.request('ignorePort', { portUrl: ignore }, { signal });
  if (heed !== undefined) await bridge.request('heedPort', { key: heed }, { signal });
  const list = await bridge.request('listPorts', { all: true }, { signal });
  shell.print(portsView(list, shell));
  if (!list.ports.some(({ door }) => door === 'adb')) shell.print(await closedAdb(shell));
  return { exit: 0, result: list } as const;
}

/** What is plugged in with its ADB closed is no port; whether it may be opened is the profile's word. */
async function closedAdb(shell: Shell): Promise<string> {
  const { style, locale } = shell;
  const opening = (await openingOfChosen(shell)) ?? 'unknown';
  return style.dim(`${shell.words('adb_not_listed', {})} ${adbOpeningWords(opening, locale)}`);
}

/** Only of a profile that was named: to read them all would be half of the command's work. */
async function openingOfChosen(shell: Shell) {
  const chosen = shell.options.profile;
  if (chosen === null) return null;
  const bridge = await shell.bridge();
  const { profiles } = await bridge.request('listProfiles', {}, { signal: shell.signal });
  return profiles.find(({ name }) => name === chosen)?.adbOpening ?? null;
}

function portsView({ ports: found, listedBy }: PortList, shell: Shell): string {
  if (found.length === 0) return shell.words('cli_ports_none', {});
  const head = [
    shell.words('cli_head_port', {}),
    shell.words('cli_head_door', {}),
    shell.words('cli_head_device', {}),
    'USB',
    shell.words('cli_head_serial', {}),
    shell.words('cli_head_profile', {}),
  ];
  const rows = found.map((port, index) => {
    const door = [addressOf(port), doorOf(port, shell)];
    const before = found[index - 1];
    // Another door of the terminal above: said once.
    const isSame = port.deviceId !== null && before?.deviceId === port.deviceId;
    return isSame ? [...door, '〃', '〃', '〃', '〃'] : [...door, ...deviceOf(port, shell)];
  });
  const drawn = table(rows, { columns: shell.columns, head, dim: shell.style.dim });
  return listedBy === 'system' ? drawn : `${drawn}\n${shell.words('cli_ports_by_nodes', {})}`;
}

/** As it is typed. */
function addressOf(port: PortInfo): string {
  return cleanText(port.kind === 'usb' ? port.url : port.path, 80);
}

function doorOf({ door }: PortInfo, shell: Shell): string {
  if (door === null) return shell.words('cli_door_serial', {});
  return door === 'fastboot' ? door : door.toUpperCase();
}

function deviceOf(port: PortInfo, shell: Shell): readonly string[] {
  const names = [port.manufacturer, port.product].filter((name) => name !== null);
  const ignored = port.ignored ? ` (${shell.words('cli_ports_ignored', {})})` : '';
  return [
    `${cleanText(names.join(' ') || '–', 80)}${ignored}`,
    usbIds(port),
    cleanText(port.serialNumber ?? '–', 60),
    port.profiles.length === 0
      ? shell.style.dim(shell.words('cli_ports_unknown', {}))
      : port.profiles.join(', '),
  ];
}

function usbIds({ vendorId, productId }: PortInfo): string {
  return vendorId === null ? '–' : `${vendorId}:${productId ?? '????'}`;
}
