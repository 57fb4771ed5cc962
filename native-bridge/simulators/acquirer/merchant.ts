/**
 * What the status service knows of a merchant: the service's own format, described in README.md.
 * Amounts in fen, times in UTC; of the bank card the last four digits only.
 */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Order {
  readonly orderNumber: string;
  readonly atUtc: string;
  readonly amountFen: number;
  readonly method: string;
  readonly state: string;
  readonly announced: boolean;
}

interface MerchantStatus {
  readonly format: 'pos-bench-training-status/1';
  readonly merchantNumber: string;
  readonly merchantName: string;
  readonly atUtc: string;
  readonly card: { readonly bound: boolean; readonly bank: string; readonly tail: string };
  readonly merchant: { readonly state: string; readonly sinceUtc: string | null };
  readonly receiving: {
    readonly open: boolean;
    readonly singleLimitFen: number;
    readonly dailyLimitFen: number;
    readonly receivedTodayFen: number;
    readonly methods: readonly string[];
    readonly creditCards: boolean;
  };
  readonly platform: { readonly state: string; readonly untilUtc: string | null };
  readonly orders: readonly Order[];
  readonly settlement: {
    readonly cycle: string;
    readonly lastPayout: {
      readonly atUtc: string;
      readonly amountFen: number;
      readonly state: string;
      readonly failureReason: string | null;
    } | null;
  };
}

/** The merchant of the training profile and another one. */
const names: ReadonlyMap<string, { readonly name: string; readonly tail: string }> = new Map([
  ['898310048160001', { name: '老王面馆', tail: '4821' }],
  ['898310048160999', { name: '老李水果店', tail: '0007' }],
]);
export const merchantNumbers = [...names.keys()];

const agoUtc = (nowMs: number, ms: number): string => new Date(nowMs - ms).toISOString();

/** Null for a merchant that the acquirer does not have. */
export function merchantStatus(
  merchantNumber: string,
  faults: readonly string[],
  nowMs: number,
): MerchantStatus | null {
  const known = names.get(merchantNumber);
  if (known === undefined) return null;
  const well: MerchantStatus = {
    format: 'pos-bench-training-status/1',
    merchantNumber,
    merchantName: known.name,
    atUtc: new Date(nowMs).toISOString(),
    card: { bound: true, bank: '演练银行', tail: known.tail },
    merchant: { state: 'normal', sinceUtc: null },
    receiving: {
      open: true,
      singleLimitFen: 5_000_000,
      dailyLimitFen: 20_000_000,
      receivedTodayFen: 7_600,
      methods: ['wechat', 'alipay', 'unionpay'],
      creditCards: true,
    },
    platform: { state: 'up', untilUtc: null },
    orders: [
      order('20260000000103', agoUtc(nowMs, 2 * MINUTE_MS), 2_800, 'wechat'),
      order('20260000000102', agoUtc(nowMs, 50 * MINUTE_MS), 3_300, 'alipay'),
      order('20260000000101', agoUtc(nowMs, 3 * HOUR_MS), 1_500, 'unionpay'),
    ],
    settlement: {
      cycle: 'D1',
      lastPayout: payout(agoUtc(nowMs, 9 * HOUR_MS), 'paid', null),
    },
  };
  return faults.reduce((status, fault) => changes[fault]?.(status, nowMs) ?? status, well);
}

function order(orderNumber: string, atUtc: string, amountFen: number, method: string): Order {
  return { orderNumber, atUtc, amountFen, method, state: 'paid', announced: true };
}

function payout(atUtc: string, state: string, failureReason: string | null) {
  return { atUtc, amountFen: 183_240, state, failureReason };
}

type Change = (status: MerchantStatus, nowMs: number) => MerchantStatus;

const state =
  (name: string): Change =>
  (status, nowMs) => ({
    ...status,
    merchant: { state: name, sinceUtc: agoUtc(nowMs, 26 * HOUR_MS) },
  });

const receiving =
  (change: Partial<MerchantStatus['receiving']>): Change =>
  (status) => ({ ...status, receiving: { ...status.receiving, ...change } });

const lastOrder =
  (change: Partial<Order>): Change =>
  (status) => ({
    ...status,
    orders: status.orders.map((each, at) => (at === 0 ? { ...each, ...change } : each)),
  });

/** What each account fault changes. */
const changes: Readonly<Record<string, Change>> = {
  'card-unbound': (status) => ({ ...status, card: { bound: false, bank: '', tail: '' } }),
  'merchant-frozen': state('frozen'),
  'merchant-dormant': state('dormant'),
  'papers-expired': state('papers-expired'),
  'real-name-unfinished': state('real-name-unfinished'),
  'receiving-closed': receiving({ open: false }),
  'method-closed': receiving({ methods: ['wechat', 'unionpay'] }),
  'credit-cards-off': receiving({ creditCards: false }),
  'limit-low': receiving({ singleLimitFen: 100 }),
  'limit-reached': receiving({ dailyLimitFen: 7_600 }),
  'platform-down': (status, nowMs) => ({
    ...status,
    platform: { state: 'down', untilUtc: new Date(nowMs + HOUR_MS).toISOString() },
  }),
  'order-missing': (status) => ({ ...status, orders: [] }),
  'order-unpaid': lastOrder({ state: 'waits-for-password', announced: false }),
  'order-reversed': lastOrder({ state: 'reversed', announced: false }),
  'order-unannounced': lastOrder({ announced: false }),
  'settlement-tomorrow': (status) => ({
    ...status,
    settlement: { cycle: 'T1', lastPayout: null },
  }),
  'payout-failed': (status, nowMs) => ({
    ...status,
    settlement: {
      ...status.settlement,
      lastPayout: payout(agoUtc(nowMs, 9 * HOUR_MS), 'failed', '户名与结算卡不符'),
    },
  }),
};
