import { expect, it } from 'vitest';
import { walletOfPaymentCode } from '../../../native-bridge/protocols/emvco/index.ts';

it.each([
  ['134567890123456789', 'wechat'],
  ['104567890123456789', 'wechat'],
  ['164567890123456789', 'unknown'],
  ['13456789012345678', 'unknown'],
  ['2845678901234567', 'alipay'],
  ['304567890123456789012345', 'alipay'],
  ['3045678901234567890123456', null],
  ['6245678901234567890', 'unionpay'],
  ['624567890123456789', 'unknown'],
  ['0145678901234567890', 'unknown'],
  ['284567890123456', null],
  ['https://qr.95516.com/x', null],
  ['', null],
])('the code %s is of %s', (text, wallet) => {
  expect(walletOfPaymentCode(text)).toBe(wallet);
});
