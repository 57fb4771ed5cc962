import { describe, expect, it } from 'vitest';
import { androidDumps } from '../../../native-bridge/protocols/android/index.ts';
import {
  celsiusOf,
  millivoltsOf,
  parseBattery,
} from '../../../native-bridge/protocols/android/battery.ts';

const block = (changes: Readonly<Record<string, string>> = {}, after = '') => {
  const keys = {
    'AC powered': 'false',
    'USB powered': 'true',
    status: '2',
    health: '2',
    present: 'true',
    level: '61',
    scale: '100',
    voltage: '3912',
    temperature: '287',
    technology: 'Li-ion',
    ...changes,
  };
  const lines = Object.entries(keys).map(([key, value]) => `  ${key}: ${value}`);
  return `Current Battery Service state:\n${lines.join('\n')}\n${after}`;
};

describe('dumpsys battery', () => {
  it('is read', () => {
    expect(parseBattery(block())).toEqual({
      present: true,
      levelPercent: 61,
      status: 'charging',
      charging: true,
      powered: true,
      celsius: 28.7,
      millivolts: 3912,
      health: 'good',
      technology: 'Li-ion',
      updatesStopped: false,
    });
  });

  it("takes neither a capacity level nor a vendor's log for the level", () => {
    const after = '  Capacity level: 3\n[EventLog]\n10:00 level:12, voltage:3000\n level: 12\n';
    expect(parseBattery(block({}, after)).levelPercent).toBe(61);
    expect(parseBattery(`Capacity level: 3\n${block()}`).levelPercent).toBe(61);
  });

  it("takes the first of a key, and of a vendor's log not even what its own block lacks", () => {
    expect(parseBattery(block({}, '  level: 12\n')).levelPercent).toBe(61);
    const lacks = block({ temperature: '' }, '[EventLog]\n  temperature: 300\n');
    expect(parseBattery(lacks)).toMatchObject({ levelPercent: 61, celsius: null });
  });

  it('tells keys apart that differ by case only, or lack their indent, colon or blank', () => {
    const after = 'LLB CAL:\nVoltage: 1\n  Level: 2\nlevel=3\n  charge counter:0\nMisc event 4\n';
    expect(parseBattery(block({}, after))).toMatchObject({ levelPercent: 61, millivolts: 3912 });
  });

  it('scales the level', () => {
    expect(parseBattery(block({ level: '40', scale: '50' })).levelPercent).toBe(80);
    expect(parseBattery(block({ level: '101' })).levelPercent).toBeNull();
    expect(parseBattery(block({ scale: '0' })).levelPercent).toBeNull();
  });

  it('tells that somebody set the values by hand', () => {
    const faked = block().replace('state:', "state:\n  (UPDATES STOPPED -- use 'reset')");
    expect(parseBattery(faked)).toMatchObject({ updatesStopped: true, levelPercent: 61 });
  });

  it('does not charge while it is full, held or discharging', () => {
    const charging = ['2', '3', '4', '5', '1'].map(
      (status) => parseBattery(block({ status })).charging,
    );
    expect(charging).toEqual([true, false, false, false, null]);
  });

  it.each([
    ['287', 28.7],
    ['-125', -12.5],
    ['28.7', 28.7],
    ['2870', 28.7],
    ['28700', 28.7],
    // Degrees or tenths of them.
    ['25', null],
    ['0', null],
    ['warm', null],
    ['2147483647', null],
  ])('a temperature of %s is %s °C', (text, celsius) => {
    expect(celsiusOf(text)).toBe(celsius);
  });

  it.each([
    ['3912', 3912],
    ['4', 4000],
    ['3.912', 3912],
    ['3912000', 3912],
    ['0', null],
    ['300', null],
  ])('a voltage of %s is %s mV', (text, millivolts) => {
    expect(millivoltsOf(text)).toBe(millivolts);
  });

  it('of a terminal without a battery says that there is none', () => {
    const fields = androidDumps.battery.parse(block({ present: 'false', level: '0' }));
    expect(Object.fromEntries(fields)).toMatchObject({
      levelPercent: '',
      health: '',
      charging: '',
    });
    expect(fields.get('powered')).toBe('true');
  });

  it.each([
    '',
    "Can't find service: battery",
    'level: 40',
    'AC powered:false,USB powered:true,level:100,scale:100',
    "Permission Denial: can't dump BatteryService from from pid=1, uid=2",
  ])('of another shape is unknown: %j', (text) => {
    expect(new Set(androidDumps.battery.parse(text).values())).toEqual(new Set([null]));
  });
});
