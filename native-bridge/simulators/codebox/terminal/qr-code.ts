/**
 * The code on the display: EMVCo merchant-presented TLV (EMV QRCPS Merchant-Presented Mode): two
 * digits of id, two of length counted in characters, the CRC-16/CCITT-FALSE over all before it and
 * its own id and length.
 */
import { crc16 } from '../smp/crc16.ts';
import type { Settings } from './settings.ts';

export interface ShownCode {
  readonly payload: string;
  /** Until the next one; null for a static code. */
  readonly expiresInSeconds: number | null;
}

const HOME_NAME = { chinese: '老王面馆', latin: 'LAOWANG NOODLES' };

/** Null where it waits for the payer's code instead. */
export function shownCode(settings: Settings, uptimeSeconds: number): ShownCode | null {
  if (settings.active('qr/presented') === 'customer') return null;
  const payee = settings.active('qr/payee');
  const own = payee === 'auto';
  const merchant = own ? settings.active('pay/mid') : payee;
  const terminal = own ? settings.active('pay/tid') : '00000001';
  const dynamic = settings.active('qr/mode') === 'dynamic';
  const validity = Number(settings.active('qr/validity_s'));
  const period = Math.floor(uptimeSeconds / validity);
  const chinese = settings.active('pay/merchant_name');
  const additional = dynamic
    ? tlv('05', `T${terminal}${String(period).padStart(6, '0')}`) + tlv('07', terminal)
    : tlv('07', terminal);
  const payload = withCrc(
    tlv('00', '01') +
      tlv('01', dynamic ? '12' : '11') +
      tlv('26', tlv('00', 'cn.posbench.test') + tlv('01', merchant) + tlv('02', terminal)) +
      tlv('52', '5812') +
      tlv('53', settings.active('pay/currency')) +
      (dynamic ? tlv('54', amount(period)) : '') +
      tlv('58', 'CN') +
      tlv('59', latinName(own ? chinese : '', merchant)) +
      tlv('60', 'HANGZHOU') +
      tlv('62', additional) +
      (own ? tlv('64', tlv('00', 'ZH') + tlv('01', chinese)) : ''),
  );
  const left = Math.ceil((period + 1) * validity - uptimeSeconds);
  return { payload, expiresInSeconds: dynamic ? left : null };
}

function latinName(chinese: string, merchant: string): string {
  return chinese === HOME_NAME.chinese ? HOME_NAME.latin : `MERCHANT ${merchant.slice(-6)}`;
}

function amount(period: number): string {
  const cents = 800 + ((period * 1700) % 5400);
  return (cents / 100).toFixed(2);
}

function tlv(id: string, value: string): string {
  return `${id}${String(Array.from(value).length).padStart(2, '0')}${value}`;
}

function withCrc(content: string): string {
  const covered = `${content}6304`;
  const crc = crc16(Buffer.from(covered, 'utf8'), 0xffff);
  return `${covered}${crc.toString(16).toUpperCase().padStart(4, '0')}`;
}
