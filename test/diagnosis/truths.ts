/**
 * What is true of a fault where a question is about the whole: who is hit, what cures it, where it
 * stops, what the refusal and the bill say. Written from the trade, not from the rules' selectors.
 */
import { dontKnow } from '../../native-bridge/contract/diagnosis.ts';
import { rules, type ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';

type Table = Readonly<Partial<Record<string, readonly ConditionId[]>>>;

/** The rest is not told apart by it: nobody knows. */
const told: Readonly<Partial<Record<string, Table>>> = {
  'refusal-kind': {
    merchant: [
      'merchant-frozen',
      'merchant-dormant',
      'merchant-papers-expired',
      'merchant-real-name',
      'receiving-closed',
    ],
    limit: ['receiving-limit', 'receiving-day-limit', 'payer-card-limit', 'operation-amount'],
    method: ['receiving-method-closed', 'receiving-credit-off', 'operation-mode'],
    payer: ['payer-balance', 'payer-risk'],
    terminal: [
      'not-activated',
      'parameters-missing',
      'key-missing',
      'sign-in-needed',
      'binding-other-merchant',
      'binding-unfiled',
      'binding-merchant-unknown',
      'payment-not-matching',
      'tampered',
      'version-refused',
    ],
    code: ['qr-code-expired'],
    busy: ['platform-down'],
  },
  'stops-at': {
    'no-code': [
      'not-activated',
      'parameters-missing',
      'key-missing',
      'sign-in-needed',
      'operation-mode',
    ],
    'not-read': ['operation-aim', 'operation-wrong-app'],
    'page-fails': [
      'platform-down',
      'receiving-closed',
      'receiving-method-closed',
      'qr-code-expired',
    ],
    'after-scan': ['order-password-pending', 'order-reversed'],
  },
  'bill-payee': {
    own: [
      'order-password-pending',
      'order-reversed',
      'order-unpaid',
      'order-other-store',
      'operation-mode',
      'operation-not-waiting',
      'platform-down',
    ],
    other: ['counter-code-other-shop', 'counter-code-covered', 'binding-other-merchant'],
    person: ['counter-code-personal'],
    company: ['acquirer-unlicensed'],
  },
};

/** By whom it hits and where it sits. */
export function truthOf(question: string, fault: ConditionId): string {
  const table = told[question];
  if (table !== undefined) {
    return Object.keys(table).find((choice) => table[choice]?.includes(fault)) ?? dontKnow;
  }
  const { reach = 'all', way, seat } = rules[fault];
  const isSmallWell =
    reach === 'amount' || fault === 'payer-balance' || fault === 'payer-card-limit';
  switch (question) {
    case 'who-scans':
      return way === 'merchant-scans' ? 'merchant' : way === 'payer-scans' ? 'payer' : dontKnow;
    case 'payers':
      return reach === 'payer' ? 'one' : reach === 'all' ? 'all' : dontKnow;
    case 'wallets':
      return reach === 'wallet' ? 'one' : reach === 'all' ? 'all' : dontKnow;
    case 'amounts':
      return isSmallWell ? 'large' : 'any';
    case 'since':
      return 'nothing';
    case 'other-payer':
      return reach === 'payer' ? 'works' : reach === 'all' ? 'same' : dontKnow;
    case 'other-wallet':
      return reach === 'wallet' ? 'works' : reach === 'all' ? 'same' : dontKnow;
    case 'smaller-amount':
      return isSmallWell ? 'works' : 'same';
    case 'hotspot':
      return seat === 'shop-network' || seat === 'carrier' ? 'works' : 'same';
    case 'other-sim':
      return seat === 'carrier' ? 'works' : 'same';
    case 'other-terminal':
      return ['terminal', 'carrier', 'code', 'people', 'phone'].includes(seat) ? 'works' : 'same';
    default:
      return dontKnow;
  }
}
