/** Orders, what the host said last, the displayed code, the payment apps. */
import { responseTexts } from '../trade.ts';
import { good, type Commands, type Run } from './output.ts';

const payStatus: Run = (terminal) => {
  const { orders, unsettled, unsent, reversals } = terminal.ledger();
  const { lastResponse } = terminal.standing();
  const text = lastResponse === null ? '' : ` ${responseTexts[lastResponse] ?? ''}`;
  return good([
    `Orders: ${orders}`,
    `Unsettled: ${unsettled}`,
    `Unsent: ${unsent}`,
    `Reversals: ${reversals}`,
    `Currency: ${terminal.settings.active('pay/currency')}`,
    `Last response: ${lastResponse ?? '-'}${text}`,
  ]);
};

const qrShow: Run = (terminal, _, atMs) => {
  const code = terminal.code(atMs);
  const lines = [
    `Mode: ${terminal.settings.active('qr/mode')}`,
    `Presented: ${terminal.settings.active('qr/presented')}`,
  ];
  if (code === null) return good(lines);
  lines.push(`Payload: ${code.payload}`);
  if (code.expiresInSeconds !== null) lines.push(`Expires: ${code.expiresInSeconds} s`);
  return good(lines);
};

const payApps: Run = (terminal) => {
  const { installed, preferred } = terminal.apps();
  return good([`Acquirers: ${installed.join(',')}`, `Default: ${preferred}`]);
};

export const payCommands: Commands = { 'qr show': qrShow, 'pay status': payStatus };
export const appCommands: Commands = { 'pay apps': payApps };
