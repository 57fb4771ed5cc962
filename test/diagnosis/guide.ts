/**
 * Which symptoms a condition can produce, as the field guide's text has it, section by section, and
 * what trade knowledge adds to it. The rules and the scenarios of the matrix are held to this.
 */
import type { ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';

export interface Stated {
  /** Where the guide says so: its section, and the words. */
  readonly where: string;
  /** As `1 4`. */
  readonly symptoms: string;
  readonly conditions: readonly ConditionId[];
}

/** Said by the guide. */
export const guide: readonly Stated[] = [
  {
    where: 'Ask first, S1 "no payment page appears", S4 "stayed silent"; 1.1 to 1.3: the way there',
    symptoms: '1 4',
    conditions: [
      'network-link-down',
      'network-loss-high',
      'network-no-address',
      'network-no-gateway',
      'network-setting-wrong',
      'network-host-unreachable',
      'network-host-terminal-only',
      'wifi-not-joined',
      'wifi-wrong-network',
      'wifi-poor',
      'wifi-portal',
      'wifi-router-offline',
      'vpn-switched-off',
      'vpn-down-required',
      'vpn-drops',
      'vpn-forbidden-blocks',
    ],
  },
  {
    where: 'What the field adds, IoT SIM: "locked, plan used up, expired, whitelist": S1 S4',
    symptoms: '1 4',
    conditions: [
      'sim-absent',
      'sim-locked',
      'sim-blocked',
      'sim-expired',
      'sim-used-up',
      'sim-whitelist-dns',
      'cellular-unregistered',
      'cellular-poor',
      'cellular-noisy',
    ],
  },
  {
    where: 'What the field adds, "carrier DNS, MTU through VPN": S1 S4',
    symptoms: '1 4',
    conditions: [
      'network-dns-silent',
      'network-dns-server-silent',
      'network-large-blocked',
      'network-large-blocked-vpn',
    ],
  },
  {
    where:
      'Facts: "the terminal’s clock matters for certificate dates": as a connection that fails',
    symptoms: '1 4',
    conditions: [
      'clock-behind',
      'clock-ahead',
      'tls-expired',
      'tls-not-yet-valid',
      'tls-name',
      'tls-issuer',
      'tls-intercepted',
      'tls-failed',
    ],
  },
  {
    where: 'Facts: "… and the acquirer’s own rules only": those refuse',
    symptoms: '2',
    conditions: ['clock-behind', 'clock-ahead', 'clock-off', 'clock-zone-wrong'],
  },
  { where: 'What the field adds, tamper state: S1', symptoms: '1', conditions: ['tampered'] },
  {
    where: 'What the field adds, "activated, parameters, signed in, main key; 03, 77, 97": S1 S2',
    symptoms: '1 2',
    conditions: [
      'not-activated',
      'parameters-missing',
      'key-missing',
      'sign-in-needed',
      'binding-merchant-unknown',
      'payment-merchant-unknown',
      'binding-unfiled',
    ],
  },
  {
    where: 'What the field adds, "serial number ↔ merchant and terminal number; not filed": S2 S3',
    symptoms: '2 3',
    conditions: [
      'payment-merchant-number',
      'payment-terminal-number',
      'payment-not-matching',
      'binding-other-merchant',
      'binding-unfiled',
    ],
  },
  {
    where: '2.1 and Ask first, S1: "the code isn’t read"',
    symptoms: '1',
    conditions: [
      'scanner-dead',
      'scanner-failed',
      'scanner-slow',
      'scanner-window',
      'scanner-setting',
      'qr-payload-broken',
      'operation-aim',
    ],
  },
  {
    where: '3.2 "merchant- or customer-presented": the other one is waited for, S1',
    symptoms: '1',
    conditions: ['qr-presented-wrong'],
  },
  {
    where: '3.2 "the payload compared with the settings"; counter code, "another shop’s": S3',
    symptoms: '3',
    conditions: [
      'qr-payload-other-merchant',
      'qr-payload-other-code',
      'qr-payee-other',
      'counter-code-other-shop',
      'counter-code-personal',
      'counter-code-covered',
    ],
  },
  {
    where: 'Facts: "static codes carry 500 CNY a day", "native codes expire": refused, S2',
    symptoms: '2',
    conditions: [
      'qr-mode-wrong',
      'qr-payload-mode',
      'qr-validity-short',
      'qr-validity-long',
      'qr-code-expired',
    ],
  },
  {
    where: 'What the field adds, "frozen, dormant, papers expired, real-name unfinished": S2 S5',
    symptoms: '2 5',
    conditions: [
      'merchant-frozen',
      'merchant-dormant',
      'merchant-papers-expired',
      'merchant-real-name',
    ],
  },
  {
    where: 'What the field adds, "limits; credit cards off; exact words, other wallet": S2; 4.3',
    symptoms: '2',
    conditions: [
      'receiving-closed',
      'receiving-day-limit',
      'receiving-limit',
      'receiving-method-closed',
      'receiving-credit-off',
      'payment-methods',
      'payer-balance',
      'payer-card-limit',
      'payer-risk',
    ],
  },
  {
    where: 'What the field adds, "password pending on a customer’s code, then reversed": S1 S3',
    symptoms: '1 3',
    conditions: ['order-password-pending', 'order-reversed'],
  },
  {
    where: 'Ask first, S3: "the merchant’s back office has no such order"; evidence by the bill',
    symptoms: '3',
    conditions: ['order-unpaid', 'order-other-store', 'order-missing'],
  },
  {
    where:
      'What the field adds, "settlement cycle, card limits, name wrong, payout failed": S5; 4.1',
    symptoms: '5',
    conditions: [
      'settlement-pending',
      'settlement-card-limit',
      'settlement-name-wrong',
      'settlement-payout-failed',
      'settlement-paid-out',
      'card-not-bound',
      'card-other',
      'payment-settlement-account',
    ],
  },
  {
    where: 'What the field adds, "sound box bound to this merchant; volume, online, wallets": S4',
    symptoms: '4',
    conditions: [
      'sound-quiet',
      'sound-offline',
      'sound-dead',
      'sound-wallets-off',
      'sound-not-bound',
      'phone-muted',
      'phone-permission',
      'phone-app-killed',
      'phone-other-account',
      'printer-paper-out',
      'printer-lid-open',
      'printer-overheated',
      'printer-failed',
      'order-unannounced',
    ],
  },
  {
    where: 'What the field adds, "sound box or code plate bound to this merchant": S3 too',
    symptoms: '3',
    conditions: ['sound-not-bound'],
  },
  {
    where: 'What the field adds, "two acquirers’ apps on one device": S3',
    symptoms: '3',
    conditions: ['acquirer-apps-two'],
  },
  {
    where: '5.1: the platform shows pages, refuses, makes orders and sends the news of them',
    symptoms: '1 2 3 4',
    conditions: ['platform-down', 'platform-reported-down'],
  },
  {
    where: '5.1 "endpoints probed": a door that is shut shows no page and sends no news',
    symptoms: '1 4',
    conditions: ['platform-refuses', 'platform-host-down'],
  },
  {
    where: '3.3 "operated correctly", 3.1 "methods": no page comes, S1',
    symptoms: '1',
    conditions: [
      'operation-mode',
      'operation-wrong-app',
      'operation-not-waiting',
      'payment-methods',
    ],
  },
];

/** The guide does not say it; the trade does, and the field has yet to confirm it. */
export const trade: readonly Stated[] = [
  {
    where:
      'what the loop test of 2.1 finds: one or another kind of code isn’t read by this scanner',
    symptoms: '1',
    conditions: [
      'scanner-no-correction',
      'scanner-light',
      'scanner-inverted',
      'scanner-form',
      'scanner-unsteady',
      'scanner-reads-nothing',
    ],
  },
  {
    where: 'its keys are erased, and a payment without keys is refused',
    symptoms: '2',
    conditions: ['tampered'],
  },
  {
    where: 'a terminal that is dark or slows down shows nothing and says nothing',
    symptoms: '1 4',
    conditions: ['battery-empty', 'battery-hot'],
  },
  {
    where: 'an acquirer refuses what a version that it does not admit sends, or takes no notice',
    symptoms: '1 2 4',
    conditions: ['version-old', 'version-refused'],
  },
  {
    where:
      'a differing number may be nobody’s where no answer to a payment was read; news go by it',
    symptoms: '1 4',
    conditions: ['payment-merchant-number', 'payment-terminal-number', 'payment-not-matching'],
  },
  {
    where: 'news of payments go to whom the device is filed under',
    symptoms: '4',
    conditions: ['binding-other-merchant', 'binding-unfiled'],
  },
  {
    where: 'another channel refuses, takes the order elsewhere, or knows nothing of this terminal',
    symptoms: '1 2 3 4',
    conditions: ['payment-channel'],
  },
  {
    where: 'orders are looked for under the name that the terminal shows',
    symptoms: '3',
    conditions: ['payment-merchant-name'],
  },
  {
    where: 'what another setting does nobody knows beforehand',
    symptoms: '1 2 4',
    conditions: ['payment-setting'],
  },
  {
    where: 'what another setting of the code does nobody knows beforehand',
    symptoms: '1 2 3',
    conditions: ['qr-setting-wrong'],
  },
  {
    where: 'a payment in another currency is refused',
    symptoms: '2',
    conditions: ['payment-currency', 'qr-currency'],
  },
  {
    where: 'the order is another terminal’s: found there, announced there',
    symptoms: '3 4',
    conditions: ['qr-payload-other-terminal'],
  },
  {
    where: 'the payer’s page asks for the amount, or the till waits for an order that nobody made',
    symptoms: '1 4',
    conditions: ['qr-mode-wrong', 'qr-payload-mode'],
  },
  {
    where: 'an expired code opens a notice in place of the page',
    symptoms: '1',
    conditions: ['qr-validity-short', 'qr-validity-long', 'qr-code-expired'],
  },
  {
    where: 'closed receiving or a closed method may show in place of the page',
    symptoms: '1',
    conditions: ['receiving-closed', 'receiving-method-closed'],
  },
  {
    where: 'what a platform behind that door refuses is refused for the payer too',
    symptoms: '2',
    conditions: ['platform-refuses', 'platform-host-down'],
  },
  {
    where: 'a platform that is down pays nothing out',
    symptoms: '5',
    conditions: ['platform-down', 'platform-reported-down'],
  },
  {
    where: 'a pre-authorisation, a wrong amount: refused, or taken without a sale',
    symptoms: '2',
    conditions: ['operation-amount', 'operation-mode'],
  },
  {
    where: 'a pre-authorisation takes the money and makes no sale',
    symptoms: '3',
    conditions: ['operation-mode'],
  },
  {
    where: 'who leaves the screen before the end gets no order and no news',
    symptoms: '3 4',
    conditions: ['operation-not-waiting'],
  },
  {
    where: 'what Android’s own switches and settings keep from leaving never arrives',
    symptoms: '1 4',
    conditions: [
      'network-airplane',
      'network-private-dns',
      'network-proxy',
      'network-proxy-managed',
      'mobile-data-off',
    ],
  },
  {
    where: 'a payment app that is not there, is off, is too old or can’t write takes no payment',
    symptoms: '1 2 4',
    conditions: ['payment-app-missing', 'payment-app-disabled', 'payment-app-old', 'storage-full'],
  },
  {
    where: 'without its app nobody takes what the scanner reads',
    symptoms: '1',
    conditions: ['scanner-app-disabled'],
  },
  {
    where: 'an acquirer without a licence keeps the money (二清)',
    symptoms: '3 5',
    conditions: ['acquirer-unlicensed'],
  },
];

/** `1 4` of a condition, by the rows given. */
export function symptomsBy(rows: readonly Stated[], condition: ConditionId): string[] {
  const its = rows.filter(({ conditions }) => conditions.includes(condition));
  return [...new Set(its.flatMap(({ symptoms }) => symptoms.split(' ')))].sort();
}
