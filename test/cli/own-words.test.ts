/** What the shell says of training faults and of an image, in the language and with the profile asked for. */
import { expect, it, vi } from 'vitest';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { faults } from '../../native-bridge/simulators/codebox/faults.ts';
import { trainingFaultWords } from '../../native-bridge/wording/index.ts';
import { documentOf, run, sampleFirmware, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

it('every fault of the simulator has words in both languages', () => {
  for (const { name } of faults) {
    const said = (locale: 'zh-CN' | 'en') => trainingFaultWords({ name, description: '' }, locale);
    expect([name, said('zh-CN')]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
    expect([name, said('en')]).toEqual([name, expect.stringMatching(/\w/u)]);
  }
});

it('simulate --list-faults speaks the language asked for, and --json is the same in both', async () => {
  const list = ['simulate', '--list-faults', '--data', temporaryFolder()];
  const chinese = await run([...list, '--lang', 'zh-CN']);
  expect(chinese.stdout).toContain('电量 12%，没接充电器');
  const documents = await Promise.all(
    ['zh-CN', 'en'].map(async (lang) => documentOf(await run([...list, '--json', '--lang', lang]))),
  );
  expect(documents[0]).toEqual(documents[1]);
});

it('firmware inspect takes a profile file, and says which line of it is wrong', async () => {
  const folder = temporaryFolder();
  const own = join(folder, 'own.yaml');
  const profile = (reading: string) =>
    `format: 1\nname: own-box\nextends: [training-codebox]\nvendor: Own\nmodel: OB-1\nlabels: { zh-CN: 自有, en: Own }\n${reading}`;
  const inspect = ['firmware', 'inspect', sampleFirmware('codebox-2.0.0.bin'), '--profile', own];
  const data = ['--data', folder];

  writeFileSync(own, profile(''));
  expect((await run([...inspect, ...data])).stdout).toContain('valid · training');
  writeFileSync(own, profile('readings: nonsense\n'));
  const wrong = await run([...inspect, ...data]);
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('own.yaml, line 7');
});
