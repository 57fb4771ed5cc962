/** CB-200: a counter code plate with a QR display and a loudspeaker that announces what came in. */
import { factory, flag } from '../terminal/setting-spec.ts';
import type { Model } from './model.ts';

const identity = {
  serialNumber: 'CB2025030017',
  model: 'CB-200',
  hardware: 'posbench_codebox',
} as const;

export const codebox: Model = {
  name: 'codebox',
  ...identity,
  revision: 'rev C',
  parts: new Set(),
  settings: {
    'qr/presented': { fallback: 'merchant', accepts: /^(merchant|customer)$/ },
    'vpn/enabled': flag('0'),
    ...factory(identity),
  },
  other: { serialNumber: 'CB2025039999', model: 'CB-300', hardware: 'posbench_soundbox' },
  paysThroughVpn: false,
};
