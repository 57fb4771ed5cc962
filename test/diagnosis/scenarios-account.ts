/**
 * The shop's side, one scenario for each condition: how the terminal is used and known, the account,
 * the codes' validity, orders and payouts. Those that end like `told` are seen by a person only.
 */
import type { ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import type { Scenario } from './scenario.ts';
import type { Bench } from './terminal.ts';

type Row = Omit<Scenario, 'make'>;
type Values = Partial<Record<ReadingName, ReadingValue>>;

const read = (
  [condition, check, rank, symptoms]: readonly [Row['condition'], Row['check'], number, string],
  values: Values,
): Scenario => ({ condition, check, rank, symptoms, make: (bench) => bench.set(values) });

const told = (
  [condition, check, rank, symptoms]: readonly [Row['condition'], Row['check'], number, string],
  question: string,
  answer: string,
): Scenario => ({
  condition,
  check,
  rank,
  symptoms,
  make: (bench: Bench) => {
    bench.answers = { ...bench.answers, [question]: answer };
  },
});

/** What is usual day by day, and a fault only where the payment is missed. */
const onlyThen = (scenario: Scenario): Scenario => ({ ...scenario, elsewhere: 'no fault' });

const useOfTheTerminal: readonly Scenario[] = [
  read(['not-activated', 'sign-in', 8, '1 2'], { 'device.activated': false }),
  read(['parameters-missing', 'sign-in', 8, '1 2'], { 'device.parametersLoaded': false }),
  read(['key-missing', 'sign-in', 8, '1 2'], { 'device.mainKeyLoaded': false }),
  read(['sign-in-needed', 'sign-in', 8, '1 2'], { 'device.signedIn': false }),
  told(['operation-amount', 'operation', 14, '2'], 'test-payment', 'amount'),
  told(['operation-mode', 'operation', 14, '1 2 3'], 'test-payment', 'mode'),
  told(['operation-wrong-app', 'operation', 14, '1'], 'test-payment', 'app'),
  told(['operation-not-waiting', 'operation', 14, '1 3 4'], 'test-payment', 'waiting'),
  told(['operation-aim', 'operation', 14, '1'], 'test-payment', 'aim'),
  told(['counter-code-other-shop', 'counter-code', 9, '3'], 'counter-payee', 'other'),
  told(['counter-code-personal', 'counter-code', 9, '3'], 'counter-payee', 'person'),
  told(['counter-code-covered', 'counter-code', 9, '3'], 'counter-payee', 'covered'),
  read(['payment-app-missing', 'acquirer-apps', 10, '1 2 4'], { 'payment.appInstalled': false }),
  read(['payment-app-disabled', 'acquirer-apps', 10, '1 2 4'], { 'payment.appEnabled': false }),
  {
    condition: 'payment-app-old',
    check: 'acquirer-apps',
    rank: 14,
    symptoms: '1 2 4',
    make: (bench) => {
      bench.expected = { ...bench.expected, paymentAppVersion: '4.0.0' };
    },
  },
  read(['acquirer-apps-two', 'acquirer-apps', 10, '3'], {
    'payment.acquirerApps': 'com.acq.east, com.acq.west',
  }),
  {
    condition: 'payment-currency',
    check: 'payment-settings',
    rank: 11,
    symptoms: '2',
    make: (bench) => {
      bench.expected = { ...bench.expected, currency: 'CNY' };
      bench.set({ 'payment.currency': '344' });
    },
  },
  told(['qr-code-expired', 'qr-validity', 12, '1 2'], 'qr-fresh', 'works'),
  read(['qr-validity-short', 'qr-validity', 12, '1 2'], { 'qr.validitySeconds': 15 }),
  read(['qr-validity-long', 'qr-validity', 12, '1 2'], { 'qr.validitySeconds': 86_400 }),
];

const account: readonly Scenario[] = [
  read(['card-not-bound', 'card-bound', 9, '5'], { 'account.cardBound': false }),
  told(['card-other', 'card-bound', 9, '5'], 'card-page', 'other'),
  read(['merchant-frozen', 'merchant-status', 9, '2 5'], { 'account.state': 'frozen' }),
  read(['merchant-dormant', 'merchant-status', 9, '2 5'], { 'account.state': 'dormant' }),
  read(['merchant-papers-expired', 'merchant-status', 9, '2 5'], {
    'account.state': 'papers-expired',
  }),
  read(['merchant-real-name', 'merchant-status', 9, '2 5'], {
    'account.state': 'real-name-unfinished',
  }),
  read(['receiving-closed', 'receiving', 9, '1 2'], { 'account.receiving': 'closed' }),
  read(['receiving-day-limit', 'receiving', 9, '2'], { 'account.receiving': 'limit-reached' }),
  read(['receiving-limit', 'receiving', 9, '2'], { 'account.receiving': 'limit-low' }),
  read(['receiving-method-closed', 'receiving', 9, '1 2'], {
    'account.receiving': 'method-closed',
  }),
  read(['receiving-credit-off', 'receiving', 9, '2'], { 'account.receiving': 'credit-off' }),
  told(['payer-balance', 'receiving', 9, '2'], 'payer-page', 'balance'),
  told(['payer-card-limit', 'receiving', 9, '2'], 'payer-page', 'card-limit'),
  told(['payer-risk', 'receiving', 9, '2'], 'payer-page', 'risk'),
  told(['binding-other-merchant', 'device-binding', 9, '2 3 4'], 'filed', 'other-merchant'),
  read(['binding-unfiled', 'device-binding', 9, '1 2 3 4'], { 'payment.lastResponseCode': '97' }),
  read(['binding-merchant-unknown', 'device-binding', 9, '1 2'], {
    'payment.lastResponseCode': '03',
  }),
  told(['acquirer-unlicensed', 'licence', 9, '3 5'], 'licensed', 'no'),
];

const orders: readonly Scenario[] = [
  onlyThen(
    read(['settlement-pending', 'settlement', 15, '5'], { 'account.settlement': 'pending' }),
  ),
  read(['settlement-card-limit', 'settlement', 15, '5'], { 'account.settlement': 'card-limit' }),
  read(['settlement-name-wrong', 'settlement', 15, '5'], { 'account.settlement': 'name-wrong' }),
  read(['settlement-payout-failed', 'settlement', 15, '5'], { 'account.settlement': 'failed' }),
  told(['settlement-paid-out', 'settlement', 15, '5'], 'settlement-record', 'paid'),
  onlyThen(
    read(['order-password-pending', 'order-state', 14, '1 3'], {
      'order.state': 'waits-for-password',
      'order.announced': false,
    }),
  ),
  onlyThen(
    read(['order-reversed', 'order-state', 14, '1 3'], {
      'order.state': 'reversed',
      'order.announced': false,
    }),
  ),
  onlyThen(read(['order-unpaid', 'order-state', 14, '3'], { 'order.state': 'closed' })),
  told(['order-other-store', 'order-state', 14, '3'], 'back-office-order', 'other-store'),
  onlyThen(read(['order-missing', 'order-state', 14, '3'], { 'order.state': 'none' })),
  onlyThen(read(['order-unannounced', 'order-state', 15, '4'], { 'order.announced': false })),
];

export const accountScenarios: readonly Scenario[] = [...useOfTheTerminal, ...account, ...orders];

export const accountWarnings: readonly Scenario[] = [
  read(['platform-degraded', 'platform', 7, ''], { 'platform.state': 'degraded' }),
  {
    condition: 'qr-validity-unlike',
    check: 'qr-validity',
    rank: 12,
    symptoms: '',
    make: (bench) => {
      bench.extraSettings = [['qr/validity_s', 'qr.validitySeconds', '90']];
    },
  },
];

export const accountExplained: readonly (readonly [Row['condition'], Row['condition']])[] = [
  ...(
    [
      'platform-down',
      'payment-merchant-number',
      'payment-channel',
      'payment-not-matching',
      'binding-other-merchant',
      'counter-code-other-shop',
      'counter-code-personal',
      'counter-code-covered',
      'acquirer-apps-two',
      'qr-payload-other-merchant',
      'qr-payload-other-code',
      'qr-payee-other',
      'acquirer-unlicensed',
    ] as const
  ).map((cause) => [cause, 'order-missing'] as const),
  ['platform-down', 'order-unannounced'],
  ['payment-merchant-unknown', 'binding-merchant-unknown'],
  ['payment-not-matching', 'binding-merchant-unknown'],
  ['payment-terminal-number', 'binding-unfiled'],
  ['tampered', 'key-missing'],
  ['operation-not-waiting', 'order-password-pending'],
  ['operation-not-waiting', 'order-reversed'],
  ['card-not-bound', 'settlement-pending'],
  ['card-not-bound', 'settlement-payout-failed'],
  ['merchant-frozen', 'settlement-payout-failed'],
];
