/** System properties as `getprop` lists them; computed, so that they follow what is installed. */
import type { Device } from './device.ts';
import { PAYMENT_HOST } from './network.ts';

export function properties(device: Device): Map<string, string> {
  const all = {
    ...product(device),
    ...build(device),
    ...boot(device),
    ...radio(device),
    ...running(device),
    ...vendor(device),
  };
  return new Map(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function product({ model }: Device): Record<string, string> {
  const abi = model.firmware.sdk >= 28 ? 'arm64-v8a' : 'armeabi-v7a';
  return {
    'ro.product.brand': model.brand,
    'ro.product.manufacturer': model.manufacturer,
    'ro.product.model': model.model,
    'ro.product.name': model.device,
    'ro.product.device': model.device,
    'ro.product.board': model.board,
    'ro.board.platform': model.board,
    'ro.hardware': model.board,
    'ro.product.cpu.abi': abi,
    'ro.product.cpu.abilist':
      model.firmware.sdk >= 28 ? `${abi},armeabi-v7a,armeabi` : `${abi},armeabi`,
    'ro.product.locale': 'zh-CN',
    'ro.sf.lcd_density': model.firmware.sdk >= 28 ? '320' : '213',
  };
}

function build({ firmware, fingerprint, model }: Device): Record<string, string> {
  const built = new Date(firmware.builtUtcS * 1000).toUTCString().replace(/,/, '');
  return {
    'ro.build.id': firmware.buildId,
    'ro.build.display.id': `${firmware.buildId} ${firmware.vendorVersion}`,
    'ro.build.fingerprint': fingerprint,
    'ro.build.version.incremental': firmware.incremental,
    'ro.build.version.release': firmware.release,
    'ro.build.version.sdk': String(firmware.sdk),
    'ro.build.version.security_patch': firmware.securityPatch,
    'ro.build.version.codename': 'REL',
    'ro.build.date': built,
    'ro.build.date.utc': String(firmware.builtUtcS),
    'ro.build.type': 'user',
    'ro.build.tags': 'release-keys',
    'ro.build.product': model.device,
    'ro.debuggable': '0',
    'ro.secure': '1',
  };
}

function boot({ model, serialNumber, locked, slot }: Device): Record<string, string> {
  return {
    'ro.serialno': serialNumber,
    'ro.boot.serialno': serialNumber,
    'ro.bootmode': 'unknown',
    'ro.bootloader': `${model.device}-boot-2.4`,
    'ro.boot.flash.locked': locked ? '1' : '0',
    'ro.boot.verifiedbootstate': locked ? 'green' : 'orange',
    ...(model.slots === null
      ? {}
      : { 'ro.boot.slot_suffix': `_${slot ?? ''}`, 'ro.build.ab_update': 'true' }),
    ...(model.userspaceFastboot ? { 'ro.boot.dynamic_partitions': 'true' } : {}),
  };
}

function radio({ cellular }: Device): Record<string, string> {
  const present = cellular.sim !== 'ABSENT';
  return {
    'gsm.version.baseband': 'BENCH_LTE_1.7.3',
    'gsm.sim.state': cellular.sim,
    'gsm.sim.operator.alpha': present ? cellular.operator : '',
    'gsm.sim.operator.numeric': present ? cellular.operatorNumeric : '',
    'gsm.sim.operator.iso-country': present ? 'cn' : '',
    'gsm.operator.alpha': cellular.registered ? cellular.operator : '',
    'gsm.operator.numeric': cellular.registered ? cellular.operatorNumeric : '',
    'gsm.operator.isroaming': 'false',
    'gsm.network.type': cellular.registered ? 'LTE' : 'Unknown',
  };
}

function running({ network, zone, model, wifi }: Device): Record<string, string> {
  // From Android 8 on a shell no longer sees them.
  const old = model.firmware.sdk < 26;
  const dns = Object.fromEntries(network.dns.map((server, at) => [`net.dns${at + 1}`, server]));
  return {
    'dev.bootcomplete': '1',
    'sys.boot_completed': '1',
    'init.svc.adbd': 'running',
    'init.svc.zygote': 'running',
    'persist.sys.timezone': zone,
    'persist.sys.locale': 'zh-CN',
    'persist.sys.usb.config': 'adb',
    'sys.usb.config': 'adb',
    'sys.usb.state': 'adb',
    'wlan.driver.status': wifi.enabled ? 'ok' : 'unloaded',
    'wifi.interface': 'wlan0',
    ...(old ? dns : {}),
    ...(old && network.link === 'wifi'
      ? {
          'dhcp.wlan0.ipaddress': network.address ?? '',
          'dhcp.wlan0.gateway': network.gateway ?? '',
        }
      : {}),
  };
}

/** The two vendors write different names for the same things. */
function vendor({ model, firmware, faults, serialNumber }: Device): Record<string, string> {
  const { vendorPrefix } = model;
  const ours = model.name === 'at-700' ? 'firmware.version' : 'sw.version';
  return {
    [`ro.${vendorPrefix}.${ours}`]: firmware.vendorVersion,
    [`ro.${vendorPrefix}.hw.rev`]: 'B2',
    [`persist.${vendorPrefix}.tusn`]: `00000302${serialNumber}`,
    [`persist.${vendorPrefix}.host.default`]: PAYMENT_HOST,
    [`sys.${vendorPrefix}.sp.state`]: faults.has('tampered') ? 'tampered' : 'secure',
    [`sys.${vendorPrefix}.scan.engine`]: faults.has('scanner-dead') ? '' : 'SE-21',
  };
}
