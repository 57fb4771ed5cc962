/** A healthy shop: its terminal signed in, its account in order, and what its people answer. */
import type { Answers } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';

export const healthyAccountValues: Readonly<Partial<Record<ReadingName, ReadingValue>>> = {
  'payment.currency': '156',
  'payment.acquirerApps': 'com.acq.east',
  'payment.lastResponseCode': '00',
  'device.activated': true,
  'device.parametersLoaded': true,
  'device.mainKeyLoaded': true,
  'device.signedIn': true,
  'account.cardBound': true,
  'account.state': 'normal',
  'account.receiving': 'normal',
  'account.settlement': 'normal',
  'platform.state': 'up',
  'order.state': 'paid',
  'order.announced': true,
};

export const healthyAccountAnswers: Answers = {
  'test-payment': 'right',
  'counter-payee': 'own',
  'payer-page': 'fine',
  filed: 'filed',
  licensed: 'yes',
  'card-page': 'right',
  'settlement-record': 'booked',
  'qr-fresh': 'same',
  'bill-status': 'paid',
  'back-office-order': 'none',
};
