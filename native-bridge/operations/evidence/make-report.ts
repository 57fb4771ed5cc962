/** The report of a case, with its photos as far as one file holds them. */
import type { CaseRecord } from '../../contract/case.ts';
import type { Params, Result } from '../../contract/requests.ts';
import {
  maxInlineBytes,
  type PhotoSource,
  type PhotoSources,
} from '../../records/report/photo-source.ts';
import { makeReport as renderReport } from '../../records/report/report.ts';
import { readIdentity } from '../../records/shop-identity.ts';
import type { Context } from '../context.ts';
import { loadPhoto, photosOf } from './photo-store.ts';

const extensions = { html: 'html', json: 'json', summary: 'txt' } as const;

/**
 * The report's text. The report is what ends a visit, so it closes the case; what follows under the
 * same case's id is still added to it. Throws `case-unknown`.
 */
export async function makeReport(
  context: Context,
  { caseId, format, locale }: Params<'makeReport'>,
): Promise<Result<'makeReport'>> {
  if (format !== 'summary') await context.records.closeCase(caseId);
  // Before the case is read: what comes between is then told, though not signed.
  const contentSha256 = await context.records.contentSha256(caseId);
  const record = await context.records.getCase(caseId);
  const photos = format === 'html' ? await inlined(context, record) : new Map<string, never>();
  return {
    text: renderReport(record, {
      locale,
      format,
      photos,
      shop: await readIdentity(context.records),
      signed: await context.records.signedState(caseId),
    }),
    suggestedName: `${nameOfCase(record)}.${extensions[format]}`,
    contentSha256,
  };
}

/** For a file's name: day and terminal, or else the case. */
export function nameOfCase({ id, identity, openedUtc, terminalId }: CaseRecord): string {
  const serial = identity?.serialNumber ?? (terminalId ?? id).slice(0, 8);
  return `${openedUtc.slice(0, 10)}-${serial.replaceAll(/[^\w.-]/g, '_')}`;
}

/** In the order they came, as long as there is room. */
async function inlined({ records }: Context, record: CaseRecord): Promise<PhotoSources> {
  const sources = new Map<string, PhotoSource>();
  let roomBytes = maxInlineBytes;
  for (const evidence of photosOf(record)) {
    const { id, photo } = evidence;
    if (photo.sizeBytes > roomBytes) {
      sources.set(id, { kind: 'left-out' });
      continue;
    }
    const bytes = await loadPhoto(records.dataFolder, record.id, evidence);
    sources.set(id, bytes === null ? { kind: 'lost' } : { kind: 'inline', bytes });
    roomBytes -= bytes?.length ?? 0;
  }
  return sources;
}
