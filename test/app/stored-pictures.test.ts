/** Every view as it was last judged: at two sizes, in both themes, Chinese in the light one. */
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { connect, merchantFile, plugIn, updateImage } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';
import { resize, usual, smallest, wear } from './pictures.ts';
import {
  differenceFromStored,
  differingShare,
  halved,
  storeForReadme,
  toleratedShare,
} from './stored.ts';

const looks = [
  ['zh-CN', 'light'],
  ['en', 'dark'],
] as const;

/** Those that differ by more than is tolerated, with how much. */
async function compare(app: RunningApp, name: string): Promise<string[]> {
  const different: string[] = [];
  for (const size of [smallest, usual]) {
    await resize(app, size);
    for (const [locale, theme] of looks) {
      await wear(app, locale, theme);
      await app.page.mouse.move(0, 0);
      const take = (): Promise<Buffer> =>
        app.page.screenshot({ animations: 'disabled', caret: 'hide' });
      const full = `${name}.${String(size.width)}.${theme}`;
      const share = await differenceFromStored(full, take);
      if (share > toleratedShare) different.push(`${full}: ${(share * 100).toFixed(2)} %`);
      if (size === usual) await storeForReadme(`${name}-${locale === 'en' ? 'en' : 'zh'}`, take);
    }
  }
  await wear(app, 'en', 'light');
  return different;
}

test('every view looks as it did when it was last judged', async () => {
  const app = await startApp();
  const { at } = app;
  const different: string[] = [];
  const view = async (name: string): Promise<void> => {
    different.push(...(await compare(app, name)));
  };

  await view('welcome');
  const box = await plugIn(['wrong-merchant', 'wifi-weak']);
  await connect(app, box);
  await view('overview');

  await at('tab-settings').click();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await at('apply-expected').waitFor();
  await view('settings');

  await at('tab-diagnosis').click();
  await at('symptom-S3').check();
  await view('symptom');
  await at('diagnose-run').click();
  await at('cause').waitFor();
  await view('diagnosis');

  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-plan').waitFor();
  await view('firmware');

  await at('tab-console').click();
  await at('shell-input').waitFor();
  await view('console');
  await at('rail-qr').click();
  await at('qr-text').waitFor();
  await view('qr');
  await at('rail-records').click();
  await at('case-row').first().waitFor();
  await view('records');
  await at('rail-training').click();
  await app.page.locator('[data-testid^="training-fault-"]').first().waitFor();
  await view('training');
  await at('rail-preferences').click();
  await view('preferences');

  expect(different).toEqual([]);
  expect(app.complaints).toEqual([]);
}, 480_000);

describe('the comparison', () => {
  const grey = (value: number): PNG => {
    const picture = new PNG({ width: 1024, height: 640 });
    picture.data.fill(255);
    block(picture, { x: 300, y: 100, width: 600, height: 30 }, value);
    return picture;
  };
  const share = (before: PNG, after: PNG): number => differingShare(halved(before), halved(after));

  test('sees a row that moved by its own padding', () => {
    const moved = grey(255);
    block(moved, { x: 300, y: 112, width: 600, height: 30 }, 120);
    expect(share(grey(120), moved)).toBeGreaterThan(toleratedShare);
  });

  test('passes over a few digits that changed', () => {
    const changed = grey(120);
    for (let at = 0; at < 12; at++)
      block(changed, { x: 20 + at * 40, y: 500, width: 7, height: 11 }, 0);
    expect(share(grey(120), changed)).toBeLessThan(toleratedShare);
  });

  test('counts another size as wholly different', () => {
    expect(differingShare(new PNG({ width: 4, height: 4 }), new PNG({ width: 4, height: 5 }))).toBe(
      1,
    );
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function block(picture: PNG, { x, y, width, height }: Box, value: number): void {
  for (let row = y; row < y + height; row++) {
    const from = (row * picture.width + x) * 4;
    for (let at = from; at < from + width * 4; at += 4) picture.data.fill(value, at, at + 3);
  }
}
