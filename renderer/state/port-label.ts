/** A port's address as a technician calls it: `/dev/ttyUSB0`, `COM7`, `127.0.0.1:7000`. */
export interface PortLabel {
  readonly name: string;
  readonly kind: 'serial' | 'tcp' | 'other';
  /** Bits per second, where the address says. */
  readonly baud: number | null;
}

export function portLabel(portUrl: string): PortLabel {
  const match = /^(serial|tcp):\/\/([^?]*)(?:\?(.*))?$/.exec(portUrl);
  if (match === null) return { name: portUrl, kind: 'other', baud: null };
  const [, kind, name = '', query = ''] = match;
  const baud = Number(new URLSearchParams(query).get('baud'));
  return {
    name,
    kind: kind === 'tcp' ? 'tcp' : 'serial',
    baud: Number.isInteger(baud) && baud > 0 ? baud : null,
  };
}

/** What was typed, as an address: a bare path or COM name is a serial port, `host:port` is TCP. */
export function addressOf(typed: string): string {
  const text = typed.trim();
  if (/^[a-z]+:\/\//i.test(text)) return text;
  if (text.startsWith('/') || /^com\d+$/i.test(text)) return `serial://${text}`;
  return /^[^\s/]+:\d+$/.test(text) ? `tcp://${text}` : text;
}
