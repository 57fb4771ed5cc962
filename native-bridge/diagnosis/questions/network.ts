/** The network as it can be seen without a cable: signs on the screen, the router, a phone, a portal. */
import type { QuestionRules } from './question.ts';

export const networkQuestions = [
  // Most of what keeps a terminal offline shows in its status bar.
  {
    id: 'status-bar',
    kind: 'check',
    check: null,
    cost: 2,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'online' },
      { id: 'no-wifi', shows: ['wifi-not-joined'] },
      { id: 'other-wifi', shows: ['wifi-wrong-network'] },
      { id: 'weak-wifi', shows: ['wifi-poor'] },
      { id: 'no-sim', shows: ['sim-absent'] },
      { id: 'no-service', shows: ['cellular-unregistered'] },
      { id: 'weak-cellular', shows: ['cellular-poor'] },
      { id: 'nothing', shows: ['network-link-down'] },
    ],
  },
  {
    id: 'phone-same-wifi',
    kind: 'check',
    check: 'wifi',
    cost: 2,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'online' },
      { id: 'offline', shows: ['wifi-router-offline'] },
      { id: 'login', shows: ['wifi-portal'] },
    ],
  },
  // The test in the terminal's own menu.
  {
    id: 'network-test',
    kind: 'check',
    check: 'network',
    cost: 3,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'passes' },
      { id: 'address', shows: ['network-no-address'] },
      { id: 'gateway', shows: ['network-no-gateway'] },
      { id: 'names', shows: ['network-dns-silent'] },
      { id: 'host', shows: ['network-host-unreachable'] },
      { id: 'loss', shows: ['network-loss-high'] },
      { id: 'large', shows: ['network-large-blocked'] },
    ],
  },
  {
    id: 'vpn-shown',
    kind: 'check',
    check: 'vpn',
    cost: 2,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'well' },
      { id: 'off', shows: ['vpn-switched-off'] },
      { id: 'down', shows: ['vpn-down-required'] },
      { id: 'drops', shows: ['vpn-drops'] },
      { id: 'foreign', shows: ['vpn-forbidden-blocks'] },
    ],
  },
  // What the card's own platform says of it, by the number on the card.
  {
    id: 'card-platform',
    kind: 'check',
    check: 'cellular',
    cost: 3,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'normal' },
      { id: 'locked', shows: ['sim-locked'] },
      { id: 'expired', shows: ['sim-expired'] },
      { id: 'used-up', shows: ['sim-used-up'] },
      { id: 'puk', shows: ['sim-blocked'] },
      { id: 'no-dns', shows: ['sim-whitelist-dns'] },
      { id: 'noise', shows: ['cellular-noisy'] },
    ],
  },
  {
    id: 'clock-shown',
    kind: 'check',
    check: 'clock',
    cost: 2,
    symptoms: ['S1', 'S2', 'S4'],
    choices: [
      { id: 'right' },
      { id: 'behind', shows: ['clock-behind'] },
      { id: 'ahead', shows: ['clock-ahead'] },
      { id: 'zone', shows: ['clock-zone-wrong'] },
    ],
  },
  {
    id: 'certificate-notice',
    kind: 'check',
    check: 'tls',
    cost: 2,
    symptoms: ['S1', 'S4'],
    choices: [
      { id: 'none' },
      { id: 'expired', shows: ['tls-expired'] },
      { id: 'not-yet', shows: ['tls-not-yet-valid'] },
      { id: 'name', shows: ['tls-name'] },
      { id: 'issuer', shows: ['tls-issuer'] },
      { id: 'filter', shows: ['tls-intercepted'] },
      { id: 'failed', shows: ['tls-failed'] },
    ],
  },
] as const satisfies QuestionRules;
