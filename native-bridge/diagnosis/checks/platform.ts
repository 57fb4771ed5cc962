/**
 * 5.1 Payment platform: only its own word tells, by the status service where a profile names one, else
 * asked; what the terminal saw of the payment host speaks for or against it.
 */
import type { Evidence } from '../../contract/diagnosis.ts';
import type { CheckInput } from '../input.ts';
import {
  look,
  observe,
  observePlain,
  outcome,
  type Check,
  type Observation,
  type Outcome,
} from '../check.ts';
import { fromAnswer, fromReadings } from '../evidence.ts';
import { paymentHostName } from '../payment-host.ts';
import { sentence } from '../../wording/index.ts';

export const platform: Check = {
  id: 'platform',
  rung: 'platform',
  needs: [],
  also: ['network.paymentHostReached', 'platform.state'],
  needsSettings: false,
  look(input, seen) {
    const answer = input.answers['platform-up'];
    const host = seen.peek('network.paymentHostReached');
    const reached = host === true || host === 'yes';
    const evidence = [
      ...fromAnswer(input, 'platform-up'),
      ...fromReadings(input, 'platform.state', 'network.paymentHostReached'),
    ];
    const told = seen.peek('platform.state');
    const otherwise = unasked(input, reached, evidence);
    if (told === 'down') {
      // Its own word, and the terminal or the technician may have seen it too.
      const agreement = 1 + (answer === 'no' || !reached ? 1 : 0);
      return look({ otherwise, observations: [down(evidence, agreement)] });
    }
    if (told === 'degraded' && answer !== 'no') {
      return look({ otherwise, observations: [observePlain('platform-degraded', { evidence })] });
    }
    if (answer === 'no') {
      // The front door may open while payments fail behind it.
      const agreement = host === null || reached ? 0 : 1;
      return look({ otherwise, observations: [down(evidence, agreement)] });
    }
    if (answer === 'yes' || told === 'up') {
      const headline = reached ? 'fine_platform_reached' : 'fine_platform_asked';
      const against = host === null || reached ? 0 : -1;
      const pass = outcome('pass', sentence(headline, {}), evidence, reached ? 1 : against);
      return look({ otherwise: pass });
    }
    if (host === 'refused') {
      const refuses = observe('platform-refuses', { host: paymentHostName(input) }, { evidence });
      return look({ otherwise, observations: [refuses] });
    }
    return look({ otherwise });
  },
};

const down = (evidence: Evidence[], agreement: number): Observation =>
  observe('platform-down', {}, { evidence, agreement });

function unasked(input: CheckInput, reached: boolean, evidence: Evidence[]): Outcome {
  if (input.answers['platform-up'] === 'unknown') {
    return outcome('unknown', sentence('unread_answer', {}), evidence);
  }
  const headline = reached ? 'ask_platform_up_reached' : 'ask_platform_up';
  return outcome('ask', sentence(headline, {}), evidence);
}
