/** A port's address as a technician calls it: `/dev/ttyUSB0`, `COM7`, `127.0.0.1:7000`. */
import { isRecording } from '../../native-bridge/contract/port.ts';

export interface PortLabel {
  readonly name: string;
  readonly kind: 'serial' | 'tcp' | 'usb' | 'adb' | 'fastboot' | 'recording' | 'other';
  /** Bits per second, where the address says. */
  readonly baud: number | null;
}

const kinds = ['serial', 'tcp', 'usb', 'adb', 'fastboot'] as const;

export function portLabel(portUrl: string): PortLabel {
  if (isRecording(portUrl)) return { name: fileName(portUrl), kind: 'recording', baud: null };
  const match = /^(serial|tcp|usb|adb|fastboot):\/\/([^?]*)(?:\?(.*))?$/.exec(portUrl);
  if (match === null) return { name: portUrl, kind: 'other', baud: null };
  const [, kind, name = '', query = ''] = match;
  const baud = Number(new URLSearchParams(query).get('baud'));
  return {
    name,
    kind: kinds.find((each) => each === kind) ?? 'serial',
    baud: Number.isInteger(baud) && baud > 0 ? baud : null,
  };
}

/** ADB is spoken there: what only the management line (SMP) has is not offered. */
export function speaksAdb(portUrl: string): boolean {
  const { kind } = portLabel(portUrl);
  return kind === 'adb' || kind === 'usb' || kind === 'fastboot';
}

/** The file's name alone: its folder says nothing to a technician. */
function fileName(portUrl: string): string {
  const path = portUrl.replace(/^replay:(\/\/)?/, '').replace(/\?.*$/, '');
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What was typed, as an address: a bare path or COM name is a serial port, `host:port` is TCP. */
export function addressOf(typed: string): string {
  const text = typed.trim();
  if (/^[a-z]+:\/\//i.test(text)) return text;
  if (text.startsWith('/') || /^com\d+$/i.test(text)) return `serial://${text}`;
  return /^[^\s/]+:\d+$/.test(text) ? `tcp://${text}` : text;
}
