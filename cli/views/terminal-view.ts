/** Who is at the other end. */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { checkIdSchema } from '../../native-bridge/contract/diagnosis.ts';
import { checkLabel, cleanText, formatTime } from '../../native-bridge/wording/index.ts';
import type { Shell } from '../shell.ts';
import { pairs, type Pair } from './pairs.ts';

export function terminalLine(terminal: Terminal, shell: Shell): string {
  const { model, serialNumber, firmwareVersion } = terminal.identity;
  const serial = serialNumber === null ? shell.words('cli_assumed', {}) : `SN ${serialNumber}`;
  const parts = [model, serial, firmwareVersion, terminal.portUrl].filter((part) => part !== null);
  return shell.style.bold(parts.map((part) => cleanText(part, 80)).join(' · '));
}

/** Where no terminal is attached, whose shop it is. */
export function noTerminalLine(shop: string | null, shell: Shell): string {
  const text =
    shop === null
      ? shell.words('cli_no_terminal_line_alone', {})
      : shell.words('cli_no_terminal_line', { shop });
  return shell.style.bold(text);
}

export function terminalView(terminal: Terminal, shell: Shell): string {
  const { identity, lastVisitUtc, lastCause } = terminal;
  const orNone = (text: string | null) => (text === null ? '–' : cleanText(text, 120));
  const serial =
    identity.serialNumber === null
      ? shell.words('cli_identity_assumed', {})
      : cleanText(identity.serialNumber, 120);
  const list: Pair[] = [
    [shell.words('cli_identity_model', {}), cleanText(identity.model, 120)],
    [shell.words('cli_identity_serial', {}), serial],
    [shell.words('cli_identity_hardware', {}), orNone(identity.hardware)],
    [shell.words('cli_identity_firmware', {}), orNone(identity.firmwareVersion)],
    [shell.words('cli_identity_hash', {}), orNone(identity.firmwareHash)],
    [shell.words('cli_identity_profile', {}), cleanText(terminal.profile, 120)],
    [shell.words('cli_identity_port', {}), cleanText(terminal.portUrl, 200)],
    [
      shell.words('cli_identity_last_visit', {}),
      lastVisitUtc === null ? shell.words('cli_first_visit', {}) : formatTime(lastVisitUtc),
    ],
  ];
  if (terminal.bootLoader === true) {
    list.push([shell.words('cli_identity_state', {}), shell.words('terminal_boot_loader', {})]);
  }
  const cause = checkIdSchema.safeParse(lastCause);
  if (cause.success) {
    list.push([shell.words('cli_identity_last_cause', {}), checkLabel(cause.data, shell.locale)]);
  }
  return [terminalLine(terminal, shell), pairs(list, shell.columns, shell.style)].join('\n');
}
