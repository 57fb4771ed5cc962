/** The technician's answer to what a flash asks. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';

export function answerFlash(
  context: Context,
  { terminalId, answer }: Params<'answerFlash'>,
): Promise<Result<'answerFlash'>> {
  if (!context.questions.answer(terminalId, answer)) throw new BridgeFault('question-gone');
  return Promise.resolve({});
}
