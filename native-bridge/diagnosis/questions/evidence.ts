/**
 * Evidence before the cable: where it stops, what the refusal says, the payer's bill, the back
 * office, the settlement record. Each answer tells many conditions apart.
 */
import type { QuestionRules } from './question.ts';

/** What the terminal does before a code is there, and what it does after it read one. */
const terminalAndWay = {
  seats: ['terminal', 'shop-network', 'carrier'],
  rungs: ['platform', 'sign-in', 'clock', 'tls'],
} as const;

export const evidenceQuestions = [
  {
    id: 'stops-at',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S1'],
    choices: [
      {
        id: 'no-code',
        keeps: { ...terminalAndWay, conditions: ['operation-mode', 'operation-not-waiting'] },
      },
      {
        id: 'not-read',
        keeps: {
          rungs: ['qr-mode', 'qr-validity'],
          conditions: ['operation-wrong-app', 'operation-aim'],
        },
      },
      {
        id: 'page-fails',
        keeps: {
          rungs: ['platform', 'binding', 'qr-mode', 'qr-validity'],
          conditions: ['operation-wrong-app', 'payment-channel', 'payment-methods'],
        },
      },
      {
        id: 'scanner-silent',
        keeps: { rungs: ['power', 'scanner'], conditions: ['operation-aim', 'operation-mode'] },
      },
      {
        id: 'after-scan',
        keeps: {
          ...terminalAndWay,
          reaches: ['payer', 'wallet'],
          conditions: ['receiving-closed', 'operation-mode', 'operation-not-waiting'],
        },
        drops: { rungs: ['scanner'], conditions: ['operation-aim'] },
      },
    ],
  },
  {
    id: 'refusal-kind',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S2'],
    choices: [
      {
        id: 'merchant',
        keeps: {
          conditions: [
            'merchant-frozen',
            'merchant-dormant',
            'merchant-papers-expired',
            'merchant-real-name',
            'receiving-closed',
          ],
        },
      },
      {
        id: 'limit',
        keeps: {
          conditions: [
            'receiving-limit',
            'receiving-day-limit',
            'payer-card-limit',
            'operation-amount',
            'qr-mode-wrong',
            'qr-payload-mode',
          ],
        },
      },
      {
        id: 'method',
        keeps: {
          rungs: ['payment-settings'],
          conditions: [
            'receiving-method-closed',
            'receiving-credit-off',
            'payment-currency',
            'qr-currency',
            'operation-mode',
          ],
        },
      },
      { id: 'payer', keeps: { reaches: ['payer'] } },
      {
        id: 'terminal',
        keeps: {
          rungs: ['sign-in'],
          conditions: [
            'binding-other-merchant',
            'binding-unfiled',
            'binding-merchant-unknown',
            'payment-merchant-number',
            'payment-merchant-unknown',
            'payment-terminal-number',
            'payment-not-matching',
            'payment-channel',
            'payment-setting',
            'tampered',
            'version-old',
            'version-refused',
          ],
        },
      },
      {
        id: 'code',
        keeps: { rungs: ['qr-mode', 'qr-validity'], conditions: ['operation-wrong-app'] },
      },
      {
        id: 'busy',
        keeps: {
          seats: ['shop-network', 'carrier', 'platform'],
          rungs: ['address', 'clock', 'tls'],
          conditions: ['version-old', 'version-refused'],
        },
      },
    ],
  },
  {
    id: 'exact-words',
    kind: 'check',
    check: null,
    cost: 1,
    symptoms: ['S1', 'S2', 'S5'],
    choices: [],
  },
  {
    id: 'bill-payee',
    kind: 'opening',
    check: null,
    cost: 2,
    symptoms: ['S3'],
    choices: [
      {
        id: 'own',
        keeps: {
          seats: ['payer', 'platform', 'people'],
          conditions: [
            'order-other-store',
            'acquirer-apps-two',
            'payment-terminal-number',
            'payment-channel',
            'qr-payload-other-terminal',
            'binding-unfiled',
          ],
        },
      },
      {
        id: 'other',
        keeps: {
          rungs: ['qr-mode', 'payment-settings'],
          conditions: [
            'counter-code-other-shop',
            'counter-code-covered',
            'binding-other-merchant',
            'payment-merchant-number',
            'payment-not-matching',
          ],
        },
      },
      {
        id: 'person',
        keeps: {
          conditions: [
            'counter-code-personal',
            'counter-code-covered',
            'qr-payee-other',
            'acquirer-unlicensed',
          ],
        },
      },
      {
        id: 'company',
        keeps: { conditions: ['acquirer-unlicensed', 'acquirer-apps-two', 'payment-channel'] },
      },
    ],
  },
  {
    id: 'bill-status',
    kind: 'check',
    check: null,
    cost: 2,
    symptoms: ['S1', 'S3'],
    choices: [
      { id: 'paid' },
      { id: 'processing', shows: ['order-password-pending'] },
      { id: 'refunded', shows: ['order-reversed'] },
      { id: 'absent', shows: ['order-unpaid'] },
    ],
  },
  {
    id: 'back-office-order',
    kind: 'check',
    check: 'order-state',
    cost: 2,
    symptoms: ['S3'],
    choices: [
      { id: 'none' },
      { id: 'other-store', shows: ['order-other-store'] },
      { id: 'pending', shows: ['order-password-pending'] },
      { id: 'reversed', shows: ['order-reversed'] },
      { id: 'unpaid', shows: ['order-unpaid'] },
    ],
  },
  {
    id: 'settlement-record',
    kind: 'check',
    check: null,
    cost: 2,
    symptoms: ['S5'],
    choices: [
      { id: 'not-due', shows: ['settlement-pending'] },
      { id: 'name', shows: ['settlement-name-wrong'] },
      { id: 'limit', shows: ['settlement-card-limit'] },
      { id: 'failed', shows: ['settlement-payout-failed'] },
      { id: 'held', shows: ['merchant-frozen'] },
      { id: 'other-card', shows: ['card-other'] },
      { id: 'no-card', shows: ['card-not-bound'] },
      { id: 'paid', shows: ['settlement-paid-out'] },
      { id: 'booked' },
    ],
  },
] as const satisfies QuestionRules;
