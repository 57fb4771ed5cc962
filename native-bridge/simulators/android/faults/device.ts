/** What is wrong with the parts of the terminal, its system and its apps. */
import { app, installed, setting, world } from './fault.ts';

const parts = [
  world('battery-low', 'battery', [
    'the battery is at 12 %, on no charger',
    '电量 12%，没接充电器',
  ]),
  world('battery-empty-not-charging', 'battery', [
    'the battery is at 2 %, plugged in but not charging',
    '电量 2%，接着电源却不充电',
  ]),
  world('battery-hot', 'battery', ['the battery is at 58 degrees', '电池 58 °C']),
  world('battery-worn', 'battery', [
    'the battery is worn after 1,180 cycles',
    '电池循环 1180 次，已老化',
  ]),
  world('tampered', 'tamper', [
    'the case was opened: the keys are erased',
    '机壳被拆过，密钥已清除',
  ]),
  world('storage-full', 'operation', [
    'the data partition is full but for 40 MB',
    '数据分区只剩 40 MB',
  ]),
  setting('volume-muted', 'sound-device', { 'merchant/volume': '0' }, [
    'the volume is 0',
    '音量为 0',
  ]),
  world('announcement-offline', 'sound-device', [
    'the announcement server refuses the terminal: it is bound to another merchant',
    '播报服务器拒绝这台：绑在另一家商户',
  ]),
  world('printer-no-paper', 'printer', ['the printer has no paper', '打印机缺纸']),
  world('printer-lid-open', 'printer', ['the printer’s lid is open', '打印机纸仓盖没关']),
  world('printer-overheated', 'printer', ['the print head is at 71 degrees', '打印头 71 °C，过热']),
] as const;

const scanner = [
  world('scanner-dead', 'scanner', ['the scan engine does not answer', '扫码头不应答']),
  world('scanner-slow', 'scanner', [
    'the scan engine takes eight times as long',
    '扫码头识读慢八倍',
  ]),
  world('scanner-illumination-dead', 'scanner', ['the scanner’s light is dead', '扫码补光灯不亮']),
  setting('scanner-misses-inverted', 'scanner', { 'merchant/scan_inverse': '0' }, [
    'light codes on dark ground are switched off',
    '反白码识读被关掉',
  ]),
  world('scanner-misses-damaged', 'scanner', [
    'the scan engine has firmware 1.02, which corrects no errors',
    '扫码头固件 1.02，缺损的码读不出',
  ]),
] as const;

const system = [
  installed('firmware-old', [
    'the system before the present one is installed',
    '系统停在上一个版本',
  ]),
  installed('old-security-patch', [
    'the system’s security patches are of March 2022',
    '安全补丁停在 2022 年 3 月',
  ]),
  world('managed-pushback', 'system-version', [
    'a management system brings settings back a few seconds after they were corrected',
    '另有管理系统，改好的参数几秒后又被改回',
  ]),
] as const;

const apps = [
  app('payment-app-missing', ['the payment app is not installed', '没装收款应用']),
  app('payment-app-old', ['the payment app is two years old', '收款应用是两年前的版本']),
  app('payment-app-disabled', ['the payment app is disabled', '收款应用被停用']),
  app('scanner-app-disabled', ['the scanner’s app is disabled', '扫码服务被停用']),
  app('two-acquirers', [
    'a second acquirer’s app takes the payments',
    '装了第二家收单机构的应用，且是默认',
  ]),
  app('payment-app-asleep', [
    'the system may put the payment app to sleep: it is off the list of exempt apps',
    '收款应用不在省电白名单，会被系统休眠',
  ]),
] as const;

export const deviceFaults = [...parts, ...scanner, ...system, ...apps] as const;
