/**
 * CT-500: a counter terminal that scans the payer's code and prints a slip; it reaches the payment
 * host through a tunnel, over Wi-Fi, 4G or, where somebody switches that on, Ethernet.
 */
import { factory, flag } from '../terminal/setting-spec.ts';
import type { Model } from './model.ts';

const identity = {
  serialNumber: 'CT2025080042',
  model: 'CT-500',
  hardware: 'posbench_counter',
} as const;

export const counter: Model = {
  name: 'counter',
  ...identity,
  revision: 'rev B',
  parts: new Set(['scanner', 'printer', 'ethernet', 'apps']),
  settings: {
    'qr/presented': { fallback: 'customer', accepts: /^(merchant|customer)$/ },
    'vpn/enabled': flag('1'),
    'eth/enabled': flag('0'),
    'scan/inverse': flag('1'),
    ...factory(identity),
  },
  other: { serialNumber: 'CT2025089999', model: 'CT-510', hardware: 'posbench_counter_lite' },
  paysThroughVpn: true,
};
