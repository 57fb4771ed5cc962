/**
 * How many of this screen's pixels are a millimetre. No program can know: the technician holds a bank
 * card to the screen, which is 85.6 mm wide everywhere (ISO/IEC 7810, ID-1).
 */
export const cardMm = { width: 85.6, height: 53.98 } as const;

/** What a style sheet takes for a millimetre, which is seldom one. */
const assumedPixels = 96 / 25.4;
export const pixelLimits = { least: assumedPixels * 0.6, most: assumedPixels * 2 } as const;
const place = 'pos-bench.millimetre-pixels';

class ScreenSize {
  millimetrePixels = $state(stored());

  set(pixels: number): void {
    this.millimetrePixels = pixels;
    localStorage.setItem(place, String(pixels));
  }
}

function stored(): number {
  // A test without a page has none.
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(place);
  const pixels = Number(kept ?? NaN);
  return pixels >= pixelLimits.least && pixels <= pixelLimits.most ? pixels : assumedPixels;
}

export const screenSize = new ScreenSize();
