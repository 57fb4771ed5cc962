/** Everything that speaks against a flash, on terminals of which it is true. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { flashAllowances, type FlashPlan } from '../../../native-bridge/contract/firmware.ts';
import type { Options } from '../../../native-bridge/simulators/codebox/options.ts';
import { VirtualBench, type PluggedBox, type Program } from '../../support/virtual-bench.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/firmware/${name}`, import.meta.url));
const older = fixture('codebox-1.9.9-older.bin');
const update = fixture('codebox-2.0.0.bin');
const wholeSlot = { slotSize: 0x80000 };

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Stage {
  readonly bench: VirtualBench;
  readonly box: PluggedBox;
  readonly program: Program;
  readonly plan: (file: string, profile?: string) => Promise<FlashPlan>;
}

type StageOptions = Omit<Partial<Options>, 'firmware'> & { readonly firmware?: string };

async function stage(options: StageOptions = {}): Promise<Stage> {
  const bench = new VirtualBench();
  ends.push(() => bench.end());
  const { firmware = older, ...more } = options;
  const bytes = new Uint8Array(readFileSync(firmware));
  const box = await bench.box('a', { ...wholeSlot, ...more, firmware: bytes });
  const program = await bench.start();
  const { bridge } = program;
  const plan = async (file: string, profile?: string): Promise<FlashPlan> => {
    const profileFileId =
      profile === undefined ? null : (await bridge.registerFile(written(profile))).fileId;
    const params = { portUrl: box.url, profileFileId };
    const { id } = await bench.time.run(bridge.request('connect', params));
    const { fileId } = await bridge.registerFile(file);
    return await bench.time.run(bridge.request('planFlash', { terminalId: id, fileId }));
  };
  return { bench, box, program, plan };
}

/** The training profile with something else in its firmware. */
function written(firmware: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-profile-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'model.yaml');
  writeFileSync(
    file,
    [
      'format: 1',
      'name: of-a-test',
      'extends: [training-codebox]',
      'vendor: POS Bench',
      'model: CB-200',
      'labels: { zh-CN: 测试, en: Test }',
      'firmware:',
      '  family: mcuboot',
      ...firmware.split('\n').map((line) => `  ${line}`),
      '',
    ].join('\n'),
  );
  return file;
}

const codes = (list: readonly { readonly code: string }[]): string[] =>
  list.map(({ code }) => code);

