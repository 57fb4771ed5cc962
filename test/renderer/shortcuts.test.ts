/** Which key is which, on whatever keyboard. */
import { expect, test } from 'vitest';
import { keysOf, shortcutOf } from '../../renderer/state/shortcuts.ts';

const pressed = (key: string, code: string, held: 'ctrl' | 'ctrl+shift' | 'shift' | '' = '') => ({
  ...{ key, code, metaKey: false, altKey: false },
  ...{ ctrlKey: held.startsWith('ctrl'), shiftKey: held.endsWith('shift') },
});
const at = { mac: false, writing: false, diagnosing: false };

test.each([
  ['= beside the digits', pressed('=', 'Equal', 'ctrl')],
  ['+ above it, with Shift', pressed('+', 'Equal', 'ctrl+shift')],
  ['+ on a German keyboard', pressed('+', 'BracketRight', 'ctrl')],
  ['+ on the number pad', pressed('+', 'NumpadAdd', 'ctrl')],
])('the text grows with Ctrl and %s', (_where, key) => {
  expect(keysOf('larger', false)).toEqual(['Ctrl', '+']);
  expect(shortcutOf(key, at)).toBe('larger');
});

test('the number pad does what the digits do', () => {
  expect(shortcutOf(pressed('-', 'NumpadSubtract', 'ctrl'), at)).toBe('smaller');
  expect(shortcutOf(pressed('0', 'Numpad0', 'ctrl'), at)).toBe('usual-size');
  // Without Num Lock that key is Insert, and Ctrl Insert copies.
  expect(shortcutOf(pressed('Insert', 'Numpad0', 'ctrl'), at)).toBeNull();
});

test('? opens the keys wherever it is typed, but not into a field', () => {
  expect(shortcutOf(pressed('?', 'Slash', 'shift'), at)).toBe('keys');
  expect(shortcutOf(pressed('?', 'KeyM'), at)).toBe('keys');
  expect(shortcutOf(pressed('?', 'Slash', 'shift'), { ...at, writing: true })).toBeNull();
});

test('Shift is another key where it is meant', () => {
  expect(shortcutOf(pressed('C', 'KeyC', 'ctrl+shift'), at)).toBe('copy-summary');
  expect(shortcutOf(pressed('c', 'KeyC', 'ctrl'), at)).toBeNull();
});

test('Alt and an arrow belong to the list of choices that they open', () => {
  const down = { ...pressed('ArrowDown', 'ArrowDown'), altKey: true };
  expect(shortcutOf(down, at)).toBe('next-terminal');
  expect(shortcutOf(down, { ...at, writing: true })).toBeNull();
});

test('Ctrl Enter in a field runs a diagnosis only where one is asked for', () => {
  const enter = pressed('Enter', 'Enter', 'ctrl');
  expect(shortcutOf(enter, at)).toBe('diagnose');
  expect(shortcutOf(enter, { ...at, writing: true })).toBeNull();
  expect(shortcutOf(enter, { ...at, writing: true, diagnosing: true })).toBe('diagnose');
});
