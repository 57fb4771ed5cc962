/**
 * Pictures of the window for people to judge, in out/screenshots: in both languages and both themes,
 * switched live, at the smallest size that is promised, or a usual one. What no picture may show is checked at once:
 * a message without words, a page that scrolls sideways, words that are cut off.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { outFolder } from '../../build/paths.ts';
import type { RunningApp } from './harness.ts';

const folder = join(outFolder, 'screenshots');
export const smallest = { width: 1024, height: 640 };
export const usual = { width: 1440, height: 900 };
type Look = readonly [locale: 'zh-CN' | 'en', theme: 'light' | 'dark'];
const allLooks: readonly Look[] = [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'dark'],
  ['en', 'light'],
];
/** Enough where only the words are new. */
export const bothLanguages: readonly Look[] = [
  ['zh-CN', 'light'],
  ['en', 'light'],
];

/** One picture for each language and theme; the window ends up in English and light. */
export async function picture(
  app: RunningApp,
  name: string,
  size = smallest,
  looks: readonly Look[] = allLooks,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await resize(app, size);
  for (const [locale, theme] of looks) {
    await wear(app, locale, theme);
    await app.page.mouse.move(0, 0);
    await app.page.screenshot({
      path: join(folder, `${name}.${locale}.${theme}.png`),
      animations: 'disabled',
    });
    const { text, overflow, cut } = await app.page.evaluate(look);
    expect(text).not.toMatch(/\[[a-z0-9]+(_[a-z0-9]+)+\]|undefined|\[object/);
    expect({ name, locale, theme, overflow, cut }).toEqual({
      ...{ name, locale, theme },
      ...{ overflow: 0, cut: [] },
    });
  }
}

/** In the page: its words, by how much it is too wide, and buttons whose words do not fit. */
function look() {
  const cut = [...document.querySelectorAll('button, h1, h2, th')].filter(
    (element) =>
      element.clientWidth > 0 &&
      element.scrollWidth > element.clientWidth + 1 &&
      !element.matches('.visually-hidden, .ellipsis'),
  );
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    text: document.body.innerText,
    overflow: scrollWidth - clientWidth,
    cut: cut.map((element) => element.textContent.trim()),
  };
}

export async function resize({ electron, page }: RunningApp, size: typeof smallest): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  await page.waitForFunction((width) => window.innerWidth === width, size.width);
}

/** A dialogue covers the switches; they are its page's all the same. */
export async function wear({ at, page }: RunningApp, locale: string, theme: string): Promise<void> {
  const worn = () =>
    page.evaluate(() => [
      document.documentElement.lang,
      document.querySelector('[data-theme-choice]')?.getAttribute('data-theme-choice'),
    ]);
  if ((await worn())[0] !== locale) await at('language-switch').dispatchEvent('click');
  while ((await worn())[1] !== theme) await at('theme-switch').dispatchEvent('click');
}
