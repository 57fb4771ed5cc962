import { describe, expect, it, vi } from 'vitest';
import { documentOf, run } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('a wrong argument', () => {
  it.each([
    [['ports', '--jsn'], 'There is no option --jsn: expected --json', 'ports'],
    [['prots'], 'There is no command prots: expected ports', ''],
    [['config', 'aply'], 'There is no command aply: expected apply', 'config'],
    [['firmware', 'inspect'], 'Argument <file> is missing', 'firmware inspect'],
    [['diagnose'], 'Option --symptom <S1..S5> is missing', 'diagnose'],
    [
      ['diagnose', '--symptom', 'S9'],
      "--symptom can't be “S9”: expected S1 | S2 | S3 | S4 | S5",
      'diagnose',
    ],
    [['ports', 'extra'], 'Too many arguments', 'ports'],
    [['history', '--limit'], 'Option --limit <count> needs a value', 'history'],
    [
      ['config', 'restore', 'COM7', 'old.json', '--backup', 'x', '--yes'],
      "--backup and old.json don't go together",
      'config restore',
    ],
    [
      ['console', 'COM7', '--run', 'uptime', '--for', '5'],
      "--run and --for don't go together",
      'console',
    ],
    [['identify', 'nonsense'], '“nonsense” is no port', 'identify'],
    [['read', 'batery'], 'There is no reading batery', 'read'],
    [['--lang', 'fr', 'ports'], "--lang can't be “fr”: expected zh-CN | en", 'ports'],
  ])('%j says what was expected, exit 2', async (args, sentence, path) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(`See pos-bench ${path}`.trimEnd());
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('is said in Chinese where that is the language', async () => {
    const { stderr } = await run(['prots'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(stderr).toContain('没有命令 prots：应为 ports');
  });

  it('is a document with --json', async () => {
    const ran = await run(['firmware', 'flash', '--json']);
    expect(documentOf(ran)).toMatchObject({
      ok: false,
      exitCode: 2,
      usage: { key: 'cli_usage_missing_argument' },
    });
    expect(ran.stderr).toBe('');
  });

  it('of no command at all shows what there is', async () => {
    const { code, stderr } = await run([]);
    expect(stderr).toContain('diagnose');
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it.each([
    ['en', 'Usage:', 'Examples:'],
    ['zh-CN', '用法：', '例：'],
  ])('speaks %s, shows examples and fits 80 columns', async (lang, usage, examples) => {
    const { code, stdout } = await run(['config', 'apply', '--help', '--lang', lang]);
    expect(stdout).toContain(usage);
    expect(stdout).toContain(examples);
    expect(stdout).toContain('pos-bench config apply COM7 qr.mode=dynamic');
    expect(stdout).not.toMatch(/\b(?:undefined|\[object)/);
    expect(code).toBe(0);
  });
});
