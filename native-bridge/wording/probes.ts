/** The names of a probe's steps. */
import type { Locale } from '../contract/common.ts';
import type { ProbeStepName } from '../contract/probe-step.ts';
import { plain, snakeOfKebab } from './catalogue.ts';

export const probeStepLabel = (step: ProbeStepName, locale: Locale): string =>
  plain(`probe_step_${snakeOfKebab(step)}`, locale);
