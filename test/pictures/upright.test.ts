/** The eight ways up of Exif, held against its own words: where the first row and column are. */
import { expect, it } from 'vitest';
import { uprightPoint, uprightSize } from '../../native-bridge/pictures/upright.ts';

it.each([
  [1, { x: 0, y: 0 }, 'top, left'],
  [2, { x: 40, y: 0 }, 'top, right'],
  [3, { x: 40, y: 30 }, 'bottom, right'],
  [4, { x: 0, y: 30 }, 'bottom, left'],
  [5, { x: 0, y: 0 }, 'left, top'],
  [6, { x: 30, y: 0 }, 'right, top'],
  [7, { x: 30, y: 40 }, 'right, bottom'],
  [8, { x: 0, y: 40 }, 'left, bottom'],
])('orientation %i puts the first pixel at %o: %s', (orientation, first) => {
  const picture = { widthPixels: 40, heightPixels: 30, orientation };
  expect(uprightPoint({ x: 0, y: 0 }, picture)).toEqual(first);
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'orientation %i keeps every point in the picture',
  (orientation) => {
    const picture = { widthPixels: 40, heightPixels: 30, orientation };
    const { widthPixels, heightPixels } = uprightSize(picture);
    const { x, y } = uprightPoint({ x: 40, y: 30 }, picture);
    expect([0, widthPixels]).toContain(x);
    expect([0, heightPixels]).toContain(y);
  },
);
