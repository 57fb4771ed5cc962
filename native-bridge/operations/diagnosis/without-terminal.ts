/**
 * The playbook with no terminal attached: most in the field have their doors closed. Nothing is read;
 * the answers decide. The case is the merchant's, and has no terminal.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { CaseSummary } from '../../contract/case.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { anyParts, withoutTerminal, type GuidedModel } from '../../diagnosis/index.ts';
import { understoodIn } from '../../diagnosis/knowledge/index.ts';
import { nextVisit } from '../../diagnosis/routine/next-visit.ts';
import { loadModel, merchantName } from '../../terminals/choose-model.ts';
import { defaultRoutine } from '../../terminals/profile-file/routine.ts';
import { defaultThresholds } from '../../terminals/profile-file/thresholds.ts';
import type { RoutineDays } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { conclude } from './conclude.ts';
import { knownAnswers } from './known-answers.ts';

type Guided = GuidedModel & {
  readonly routine: RoutineDays;
  readonly profile: string | null;
  readonly merchant: string | null;
};

/** Throws `case-unknown`, `bad-request` and what a profile or a merchant's file can have wrong. */
export async function diagnoseWithoutTerminal(
  context: Context,
  params: Params<'diagnose'>,
): Promise<Result<'diagnose'>> {
  const { symptom } = params;
  const answers = knownAnswers(params.answers);
  const { knowledge } = await loadKnowledge(context, params.rulesFileId);
  const understood = understoodIn(answers, knowledge, symptom);
  const model = await guidedModel(context, params);
  const { id: caseId } = await caseOf(context, params, model);
  const atUtc = new Date().toISOString();
  return await conclude(context, {
    caseId,
    terminalId: null,
    input: withoutTerminal(model, { symptom, answers, understood, atUtc }),
    knowledge,
    isNew: false,
    computerAheadMs: null,
    routine: ({ findings }) => {
      if (symptom !== null) return Promise.resolve(null);
      const due = nextVisit({ findings, trends: [], atUtc, days: model.routine });
      return Promise.resolve({ visits: 0, trends: [], ...due });
    },
  });
}

async function guidedModel(
  { files }: Context,
  { profile, profileFileId, merchantFileId, shop }: Params<'diagnose'>,
): Promise<Guided> {
  const merchantFile = merchantFileId === null ? null : files.path(merchantFileId);
  if (profile === null && profileFileId === null) {
    const merchant = merchantFile === null ? shop : (shop ?? (await merchantName(merchantFile)));
    return { ...anyTerminal, merchant };
  }
  const profileFile = profileFileId === null ? null : files.path(profileFileId);
  const model = await loadModel({ profile, profileFile, merchantFile });
  return { ...model, profile: model.name, merchant: shop ?? model.merchant };
}

/** Of a model that nobody named: it may have every part, and the usual bands hold. */
const anyTerminal: Omit<Guided, 'merchant'> = {
  profile: null,
  has: anyParts,
  thresholds: defaultThresholds,
  routine: defaultRoutine,
  expected: { wifiSsids: [], qrMode: null, paymentHost: null, vpn: null, currency: null },
  firmware: null,
};

/** A terminal's case is not gone on with in its absence. */
async function caseOf(
  { records }: Context,
  { caseId, symptom }: Params<'diagnose'>,
  { profile, merchant }: Guided,
): Promise<CaseSummary> {
  if (caseId === null) {
    const nobody = { terminalId: null, portUrl: null, identity: null };
    return await records.openCase({ ...nobody, profile, merchant, symptom });
  }
  const named = await records.getCase(caseId);
  if (named.terminalId !== null) throw new BridgeFault('case-unknown', { caseId });
  return named;
}
