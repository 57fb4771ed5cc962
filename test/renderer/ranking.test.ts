/** What a few typed letters mean in the palette. */
import { expect, test } from 'vitest';
import type { Command } from '../../renderer/state/command.ts';
import { ranked } from '../../renderer/state/ranking.ts';

const command = (
  id: string,
  group: Command['group'],
  en: string,
  zh: string,
  more: Pick<Partial<Command>, 'also' | 'detail'> = {},
): Command => ({ id, group, title: { en, 'zh-CN': zh }, ...more, run: () => undefined });

const commands = [
  command('s3', 'terminal', 'Diagnose: S3 the payer was charged', '排查：S3 顾客已扣款', {
    also: '诊断 check',
  }),
  command('tab', 'views', 'Diagnosis', '排查'),
  command('flash', 'terminal', 'Flash firmware: choose an image…', '刷写固件：选择镜像…'),
  command('disconnect', 'terminal', 'Disconnect', '断开'),
  command('console', 'views', 'Console', '控制台'),
  command('terminal', 'terminals', 'N910 · 21-0047', 'N910 · 21-0047'),
  command('case', 'cases', 'Case of 2026-03-04: N910', '2026-03-04 检修记录：N910', {
    detail: 'Red Lantern Noodles',
  }),
];
const first = (typed: string, locale: 'en' | 'zh-CN' = 'en') =>
  ranked(commands, typed, locale)[0]?.id ?? null;

test.each([
  ['diag', 'tab'],
  ['diagnose', 's3'],
  ['扣款', 's3'],
  ['paicha', 'tab'],
  ['zhenduan S3', 's3'],
  ['sxgj', 'flash'],
  ['con', 'console'],
  ['0047', 'terminal'],
  ['lantern', 'case'],
  ['nothing of the kind', null],
])('%s means %s, whatever language the window speaks', (typed, id) => {
  expect([first(typed, 'en'), first(typed, 'zh-CN')]).toEqual([id, id]);
});

test('before anything is typed the cases are not in the way', () => {
  expect(ranked(commands, ' ', 'en').map(({ group }) => group)).not.toContain('cases');
});