describe('a plan', () => {
  it('of an ordinary update has nothing against it, and says what the way back is', async () => {
    const plan = await (await stage()).plan(update);
    expect(codes(plan.blockers)).toEqual([]);
    expect(plan.wayBack?.key).toBe('way_back_trial');
    expect(plan.lostShare).toBe(0);
    expect(plan.steps.reduce((sum, { predictedMs }) => sum + predictedMs, 0)).toBe(
      plan.predictedMs,
    );
  });

  it.each([
    ['battery-low', ['battery-low']],
    ['battery-empty-not-charging', ['battery-low']],
    ['unsettled-transactions', ['unsettled', 'unsent']],
  ])('of a terminal with %s is blocked by %j', async (fault, expected) => {
    const { box, plan } = await stage();
    box.simulator.setFault(fault, true);
    expect(codes((await plan(update)).blockers)).toEqual(expected);
  });

  it('of an older image that is not the admitted one names both at once', async () => {
    const { blockers } = await (await stage({ firmware: update })).plan(older);
    expect(codes(blockers)).toEqual(['image-older', 'not-admitted']);
    expect(blockers.every(({ allowable }) => allowable)).toBe(true);
  });

  it('of an image for a smaller slot than it needs is refused', async () => {
    const small = await stage({ slotSize: 0x40000 });
    const { blockers } = await small.plan(fixture('fills-slot-4.0.0.bin'));
    expect(codes(blockers)).toContain('image-refused');
  });

  it('of an image that fits but leaves no room to swap says so', async () => {
    const { blockers } = await (await stage()).plan(fixture('fills-slot-4.0.0.bin'));
    expect(codes(blockers)).toEqual(['not-admitted', 'no-trailer-room']);
  });

  it('where another model answers is blocked, and can not be allowed', async () => {
    const { blockers } = await (await stage()).plan(update, 'models: [CB-900]');
    const wrong = blockers.find(({ code }) => code === 'wrong-model');
    expect(wrong).toMatchObject({
      allowable: false,
      text: { facts: { found: 'CB-200', expected: ['CB-900'] } },
    });
  });

  it.each([
    ['overwrite-only', 'way_back_overwrite'],
    ['direct-xip', 'way_back_no_confirm'],
  ] as const)('in mode %s has no way back, and says why', async (bootloaderMode, key) => {
    const plan = await (await stage({ bootloaderMode })).plan(update);
    expect(codes(plan.blockers)).toContain('no-way-back');
    expect(plan.wayBack?.key).toBe(key);
    expect(plan.canRevert).toBe(false);
  });

  it('of an image that needs another image, which the terminal does not show, warns of it', async () => {
    const { warnings } = await (await stage()).plan(fixture('codebox-2.1.0-protected-tlvs.bin'));
    expect(codes(warnings)).toEqual(
      expect.arrayContaining(['dependency-unknown', 'counter-unknown']),
    );
  });

  it.each([
    ['keepsKeys: true', []],
    ['swapTimeoutMs: 60000', []],
    ['keepsKeys: false', ['keys-lost']],
    ['keepsKeys: true\nafterFlash: [activation]', ['keys-lost']],
  ])('with "%s" in the profile says of keys: %j', async (firmware, expected) => {
    const { warnings } = await (await stage()).plan(update, firmware);
    expect(codes(warnings).filter((code) => code.startsWith('keys-'))).toEqual(expected);
  });

  it('of a terminal of an unknown model says that nobody knows about its keys', async () => {
    const { bench, box, program } = await stage();
    const { bridge } = program;
    const params = { portUrl: box.url, profile: 'zephyr-generic' };
    const { id } = await bench.time.run(bridge.request('connect', params));
    const { fileId } = await bridge.registerFile(update);
    const plan = await bench.time.run(bridge.request('planFlash', { terminalId: id, fileId }));
    expect(codes(plan.warnings)).toEqual(
      expect.arrayContaining(['keys-unknown', 'identity-assumed', 'model-unproven']),
    );
    expect(plan.warnings.find(({ code }) => code === 'identity-assumed')?.allowable).toBe(true);
  });

  it('names nothing as allowable that can not be allowed', async () => {
    const { box, plan } = await stage({ bootloaderMode: 'overwrite-only', firmware: update });
    box.simulator.setFault('unsettled-transactions', true);
    const { blockers, warnings } = await plan(older);
    const names = codes([...blockers, ...warnings].filter(({ allowable }) => allowable === true));
    expect(names.length).toBeGreaterThan(3);
    expect(flashAllowances).toEqual(expect.arrayContaining(names));
  });
});

describe('after a flash of this terminal', () => {
  it('a lower security counter is known, and its times are learnt', async () => {
    const { bench, box, program, plan } = await stage();
    const counted = fixture('codebox-2.1.0-protected-tlvs.bin');
    const first = await plan(counted, 'admittedVersion: 2.1.0');
    expect(first.timesFrom).toBe('profile');
    const { bridge } = program;
    const asked = { terminalId: first.terminalId, fileId: first.fileId };
    const accepted = { acceptedSha256: first.image.fileSha256, allow: [...flashAllowances] };
    const done = await bench.time.run(bridge.request('flash', { ...asked, ...accepted }));
    expect(done.verdict).toBe('done');
    expect(done.timings?.restartMs).toBeGreaterThan(0);
    const again = await plan(update, 'admittedVersion: 2.1.0');
    expect(again.timesFrom).toBe('terminal');
    expect(again.blockers.find(({ code }) => code === 'security-counter')?.text.facts).toEqual({
      counter: 0,
      known: 5,
    });
    expect(box.simulator.state()).toMatchObject({ power: 'application' });
  });
});
