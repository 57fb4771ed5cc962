/**
 * Every view and dialogue in both themes under axe (https://github.com/dequelabs/axe-core): nothing
 * that it calls serious or critical. Its script is evaluated over the debugger's protocol, past the
 * page's content security policy, which stays as it is.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { expect, test } from 'vitest';
import type { RunningApp } from './harness.ts';
import { walks } from './places.ts';
import { resize, usual, wear } from './pictures.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function findings({ page }: RunningApp): Promise<string[]> {
  return await page.evaluate(async () => {
    const { axe: script } = globalThis as unknown as { axe: typeof axeCore };
    const { violations } = await script.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => {
          const why = any.map(({ message }) => message).join('; ');
          return `${id}: ${html.slice(0, 220)} (${why.slice(0, 200)})`;
        }),
      );
  });
}

test.each(Object.keys(walks))(
  '%s nothing serious is found in any view',
  async (name) => {
    const [app, walk] = (await walks[name]?.()) ?? [];
    if (app === undefined || walk === undefined) throw new Error(name);
    await resize(app, usual);
    await app.page.evaluate(axe);
    // What moves is neither here nor there while it moves.
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    let views = 0;
    for await (const view of walk) {
      views += 1;
      for (const [locale, theme] of [
        ['zh-CN', 'dark'],
        ['en', 'light'],
      ] as const) {
        await wear(app, locale, theme);
        const some = await findings(app);
        if (some.length > 0) found[`${view}, ${theme}`] = some;
      }
    }
    expect(found).toEqual({});
    expect(views).toBeGreaterThan(1);
    expect(app.complaints).toEqual([]);
  },
  300_000,
);

test('axe finds what is wrong here as well', async () => {
  const [app] = (await walks['without a terminal']?.()) ?? [];
  if (app === undefined) throw new Error('no app');
  await app.page.evaluate(axe);
  await app.page.evaluate(() => {
    const button = document.createElement('button');
    document.querySelector('main')?.append(button);
  });
  expect(await findings(app)).toEqual([expect.stringMatching(/^button-name/) as string]);
});
