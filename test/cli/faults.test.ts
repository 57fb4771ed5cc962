import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { documentOf, run, sampleFirmware, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const asRoot = process.getuid?.() === 0;
const nobody = 65534;

describe('a fault', () => {
  it('of a missing port says what, what next, and the code for support; exit 3', async () => {
    const { code, stderr } = await run([
      'identify',
      'tcp://127.0.0.1:1',
      '--data',
      temporaryFolder(),
    ]);
    expect(stderr).toContain('✕ 127.0.0.1:1 refused the connection');
    expect(stderr).toContain('Check the address and port number');
    expect(stderr).toContain('port-refused port=127.0.0.1:1');
    expect(code).toBe(3);
  });

  it('of a missing port is said in Chinese too', async () => {
    const args = ['identify', '/dev/ttyNOPE', '--lang', 'zh-CN', '--data', temporaryFolder()];
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(/✕ .*\/dev\/ttyNOPE/);
    expect(stderr).toContain('数据线');
    expect(code).toBe(3);
  });

  it('of a missing file is exit 2', async () => {
    const ran = await run([
      'firmware',
      'inspect',
      '/nope.bin',
      '--json',
      '--data',
      temporaryFolder(),
    ]);
    expect(documentOf(ran)).toMatchObject({
      ok: false,
      exitCode: 2,
      fault: { code: 'file-missing' },
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toBe('');
  });

  it('of a data folder without rights is exit 4', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const user = asRoot ? { uid: nobody } : {};
    const data = join(folder, 'data');
    const ran = await run(['history', '--json', '--data', data], user);
    expect(documentOf(ran).fault).toMatchObject({
      code: 'data-folder-unwritable',
      what: `The data folder ${data} can't be written`,
    });
    expect(ran.code).toBe(4);
  });

  it('of a note of the data folder’s move that can’t be read is exit 4, with the file’s name', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'pos-bench'));
    const note = join(home, 'pos-bench', 'moved-to.json');
    writeFileSync(note, '');
    const ran = await run(['history', '--lang', 'zh-CN', '--json'], {
      env: { XDG_DATA_HOME: home },
    });
    expect(documentOf(ran).fault).toMatchObject({
      code: 'moved-note-unreadable',
      what: `${note} 记着数据文件夹移到了哪里，现在读不出来；没有打开任何检修记录`,
    });
    expect(ran.code).toBe(4);
    expect(readdirSync(join(home, 'pos-bench'))).toEqual(['moved-to.json']);
  });

  it('of a damaged record file is exit 4 and leaves it alone', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'records.db'), 'x'.repeat(5000));
    const ran = await run(['history', '--json', '--data', data]);
    expect(documentOf(ran).fault).toMatchObject({ code: 'records-damaged' });
    expect(ran.code).toBe(4);
  });

  it('of a port nobody named: none is tried unasked; exit 2', async () => {
    const { code, stderr } = await run(['read', '--data', temporaryFolder()]);
    expect(stderr).toMatch(/Name the port|No port here/);
    expect(code).toBe(2);
  });
});

describe('firmware inspect', () => {
  it.each([
    ['codebox-2.0.0.bin', 'ecdsa-p256', 0],
    ['codebox-2.0.0.bin', 'rsa-2048', 4],
    ['bad-payload-bit.bin', 'ecdsa-p256', 4],
    ['bad-truncated.bin', 'ecdsa-p256', 4],
    ['unsigned-1.0.0.bin', 'ecdsa-p256', 4],
  ])('of %s with the key %s ends with %i', async (file, key, expected) => {
    const pem = sampleFirmware(`keys/${key}.pub.pem`);
    const args = ['firmware', 'inspect', sampleFirmware(file), '--key', pem];
    const { code } = await run([...args, '--data', temporaryFolder()]);
    expect(code).toBe(expected);
  });
});

describe('profile check', () => {
  it('names file, line and what was expected; exit 1', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'model.yaml');
    writeFileSync(file, 'format: 1\nname: x\nvendor: v\nmodel: m\nlabels: { en: X }\n');
    const { code, stdout } = await run(['profile', 'check', file, '--data', folder]);
    expect(stdout).toMatch(/model\.yaml:\d+:\d+ .*expected/);
    expect(code).toBe(1);
  });
});
