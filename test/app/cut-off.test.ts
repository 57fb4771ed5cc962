/**
 * No words are cut off: every view and dialogue in both languages at the smallest size of the window,
 * as it is and with text at 150 %. What has no room may end in "…" only where the whole can be had.
 */
import { expect, test } from 'vitest';
import type { RunningApp } from './harness.ts';
import { walks } from './places.ts';
import { resize, smallest, wear } from './pictures.ts';

/** In the page: words that are cut off by a box that does not scroll, and a window that scrolls sideways. */
function cutOff(): string[] {
  const found: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = wide.map((one) => `${one.tagName}.${String(one.getAttribute('class'))}`);
    found.push(`the window is ${scrollWidth - clientWidth} px too wide: ${names.join(' ')}`);
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text === '' || parent === null || parent.closest('.visually-hidden, svg, [title]'))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const by = rect.width > 1 ? cutBy(parent, rect) : null;
      if (by === null) continue;
      found.push(`${text.slice(0, 60)} — by ${by}`);
      break;
    }
  }
  return found;

  function cutBy(from: Element, { left, right, top, bottom }: DOMRect): string | null {
    let [seesX, seesY] = [true, true];
    for (let box: Element | null = from; box !== null; box = box.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // Words for screen readers alone.
      if (edge.width <= 1) return null;
      const name = `${box.tagName}.${String(box.getAttribute('class'))}`;
      if (seesX && ['hidden', 'clip'].includes(overflowX)) {
        if (right > edge.right + 1.5 || left < edge.left - 1.5) return `${name} sideways`;
      }
      if (seesY && ['hidden', 'clip'].includes(overflowY)) {
        if (bottom > edge.bottom + 3 || top < edge.top - 3) return `${name} in height`;
      }
      // What scrolls can be scrolled to; what is fixed is the window's.
      if (['auto', 'scroll'].includes(overflowX)) seesX = false;
      if (['auto', 'scroll'].includes(overflowY)) seesY = false;
      if (position === 'fixed') break;
    }
    if (seesX && (right > window.innerWidth + 1.5 || left < -1.5)) return 'the window sideways';
    return null;
  }
}

async function setTextSize({ page }: RunningApp, percent: 100 | 150): Promise<void> {
  await page.evaluate(
    (textSizePercent) => window.posBench.preferences.set({ textSizePercent }),
    percent,
  );
  const width = Math.round((smallest.width * 100) / percent);
  await page.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) <= 1, width);
}

test.each(Object.keys(walks))(
  '%s no words are cut off in any view',
  async (name) => {
    const [app, walk] = (await walks[name]?.()) ?? [];
    if (app === undefined || walk === undefined) throw new Error(name);
    await resize(app, smallest);
    const found: Record<string, string[]> = {};
    let views = 0;
    for await (const view of walk) {
      views += 1;
      for (const percent of [150, 100] as const) {
        await setTextSize(app, percent);
        for (const locale of ['zh-CN', 'en']) {
          await wear(app, locale, 'light');
          const some = await app.page.evaluate(cutOff);
          if (some.length > 0) found[`${view}, ${locale}, ${percent} %`] = some;
        }
      }
    }
    expect(found).toEqual({});
    expect(views).toBeGreaterThan(1);
  },
  300_000,
);

test('words that are cut off are found', async () => {
  const [app] = (await walks['without a terminal']?.()) ?? [];
  if (app === undefined) throw new Error('no app');
  expect(await app.page.evaluate(cutOff)).toEqual([]);
  await app.page.evaluate(() => {
    const box = document.createElement('p');
    box.style.cssText = 'width: 40px; overflow: hidden; white-space: nowrap';
    box.textContent = 'Words that are longer than their box';
    document.querySelector('main')?.append(box);
  });
  expect(await app.page.evaluate(cutOff)).toEqual([
    expect.stringContaining('Words that are longer') as string,
  ]);
});
