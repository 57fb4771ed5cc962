/**
 * What the vendor's own service knows of the terminal: AT-700 prints it (`dumpsys pbe_terminal`),
 * AT-900 has it in a content provider. Texts, as the vendor writes them.
 */
import type { Device } from './device.ts';
import type { FaultSet } from '../faults.ts';

export function vendorStatus(device: Device): Record<string, string> {
  return { ...standing(device), ...host(device), ...parts(device) };
}

/** Each step rests on the one before. */
function standing({ faults, packages, model }: Device): Record<string, string> {
  const activated = !faults.has('not-activated');
  const tampered = faults.has('tampered');
  const parameters = activated && !faults.has('parameters-missing');
  const key = parameters && !tampered && !faults.has('main-key-missing');
  const filed = !faults.has('device-not-filed');
  const signedIn = key && filed && !faults.has('not-signed-in');
  const pending = faults.has('unsettled-transactions');
  const { payment, otherPayment } = model.apps;
  const acquirers = [payment, otherPayment].filter(({ name }) => packages.get(name) !== undefined);
  return {
    activation: activated ? 'done' : 'missing',
    parameters: parameters ? 'downloaded' : 'missing',
    main_key: tampered ? 'erased' : key ? 'present' : 'missing',
    sign_in: signedIn ? 'done' : filed ? 'missing' : 'refused 40 device not filed',
    tamper: tampered ? 'case opened' : 'none',
    managed_by: faults.has('managed-pushback') ? 'ShopMDM' : '',
    acquirers: acquirers.map(({ name }) => name).join(','),
    orders_unsettled: pending ? '3' : '0',
    orders_unsent: pending ? '1' : '0',
  };
}

function host(device: Device): Record<string, string> {
  const { host: answer } = device.network;
  return {
    host: device.settings.merchant('payment_host'),
    host_reach: answer.reach,
    host_loss_percent: String(answer.lossPercent),
    host_rtt_ms: String(answer.rttMs),
    host_jitter_ms: String(answer.jitterMs),
    host_tls: answer.tls,
  };
}

function parts({ faults }: Device): Record<string, string> {
  return {
    announcement: faults.has('announcement-offline') ? 'refused' : 'online',
    printer: printer(faults),
    printer_head_celsius: faults.has('printer-overheated') ? '71' : '33',
    scanner: scannerTest(faults),
    scanner_firmware: faults.has('scanner-misses-damaged') ? '1.02' : '1.10',
    scanner_decode_ms: faults.has('scanner-dead') ? '' : faults.has('scanner-slow') ? '680' : '85',
    battery_cycles: faults.has('battery-worn') ? '1180' : '146',
  };
}

function printer(faults: FaultSet): string {
  if (faults.has('printer-lid-open')) return 'lid open';
  if (faults.has('printer-no-paper')) return 'paper out';
  return faults.has('printer-overheated') ? 'overheated' : 'ready';
}

/** The scan engine's self-test. */
export function scannerTest(faults: FaultSet): string {
  if (faults.has('scanner-dead')) return 'no answer';
  return faults.has('scanner-illumination-dead') ? 'illumination failed' : 'ok';
}
