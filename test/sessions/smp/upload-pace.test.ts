import { describe, expect, it } from 'vitest';
import { UploadPace } from '../../../native-bridge/sessions/smp/upload-pace.ts';

/** `alone`: how long requests took that were sent alone; in between replies came every 15 ms. */
function paceOf(alone: readonly number[]): UploadPace {
  const pace = new UploadPace();
  for (const ms of alone) {
    pace.alone(ms);
    for (let count = 0; count < 8; count++) pace.interval(15);
  }
  return pace;
}

describe('the pace of an upload', () => {
  it('is not known before something was measured', () => {
    expect(paceOf([]).enough).toBe(Infinity);
  });

  it('is two requests where one takes less than the time of two', () => {
    expect(paceOf([24])).toMatchObject({ enough: 2, isUnsure: false });
  });

  it('is measured again where a pause of this computer may have looked like a long line', () => {
    expect(paceOf([40])).toMatchObject({ enough: 3, isUnsure: true });
    expect(paceOf([40, 24])).toMatchObject({ enough: 2, isUnsure: false });
  });

  it('is believed after a few measurements', () => {
    expect(paceOf([40, 41, 40, 42])).toMatchObject({ enough: 3, isUnsure: false });
  });
});
