/** The terminal in the hand: what it shows, what it does; the loudspeaker; the merchant's phone. */
import type { QuestionRules } from './question.ts';

export const hardwareQuestions = [
  {
    id: 'version-admitted',
    kind: 'check',
    check: 'system-version',
    cost: 5,
    symptoms: ['S1', 'S2', 'S4'],
    choices: [{ id: 'yes' }, { id: 'no', shows: ['version-refused'] }],
  },
  // Its screen, before anything is tried: the lowest rungs, and which of the others it can be.
  {
    id: 'terminal-screen',
    kind: 'check',
    check: null,
    cost: 2,
    symptoms: ['S1', 'S2', 'S4'],
    choices: [
      { id: 'normal' },
      { id: 'dark', shows: ['battery-empty'] },
      { id: 'hot', shows: ['battery-hot'] },
      { id: 'tamper', shows: ['tampered'] },
    ],
  },
  {
    id: 'scanner-tried',
    kind: 'check',
    check: 'scanner',
    cost: 2,
    symptoms: ['S1'],
    way: 'merchant-scans',
    choices: [
      { id: 'reads' },
      { id: 'no-light', shows: ['scanner-dead'] },
      { id: 'error', shows: ['scanner-failed'] },
      { id: 'slow', shows: ['scanner-slow'] },
      { id: 'dirty', shows: ['scanner-window'] },
      { id: 'dark-mode', shows: ['scanner-setting'] },
    ],
  },
  {
    id: 'printer-looked',
    kind: 'check',
    check: 'printer',
    cost: 2,
    symptoms: ['S4'],
    choices: [
      { id: 'prints' },
      { id: 'no-paper', shows: ['printer-paper-out'] },
      { id: 'lid', shows: ['printer-lid-open'] },
      { id: 'hot', shows: ['printer-overheated'] },
      { id: 'nothing', shows: ['printer-failed'] },
    ],
  },
  // What the box itself says at a press of its keys.
  {
    id: 'sound-keys',
    kind: 'check',
    check: 'sound-device',
    cost: 2,
    symptoms: ['S4'],
    choices: [
      { id: 'clear' },
      { id: 'quiet', shows: ['sound-quiet'] },
      { id: 'offline', shows: ['sound-offline'] },
      { id: 'silent', shows: ['sound-dead'] },
    ],
  },
  // What the merchant's app says of the box.
  {
    id: 'sound-page',
    kind: 'check',
    check: 'sound-device',
    cost: 2,
    symptoms: ['S3', 'S4'],
    choices: [
      { id: 'bound' },
      { id: 'other', shows: ['sound-not-bound'] },
      { id: 'wallets', shows: ['sound-wallets-off'] },
    ],
  },
  {
    id: 'phone-announcement',
    kind: 'check',
    check: 'announcement',
    cost: 2,
    symptoms: ['S4'],
    choices: [
      { id: 'speaks' },
      { id: 'muted', shows: ['phone-muted'] },
      { id: 'permission', shows: ['phone-permission'] },
      { id: 'killed', shows: ['phone-app-killed'] },
      { id: 'account', shows: ['phone-other-account'] },
    ],
  },
] as const satisfies QuestionRules;
