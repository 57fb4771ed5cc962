/** More commands than one script holds, and scripts as long as the terminal takes. */
import { expect, it } from 'vitest';
import { AndroidReader } from '../../../native-bridge/operations/readings/android-reader.ts';
import type { Source } from '../../../native-bridge/terminals/profile-source.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';

function file(n: number, more = ''): Source {
  return { from: 'android-file', path: `/sys/${n}${more}`, pattern: null };
}

/** As the scripts' output: each command printed its own words. */
function echoing(maxPayloadBytes?: number) {
  const scripts: string[] = [];
  const daemon = daemonWithShell((script) => {
    scripts.push(script);
    const marker = /^m='([0-9a-f]+)''([0-9a-f]+)'/.exec(script)?.slice(1).join('') ?? '';
    const commands = [...script.matchAll(/^timeout \d+ (.*) <\/dev\/null; c=/gm)];
    const sections = commands.map(([, said], index) => `${said ?? ''}\n\n${marker} o ${index} 0\n`);
    return { output: `\n${marker} o begin 41 42 ok\n${sections.join('')}`, exitCode: 0 };
  }, maxPayloadBytes);
  return { daemon, scripts };
}

/** Without the shell's quotes. */
const plain = (text: string | null) => text?.replaceAll("'", '').trim() ?? null;

async function read(sources: readonly Source[], maxPayloadBytes?: number) {
  const { daemon, scripts } = echoing(maxPayloadBytes);
  const reader = new AndroidReader(await sessionOver(daemon), new AbortController().signal);
  reader.expect(sources);
  const answers = await Promise.allSettled(sources.map((source) => reader.fetch(source)));
  const texts = answers.map((each) =>
    each.status === 'fulfilled' ? plain(each.value.text) : null,
  );
  return { texts, scripts };
}

it('three hundred are asked in three scripts, each answered by its own', async () => {
  const sources = Array.from({ length: 300 }, (_, n) => file(n));
  const { texts, scripts } = await read(sources);
  expect(texts).toEqual(sources.map((_, n) => `cat /sys/${n}`));
  expect(scripts).toHaveLength(3);
});

it('an old daemon gets no script longer than it takes', async () => {
  const sources = Array.from({ length: 100 }, (_, n) => file(n));
  const { texts, scripts } = await read(sources, 4096);
  expect(texts).toEqual(sources.map((_, n) => `cat /sys/${n}`));
  const longest = Math.max(...scripts.map((script) => Buffer.byteLength(script)));
  expect(longest).toBeLessThanOrEqual(4096 - 'shell,v2,raw:'.length - 1);
  expect(longest).toBeGreaterThan(3500);
});

it('one command that is too long for it fails alone', async () => {
  const { texts } = await read([file(1), file(2, '0'.repeat(2000)), file(3)], 2048);
  expect(texts).toEqual(['cat /sys/1', null, 'cat /sys/3']);
});
