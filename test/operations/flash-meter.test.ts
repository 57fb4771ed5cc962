import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { flashPhases } from '../../native-bridge/contract/firmware.ts';
import { FlashMeter } from '../../native-bridge/operations/flash/progress.ts';

const steps = flashPhases.map((phase) => ({
  phase,
  predictedMs: phase === 'upload' ? 20_000 : 500,
  cancellable: phase === 'upload',
}));

describe('the progress of a flash', () => {
  it('never goes back, whatever is reported in which order', () => {
    const reports = fc.array(
      fc.record({
        phase: fc.constantFrom(...flashPhases),
        within: fc.double({ min: -1, max: 2, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(reports, (list) => {
        const meter = new FlashMeter(steps);
        let before = 0;
        for (const { phase, within } of list) {
          const { fraction } = meter.at(phase, within);
          expect(fraction).toBeGreaterThanOrEqual(before);
          expect(fraction).toBeLessThanOrEqual(1);
          before = fraction;
        }
      }),
    );
  });

  it('weighs the phases by their predicted time', () => {
    const meter = new FlashMeter(steps);
    const halfUploaded = meter.uploading(50, 100, null).fraction;
    expect(halfUploaded).toBeCloseTo((2_500 + 10_000) / 25_500, 3);
  });

  it('is whole only at the end of the last phase', () => {
    const meter = new FlashMeter(steps);
    expect(meter.at('restore', 0.5).fraction).toBeLessThan(1);
    expect(meter.at('restore', 1).fraction).toBe(1);
  });

  it('claims no time left while the boot loader works in silence', () => {
    expect(new FlashMeter(steps).at('restart', 0.3).remainingMs).toBeNull();
  });

  it('tells the time left by the rate since the erase, not with it', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const meter = new FlashMeter(steps);
    expect(meter.uploading(0, 100_000, null).remainingMs).toBe(24_500 - 1_500);
    vi.advanceTimersByTime(3_000);
    // Nothing has moved, but three seconds are over.
    expect(meter.uploading(0, 100_000, null).remainingMs).toBe(24_500 - 1_500 - 3_000);
    meter.uploading(1_000, 100_000, null);
    vi.advanceTimersByTime(1_000);
    const laterMs = 3_000;
    expect(meter.uploading(11_000, 100_000, null).remainingMs).toBe(8_900 + laterMs);
  });

  it('lets the cable be pulled before anything is sent, and not after', () => {
    const meter = new FlashMeter(steps);
    expect(meter.at('pre-flight', 1).keepConnected).toBe(false);
    expect(meter.uploading(0, 10, null).keepConnected).toBe(true);
    expect(meter.at('restart', 0).keepConnected).toBe(true);
  });
});
