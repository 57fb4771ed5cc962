/** What is wrong with the settings, the keys and the terminal's standing with its acquirer. */
import { setting, world } from './fault.ts';

const settings = [
  setting(
    'wrong-merchant',
    'payment-settings',
    { 'merchant/merchant_number': '898310048160999', 'merchant/merchant_name': '老李水果店' },
    ['another merchant’s name and number are set', '商户名和商户号是另一家的'],
  ),
  setting(
    'merchant-number-mistyped',
    'payment-settings',
    { 'merchant/merchant_number': '898310048160010' },
    ['a merchant number that nobody has is set', '商户号输错，收单机构查无此号'],
  ),
  setting('wrong-terminal-number', 'payment-settings', { 'merchant/terminal_number': '10086499' }, [
    'the terminal number of another device is set',
    '终端号是另一台的',
  ]),
  setting('wrong-channel', 'payment-settings', { 'merchant/channel': 'test' }, [
    'the test channel is set',
    '通道设成了测试通道',
  ]),
  setting('wrong-settlement-tail', 'payment-settings', { 'merchant/settle_tail': '0007' }, [
    'another settlement account is set',
    '结算账户是另一个',
  ]),
  setting('payment-method-closed', 'payment-settings', { 'merchant/methods': 'alipay,unionpay' }, [
    'WeChat is not among the payment methods',
    '收款方式里没有微信',
  ]),
  setting('wrong-currency', 'payment-settings', { 'merchant/currency': '344' }, [
    'Hong Kong dollars are set',
    '币种设成了港币',
  ]),
] as const;

const codes = [
  setting('qr-static-instead-of-dynamic', 'qr-mode', { 'merchant/qr_mode': 'static' }, [
    'a static code is shown where dynamic ones are agreed',
    '应出动态码，却出静态码',
  ]),
  setting('qr-payload-foreign', 'qr-mode', { 'merchant/payee': '898310048168888' }, [
    'the displayed code pays another merchant',
    '展示的码付给另一家商户',
  ]),
  setting('qr-presented-merchant', 'qr-mode', { 'merchant/qr_presented': 'merchant' }, [
    'it shows a code and does not scan the payer’s',
    '自己出码，不扫顾客的码',
  ]),
  setting('qr-validity-too-long', 'qr-validity', { 'merchant/qr_validity_s': '86400' }, [
    'codes stay valid for a day',
    '二维码一天都有效',
  ]),
  setting('qr-validity-too-short', 'qr-validity', { 'merchant/qr_validity_s': '30' }, [
    'codes run out after 30 seconds',
    '二维码 30 秒就失效',
  ]),
] as const;

const standing = [
  world('not-activated', 'activation', [
    'it was never activated: nothing was downloaded',
    '终端没激活，什么都没下载',
  ]),
  world('parameters-missing', 'activation', [
    'the acquirer’s parameters were not downloaded',
    '收单参数没下载',
  ]),
  world('main-key-missing', 'activation', ['no main key was loaded', '没有主密钥']),
  world('not-signed-in', 'activation', ['it has not signed in today', '今天没签到']),
  world('device-not-filed', 'device-filing', [
    'the acquirer has another serial number for this terminal number',
    '换过终端没报备，序列号对不上',
  ]),
  world('unsettled-transactions', null, [
    'three transactions are not settled and one is not sent: a reason not to flash',
    '三笔交易没结算，一笔没上送：先别刷机',
  ]),
] as const;

export const paymentFaults = [...settings, ...codes, ...standing] as const;
