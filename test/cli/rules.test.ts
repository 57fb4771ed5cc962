/** The trade knowledge from the shell: checking a file, listing, explaining, and the cards. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { requests, type RequestName } from '../../native-bridge/contract/requests.ts';
import { goodRules } from '../terminals/rules-support.ts';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A data folder with these files in its `rules`. */
function dataFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'rules'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'rules', name), text);
  return folder;
}

function ruleFile(text: string): string {
  const path = join(temporaryFolder(), 'own.yaml');
  writeFileSync(path, text);
  return path;
}

async function result(args: readonly string[], shape: RequestName): Promise<unknown> {
  const document = documentOf(await run([...args, '--json']));
  return requests[shape].result.parse(document.result);
}

describe('rules check', () => {
  it('finds nothing wrong with a good file', async () => {
    const { code, stdout } = await run(['rules', 'check', ruleFile(goodRules)]);
    expect(stdout).toContain('✓ corner-shop has no mistakes');
    expect(code).toBe(0);
  });

  it('says line, what was expected and what stands there, in either language', async () => {
    const file = ruleFile(
      goodRules.replace('merchant-frozen', 'merchant-frozn').replace('(门店|本店)未上架', '(?=a)'),
    );
    const english = await run(['rules', 'check', file]);
    expect(english.stdout).toContain('own.yaml:16:14');
    expect(english.stdout).toContain('expected a regular expression of the RE2 kind');
    expect(english.stdout).not.toContain('undefined');
    expect(english.code).toBe(1);
    const chinese = await run(['rules', 'check', file, '--lang', 'zh-CN']);
    expect(chinese.stdout).toMatch(/own\.yaml:16:14 .*应为/u);
  });

  it('refuses ten megabytes in one sentence', async () => {
    const { code, stdout } = await run(['rules', 'check', ruleFile('a: b\n'.repeat(2_000_000))]);
    expect(stdout).toContain('Mistakes: 1');
    expect(stdout).toContain('a file of at most 128 KB');
    expect(code).toBe(1);
  });
});

describe('rules explain', () => {
  it('says what a phrase means, who acts and which papers', async () => {
    const { code, stdout } = await run(['rules', 'explain', '收款方账户异常'], {
      env: { LANG: 'zh_CN.UTF-8' },
    });
    expect(stdout).toContain('收款账户被冻结');
    expect(stdout).toContain('谁来办：商户');
    expect(stdout).toContain('营业执照');
    expect(stdout).toContain('有公开出处');
    expect(code).toBe(0);
  });

  it('says what a code means, in English', async () => {
    const { stdout } = await run(['rules', 'explain', '97']);
    expect(stdout).toContain('Response code 97');
    expect(stdout).toContain('Who acts: acquirer');
    expect(stdout).toContain('photo of the device label');
  });

  it('takes the words of several arguments for one text, under one symptom', async () => {
    const asked = ['rules', 'explain', '交易失败', '出款失败', '--symptom', 's5'];
    expect(await result(asked, 'explainText')).toMatchObject({
      meanings: [{ kind: 'phrase', id: 'payout-failed', condition: 'settlement-payout-failed' }],
      acting: [{ actor: 'acquirer' }],
    });
  });

  it('says what to do about words that nobody knows', async () => {
    const { code, stdout } = await run(['rules', 'explain', '今天天气不错']);
    expect(stdout).toContain('Nobody wrote down what this means');
    expect(code).toBe(0);
  });

  it.each([[' '], ['啊'.repeat(2_001)]])('refuses an empty or endless text', async (text) => {
    const { code, stderr } = await run(['rules', 'explain', text]);
    expect(stderr).toContain('must not be empty nor longer than 2,000 characters');
    expect(code).toBe(2);
  });

  it('shows hostile text of a rule file without its controls, because such a file is refused', async () => {
    const hostile = goodRules.replace('en: Not listed', 'en: "\\e[2JNot listed"');
    const ran = await run(['rules', 'explain', '门店未上架', '--rules', ruleFile(hostile)]);
    expect(ran.code).toBe(4);
    expect(ran.stdout + ran.stderr).not.toContain('\u001b[2J');
  });
});

