/** `routine`: when a terminal of this model is looked at again (巡检) though nobody complains. */
import type { RoutineDays } from '../profile.ts';
import { object, optional } from '../shapes/collections.ts';
import { integer } from '../shapes/scalars.ts';
import { described, type Shape } from '../shapes/shape.ts';

/** Trade knowledge: acquirers ask for a visit each quarter. */
export const defaultRoutine: RoutineDays = { everyDays: 90, soonerDays: 30 };

const days = integer(1, 1_000);

export const routineShape: Shape<RoutineDays> = object({
  everyDays: optional(described('Days to the next visit', days), defaultRoutine.everyDays),
  soonerDays: optional(
    described('Days to it where something stands or a trend leads out of its band', days),
    defaultRoutine.soonerDays,
  ),
});
