/** A small profile that is right, and ways to make it wrong. */
import { checkProfile } from '../../native-bridge/terminals/check-profile.ts';
import type { Checked } from '../../native-bridge/terminals/check-tree.ts';
import { parseMap } from '../../native-bridge/terminals/yaml/parse-map.ts';
import type { Parents } from '../../native-bridge/terminals/extends.ts';
import type { Profile } from '../../native-bridge/terminals/profile.ts';
import { Problems } from '../../native-bridge/terminals/yaml/problems.ts';

export const pem = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA9vJjMpQ5Zpu2ZQbOsCj+gd6AhoT/DKYJjzdR+fGle20=
-----END PUBLIC KEY-----`;

export const good = `format: 1
name: box
vendor: Acme
model: B-1
labels: { zh-CN: 码牌, en: Box }
recognition:
  usb:
    - { vendorId: 2fe3, productId: 0100 }
  smpInfo: acme_box
  priority: 5
line:
  baud: 9600
  dtr: false
has:
  wifi: true
readings:
  identity.serialNumber:
    from: smp-shell
    argv: [device, info]
    pattern: 'serial: (\\S+)'
  battery.celsius:
    from: smp-statistics
    group: battery
    field: temp
    type: decimal
    unit: celsius
    scale: 0.1
  network.link:
    from: smp-statistics
    group: net
    field: link
    map: { 0: none, 1: wifi }
settings:
  payment.terminalNumber:
    key: pay/tid
    labels: { zh-CN: 终端号, en: Terminal number }
    type: text
    pattern: '[0-9]+'
    expected: 0123456789
  qr.mode:
    key: qr/mode
    labels: { zh-CN: 模式, en: Mode }
    type: choice
    allowed: [dynamic, static]
    expected: dynamic
  qr.validitySeconds:
    key: qr/valid
    labels: { zh-CN: 有效期, en: Validity }
    type: integer
    min: 30
    max: 600
  wifi.password:
    key: wifi/psk
    labels: { zh-CN: 密码, en: Password }
    type: text
    secret: true
thresholds:
  batteryFailPercent: 15
expected:
  paymentHost: pay.example:8443
firmware:
  family: mcuboot
  keys:
    - name: acme
      pem: |
${pem.replaceAll(/^/gm, '        ')}
  admittedVersion: 2.10.0
support:
  - who: acquirer
    labels: { zh-CN: 客服, en: Hotline }
    phone: +86 400-000-0000
    url: https://acme.example/help
scanner:
  reads:
    from: smp-shell
    argv: [scan, log]
    pattern: '^(?P<ms>[0-9]+) (?P<text>.+)$'
`;

export const noParents: Parents = new Map();

export function check(text: string | Uint8Array, parents = noParents): Checked<Profile> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return checkProfile(bytes, 'box.yaml', { parents, shipped: false });
}

/** The good profile with one piece of text replaced; throws where the piece is not in it. */
export function edited(piece: string, by: string): string {
  if (!good.includes(piece)) throw new Error(`not in the profile: ${piece}`);
  return good.replace(piece, () => by);
}

export function parentsOf(files: Readonly<Record<string, string>>): Parents {
  return new Map(
    Object.entries(files).map(([name, text]) => {
      const tree = parseMap(new TextEncoder().encode(text), `${name}.yaml`, new Problems());
      if (!tree) throw new Error(`${name} is no profile`);
      return [name, tree] as const;
    }),
  );
}
