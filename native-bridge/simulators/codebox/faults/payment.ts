/** What is wrong with the settings, the keys and the terminal's standing with its acquirer. */
import { setting, world } from './fault.ts';

const codebox = ['codebox'] as const;
const counter = ['counter'] as const;

const settings = [
  setting(
    'wrong-merchant',
    'payment-settings',
    { 'pay/mid': '898310048160999', 'pay/merchant_name': '老李水果店' },
    'another merchant’s name and number are set',
  ),
  setting(
    'merchant-number-mistyped',
    'payment-settings',
    { 'pay/mid': '898310048160010' },
    'a merchant number that nobody has is set',
  ),
  setting(
    'wrong-terminal-number',
    'payment-settings',
    { 'pay/tid': '10086499' },
    'the terminal number of another device is set',
  ),
  setting(
    'wrong-channel',
    'payment-settings',
    { 'pay/channel': 'test' },
    'the test channel is set',
  ),
  setting(
    'wrong-settlement-tail',
    'payment-settings',
    { 'pay/settle_tail': '0007' },
    'another settlement account is set',
  ),
  setting(
    'payment-method-closed',
    'payment-settings',
    { 'pay/methods': 'alipay,unionpay' },
    'WeChat is not among the payment methods',
  ),
  setting(
    'wrong-currency',
    'payment-settings',
    { 'pay/currency': '344' },
    'Hong Kong dollars are set',
  ),
] as const;

const codes = [
  setting(
    'qr-static-instead-of-dynamic',
    'qr-mode',
    { 'qr/mode': 'static' },
    'a static code is shown where dynamic ones are agreed',
    codebox,
  ),
  setting(
    'qr-payload-foreign',
    'qr-mode',
    { 'qr/payee': '898310048168888' },
    'the displayed code pays another merchant',
    codebox,
  ),
  setting(
    'qr-presented-customer',
    'qr-mode',
    { 'qr/presented': 'customer' },
    'it waits for the payer’s code and shows none',
    codebox,
  ),
  setting(
    'qr-presented-merchant',
    'qr-mode',
    { 'qr/presented': 'merchant' },
    'it shows a code and does not scan the payer’s',
    counter,
  ),
  setting(
    'qr-validity-too-long',
    'qr-validity',
    { 'qr/validity_s': '86400' },
    'codes stay valid for a day',
    codebox,
  ),
  setting(
    'qr-validity-too-short',
    'qr-validity',
    { 'qr/validity_s': '30' },
    'codes run out after 30 seconds',
    codebox,
  ),
] as const;

const standing = [
  world('not-activated', 'activation', 'it was never activated: nothing was downloaded'),
  world('parameters-missing', 'activation', 'the acquirer’s parameters were not downloaded'),
  world('main-key-missing', 'activation', 'no main key was loaded'),
  world('not-signed-in', 'activation', 'it has not signed in today'),
  world(
    'device-not-filed',
    'device-filing',
    'the acquirer has another serial number for this terminal number',
  ),
  world('two-acquirers', 'device-filing', 'a second acquirer’s app takes the payments', counter),
  world(
    'managed-pushback',
    'system-version',
    'a management system brings settings back a few seconds after they were corrected',
  ),
  world(
    'unsettled-transactions',
    null,
    'three transactions are not settled and one is not sent: a reason not to flash',
  ),
] as const;

export const paymentFaults = [...settings, ...codes, ...standing] as const;
