/** The console by the keys. */
import { expect, test } from 'vitest';
import { ConsoleCursor } from '../../renderer/state/console-cursor.svelte.ts';
import type { KeptLine } from '../../renderer/state/line-store.ts';

const lines = (...ids: number[]) => ids.map((id) => ({ id, text: `line ${id}` }) as KeptLine);

test('it begins at the newest line and stays within what is shown', () => {
  const cursor = new ConsoleCursor();
  const shown = lines(1, 2, 3);
  expect(cursor.step(shown, -1)).toBe(2);
  expect(cursor.step(shown, 1)).toBe(2);
  expect([cursor.step(shown, -1), cursor.step(shown, -1), cursor.step(shown, -1)]).toEqual([
    1, 0, 0,
  ]);
});

test('it goes on from its place where its line is shown no more', () => {
  const cursor = new ConsoleCursor();
  cursor.step(lines(1, 2, 3), -1);
  cursor.step(lines(1, 2, 3), -1);
  const shown = lines(1, 3, 4);
  expect(cursor.step(shown, 1)).toBe(1);
  cursor.line = lines(2)[0] ?? null;
  expect(cursor.step(shown, -1)).toBe(0);
});

test('a line is opened whole and folded again; while one is, the next is opened in its place', () => {
  const cursor = new ConsoleCursor();
  const shown = lines(1, 2);
  cursor.step(shown, -1);
  cursor.toggle();
  expect(cursor.whole).toBe(shown[1]);
  cursor.step(shown, -1);
  expect(cursor.whole).toBe(shown[0]);
  cursor.toggle();
  expect(cursor.whole).toBeNull();
});

test('in an empty console there is nothing to stand on', () => {
  const cursor = new ConsoleCursor();
  expect(cursor.step([], -1)).toBeNull();
  cursor.toggle();
  expect(cursor.whole).toBeNull();
});