describe('a rule file of the shop', () => {
  it('in the data folder counts by itself, and its name is said', async () => {
    const data = dataFolder({ 'own.yaml': goodRules, 'notes.txt': 'no rules' });
    const known = await run(['rules', 'explain', '本店未上架', '--data', data]);
    expect(known.stdout).toContain('Not listed');
    expect(known.stdout).toContain('(from own.yaml)');
    const listed = await run(['rules', 'list', '--data', data]);
    expect(listed.stdout).toContain('Rule files of your own: own.yaml');
    expect(listed.stdout).toContain('own.yaml replaces acting / acquirer (from shipped)');
  });

  it('in the data folder that is broken is left out with a warning, and the rest counts', async () => {
    const data = dataFolder({
      'a-broken.yaml': goodRules.replace('symptoms: [S2]', 'symptoms: [S9]'),
      'b-good.yaml': goodRules,
    });
    const { code, stdout, stderr } = await run(['rules', 'explain', '本店未上架', '--data', data]);
    expect(stderr).toContain(
      'The rule file a-broken.yaml is left out, line 22: expected one of S1',
    );
    expect(stdout).toContain('(from b-good.yaml)');
    expect(code).toBe(0);
  });

  it('given with --rules goes over the folder’s, and must be right', async () => {
    const data = dataFolder({ 'own.yaml': goodRules });
    const later = ruleFile(goodRules.replaceAll('en: Not listed', 'en: Listed nowhere'));
    const given = await run(['rules', 'explain', '本店未上架', '--data', data, '--rules', later]);
    expect(given.stdout).toContain('Listed nowhere');
    expect(given.stdout).not.toContain('Not listed');

    const broken = ruleFile(goodRules.replace('format: 1', 'format: 9'));
    const refused = await run(['rules', 'list', '--data', data, '--rules', broken]);
    expect(refused.stderr).toContain('own.yaml, line 1: expected one of 1');
    expect(refused.code).toBe(4);
    const missing = await run(['rules', 'list', '--data', data, '--rules', '/nowhere.yaml']);
    expect(missing.code).toBe(2);
  });

  it('that is broken stops no diagnosis from the folder, and with --rules stops it at once', async () => {
    const box = await simulate();
    mkdirSync(join(box.data, 'rules'));
    writeFileSync(join(box.data, 'rules', 'broken.yaml'), 'nonsense');
    const diagnose = ['diagnose', box.url, '--symptom', 'S1', '--data', box.data];
    const ran = await run(diagnose);
    expect(ran.stdout).toContain('CB-200');
    expect(ran.stderr).toContain('The rule file broken.yaml is left out, line 1: expected a map');
    expect([0, 1]).toContain(ran.code);
    const refused = await run([...diagnose, '--rules', ruleFile('nonsense')]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('own.yaml, line 1: expected a map');
  });
});

describe('rules list', () => {
  it('is the contract’s shape', async () => {
    expect(await result(['rules', 'list', '--data', dataFolder()], 'getKnowledge')).toMatchObject({
      files: [],
      overridden: [],
      warnings: [],
    });
  });

  it.each(['codes', 'phrases', 'acting', 'papers', 'cards'])('%s fits the width', async (part) => {
    for (const lang of ['zh-CN', 'en']) {
      const { code, stdout } = await run(['rules', 'list', part, '--lang', lang]);
      expect(stdout).not.toMatch(/undefined|\[object/u);
      expect(code).toBe(0);
    }
  });

  it('of a part that is none says which there are', async () => {
    const { code, stderr } = await run(['rules', 'list', 'colours']);
    expect(stderr).toContain('codes | phrases | acting | papers | cards');
    expect(code).toBe(2);
  });
});

describe('card', () => {
  it('lists the cards', async () => {
    const { stdout } = await run(['card']);
    for (const name of ['payer-scans-dynamic', 'payer-scans-static', 'merchant-scans', 'sign-in']) {
      expect(stdout).toContain(name);
    }
  });

  it('is one page in both languages that runs and loads nothing', async () => {
    const file = join(temporaryFolder(), 'card.html');
    const { code, stdout } = await run(['card', 'refund-void', '-o', file]);
    expect(stdout).toContain(file);
    expect(code).toBe(0);
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('撤销与退款');
    expect(page).toContain('Void and refund');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|src=|href=|undefined|\[object/u);
  });

  it('of a shop’s own file can’t break out of the page', async () => {
    const own = ruleFile(goodRules.replace('en: Switch on', 'en: "<script>alert(1)</script>"'));
    const { stdout } = await run(['card', 'own-card', '--rules', own]);
    expect(stdout).toContain('&lt;script&gt;');
    expect(stdout).not.toContain('<script');
  });

  it('that does not exist is named with those that do', async () => {
    const { code, stderr } = await run(['card', 'nonsense']);
    expect(stderr).toContain('There is no operating card nonsense; there are payer-scans-dynamic');
    expect(code).toBe(2);
  });
});
