/** Apps are installed on a simulated Android terminal, over TCP as over any ADB. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  appBench,
  otherSigner,
  packageName,
  registered,
  signer,
  type AppBench,
} from './support.ts';

const first = { versionCode: 7, versionName: '1.7' };
const newer = { versionCode: 8, versionName: '1.8' };

describe.each(['at-700', 'at-900'])('%s', (model) => {
  test('a first installation is proven by what the terminal shows, and leaves no file', async () => {
    const bench = await appBench(model);
    const result = await bench.install(await bench.app(first));
    expect(result).toMatchObject({
      verdict: 'done',
      before: null,
      after: { packageName, ...first },
      state: { key: 'apps_state_installed' },
      undo: { key: 'apps_undo_uninstall' },
    });
    expect(bench.left()).toEqual([]);
  });

  test('an update is proven, and says that going back takes the earlier file', async () => {
    const bench = await appBench(model);
    await bench.install(await bench.app(first));
    expect(await bench.install(await bench.app(newer))).toMatchObject({
      verdict: 'done',
      before: first,
      after: newer,
      state: { key: 'apps_state_updated' },
      undo: { key: 'apps_undo_earlier' },
    });
  });
});

test('the work shows its bytes and, while Android installs, until when it is waited for', async () => {
  const bench = await appBench();
  const more = [{ name: 'assets/big', content: Buffer.alloc(700_000, 'big') }];
  const app = await bench.app(first, { more });
  const phases: string[] = [];
  let sentBytes = 0;
  await bench.install(app, (progress) => {
    if (phases.at(-1) !== progress.phase) phases.push(progress.phase);
    expect(progress.sentBytes).toBeGreaterThanOrEqual(sentBytes);
    ({ sentBytes } = progress);
    expect(progress.untilUtc !== null).toBe(progress.phase === 'install');
  });
  expect(phases).toEqual(['check', 'send', 'install', 'prove']);
  expect(sentBytes).toBeGreaterThan(700_000);
});

describe('whose key changed', () => {
  const rotated = { scheme: 3, signer: otherSigner, olderSigner: signer } as const;

  test('an update is Android 7’s own business where its older signature is the same', async () => {
    const bench = await appBench('at-700');
    await bench.install(await bench.app(first));
    expect(await bench.install(await bench.app(newer, rotated))).toMatchObject({ verdict: 'done' });
  });

  test('an update has to be allowed for Android 13, which reads the newer one', async () => {
    const bench = await appBench('at-900');
    await bench.install(await bench.app(first));
    await expect(bench.install(await bench.app(newer, rotated))).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['app-signer-changed'] } },
    });
  });

  test('an installation is proven by the signer that this Android shows', async () => {
    const bench = await appBench('at-900');
    const app = await bench.app(first, { scheme: 3, signer, rotatedSigner: otherSigner });
    expect(await bench.install(app)).toMatchObject({
      verdict: 'done',
      file: { signature: { scheme: 3.1 } },
    });
  });
});

const profile = (digest: string) => `format: 1
name: acquirer-at900
extends: [training-at900]
model: AT-900
readings:
  payment.appVersion: { from: android-package, packages: [${packageName}], field: versionName }
expected:
  paymentAppSigners: ['${digest}']
`;
const digestOf = ({ certificatePem }: typeof signer) =>
  new X509Certificate(certificatePem).fingerprint256;

describe('where the profile names who signs the payment app', () => {
  test('its first installation by somebody else is refused with advice', async () => {
    const bench = await appBench('at-900', profile(digestOf(signer)));
    await expect(
      bench.install(await bench.app(first, { signer: otherSigner })),
    ).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['apk-other-signer'] } },
    });
    expect(bench.simulated.simulator.device.packages.get(packageName)).toBeUndefined();
  });

  test('its first installation by that signer is done', async () => {
    const bench = await appBench('at-900', profile(digestOf(signer)));
    expect(await bench.install(await bench.app(first))).toMatchObject({ verdict: 'done' });
  });
});

describe('where the profile came to name who signs the payment app', () => {
  const fromNowOn = async (bench: AppBench) => {
    const { bridge, portUrl, terminalId } = bench;
    await bridge.request('disconnect', { terminalId });
    const profileFileId = await registered(bench, 'own.yaml', profile(digestOf(signer)));
    await bridge.request('connect', { portUrl, profileFileId });
  };

  test('an app of somebody else that is there is not updated by its own maker', async () => {
    const bench = await appBench('at-900');
    await bench.install(await bench.app(first, { signer: otherSigner }));
    await fromNowOn(bench);
    await expect(
      bench.install(await bench.app(newer, { signer: otherSigner })),
    ).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['apk-other-signer'] } },
    });
    expect(bench.simulated.simulator.device.packages.get(packageName)).toMatchObject(first);
  });

  test('that signer’s newer key may be allowed, where the one it follows signed the file too', async () => {
    const bench = await appBench('at-900');
    await bench.install(await bench.app(first));
    await fromNowOn(bench);
    const rotated = { scheme: 3, signer: otherSigner, olderSigner: signer } as const;
    await expect(bench.install(await bench.app(newer, rotated))).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['app-signer-changed'] } },
    });
  });
});

describe('before anything is sent', () => {
  test.each([
    ['by another signer', { ...newer }, { signer: otherSigner }, 'app-other-signer'],
    ['that is older', { versionCode: 6 }, {}, 'apk-older'],
    ['for a newer Android', { ...newer, minSdkVersion: 99 }, {}, 'apk-needs-android'],
    [
      'for other processors',
      newer,
      { more: [{ name: 'lib/mips/libpay.so', content: Buffer.from('code') }] },
      'app-wrong-abi',
    ],
  ] as const)('a file %s is refused', async (_, manifest, plan, code) => {
    const bench = await appBench();
    await bench.install(await bench.app(first));
    const app = await bench.app(manifest, plan);
    await expect(bench.install(app)).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: [code] } },
    });
    expect(bench.simulated.simulator.device.packages.get(packageName)).toMatchObject(first);
  });

  test('an unsigned file is refused', async () => {
    const bench = await appBench();
    await expect(bench.install(await bench.app(first, { unsigned: true }))).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['app-refused'] } },
    });
  });

  test('a terminal without room is left alone', async () => {
    const bench = await appBench();
    const { device } = bench.simulated.simulator;
    device.setFault('storage-full', true);
    device.files.write('/data/local/tmp/filler', new Uint8Array(device.freeBytes - 500));
    await expect(bench.install(await bench.app(first))).rejects.toMatchObject({
      fault: { code: 'app-blocked', facts: { blockers: ['app-no-room'] } },
    });
    expect(bench.left()).toEqual(['filler']);
  });

  test('another file than the one that was accepted is refused', async () => {
    const bench = await appBench();
    const app = { ...(await bench.app(first)), acceptedSha256: '00'.repeat(32) };
    await expect(bench.install(app)).rejects.toMatchObject({ fault: { code: 'file-changed' } });
  });

  test('an app that the profile does not name is warned of', async () => {
    const bench = await appBench();
    const { fileId } = await bench.app(first);
    const { terminalId } = bench;
    const { warnings, role } = await bench.bridge.request('inspectApp', { fileId, terminalId });
    expect(role).toBeNull();
    expect(warnings.map(({ code }) => code)).toEqual(['app-not-named']);
  });
});

test('what Android refuses after all is told in its word, with what to do next', async () => {
  const bench = await appBench();
  await bench.install(await bench.app(first));
  const app = await bench.app(newer);
  const { packages } = bench.simulated.simulator.device;
  const result = await bench.install(app, ({ phase }) => {
    const before = packages.get(packageName);
    if (phase !== 'install' || before === undefined) return;
    // Somebody else's app takes its name while the file is on its way.
    packages.install(before, { ...before, signer: 'another', apk: new Uint8Array(1) }, 0);
  });
  expect(result).toMatchObject({
    verdict: 'refused',
    refusal: 'INSTALL_FAILED_UPDATE_INCOMPATIBLE',
    state: { key: 'apps_state_refused' },
    next: { key: 'apps_refusal_signer' },
    after: first,
  });
  expect(bench.left()).toEqual([]);
});

test('only what was installed first in this case is uninstalled', async () => {
  const bench = await appBench();
  const { bridge, terminalId } = bench;
  await bench.install(await bench.app(first));
  expect(await bridge.request('uninstallApp', { terminalId, packageName })).toMatchObject({
    verdict: 'done',
    after: null,
    state: { key: 'apps_state_uninstalled' },
  });
  const named = { terminalId, packageName: 'com.posbench.north.till' };
  await expect(bridge.request('uninstallApp', named)).rejects.toMatchObject({
    fault: { code: 'app-not-fresh' },
  });
});

test('the apps that the profile names are listed, the others counted', async () => {
  const bench = await appBench();
  await bench.install(await bench.app(first));
  const { terminalId } = bench;
  const { apps, others } = await bench.bridge.request('listApps', { terminalId });
  expect(apps).toMatchObject([
    { role: 'payment', packageName: 'com.posbench.north.till', installed: { versionCode: 60208 } },
    { role: 'scanner', packageName: 'com.posbench.north.scan' },
  ]);
  expect(others).toBeGreaterThanOrEqual(1);
});

test.each(['zh-CN', 'en'] as const)('the report tells it: %s', async (locale) => {
  const bench = await appBench();
  const { caseId } = await bench.install(await bench.app(first));
  const report = (format: 'html' | 'json') =>
    bench.bridge.request('makeReport', { caseId, format, locale });
  const { text } = await report('html');
  expect(text).toContain(packageName);
  expect(text).toContain('1.7');
  expect(text).not.toMatch(/\[apps_|undefined/);
  expect(JSON.parse((await report('json')).text)).toMatchObject({
    apps: [{ action: 'install', verdict: 'done', packageName, after: first }],
  });
});
