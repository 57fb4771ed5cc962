/** What `getvar` answers; `all` lists them in this order. */
import type { Device } from '../device/device.ts';

const hex = (value: number): string => `0x${value.toString(16)}`;

export function variables(device: Device, userspace: boolean): Map<string, string> {
  const { model, battery, faults } = device;
  const yes = (flag: boolean): string => (flag ? 'yes' : 'no');
  return new Map([
    ['version', '0.4'],
    ['version-bootloader', device.bootloaderVersion],
    ['version-baseband', 'BENCH_LTE_1.7.3'],
    ['product', faults.has('fastboot-wrong-product') ? 'another' : model.device],
    ['serialno', faults.has('fastboot-other-serial') ? 'OTHER0001' : device.serialNumber],
    ['variant', model.board],
    ['hw-revision', 'B2'],
    ['secure', 'yes'],
    ['unlocked', yes(!device.locked)],
    ['is-userspace', yes(userspace)],
    ['max-download-size', hex(device.maxDownloadBytes)],
    ['logical-block-size', '0x1000'],
    ['erase-block-size', '0x1000'],
    ['battery-voltage', String(battery.millivolts)],
    ['battery-soc-ok', yes(battery.levelPercent >= 15)],
    ['off-mode-charge', '1'],
    ['version-os', device.firmware.release],
    ['security-patch-level', device.firmware.securityPatch],
    ...slots(device),
    ...partitions(device, userspace),
  ]);
}

function slots({ model, slot, installation }: Device): [string, string][] {
  if (model.slots === null) return [['slot-count', '0']];
  const each = model.slots.flatMap((name): [string, string][] => [
    [`slot-successful:${name}`, installation.successful.has(name) ? 'yes' : 'no'],
    [`slot-unbootable:${name}`, name === installation.unbootable ? 'yes' : 'no'],
    [`slot-retry-count:${name}`, name === slot ? '7' : '6'],
  ]);
  return [
    ['slot-count', String(model.slots.length)],
    ['current-slot', slot ?? ''],
    ['super-partition-name', 'super'],
    ['snapshot-update-status', 'none'],
    ...each,
  ];
}

function partitions(
  { model, partitions: all, faults }: Device,
  userspace: boolean,
): [string, string][] {
  const bases = model.partitions.filter(({ logical }) => userspace || logical !== true);
  const shared = bases.map(({ name, slotted }): [string, string] => [
    `has-slot:${name}`,
    slotted && model.slots !== null ? 'yes' : 'no',
  ]);
  const each = all
    .list(userspace)
    .flatMap(({ fullName, bytes, type, logical }): [string, string][] => [
      ...(faults.has('fastboot-no-partition-type')
        ? []
        : ([[`partition-type:${fullName}`, type]] as [string, string][])),
      [`partition-size:${fullName}`, hex(bytes)],
      ...(userspace
        ? ([[`is-logical:${fullName}`, logical ? 'yes' : 'no']] as [string, string][])
        : []),
    ]);
  return [...shared, ...each];
}
