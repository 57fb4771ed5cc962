/**
 * The support bundle of a case. The record is masked once more before anything is made of it, so the
 * reports in it are, too; the manifest says what is in it, what was hidden and what was left out.
 */
import { homedir, release } from 'node:os';
import type { BundleManifest } from '../../contract/bundle.ts';
import { caseRecordSchema, type CaseRecord } from '../../contract/case.ts';
import type { Locale } from '../../contract/common.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { SignedState } from '../../contract/signature.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { Masker } from '../../records/bundle/mask-values.ts';
import { zipped } from '../../records/bundle/zip.ts';
import { makeReport, type ReportOptions } from '../../records/report/report.ts';
import { readIdentity } from '../../records/shop-identity.ts';
import { findShipped } from '../../terminals/catalogue.ts';
import type { Context } from '../context.ts';
import { BundleFiles } from './bundle-files.ts';
import { addLog, addPhotos, addRecordings } from './bundle-sources.ts';
import { nameOfCase } from './make-report.ts';

const locales: readonly Locale[] = ['zh-CN', 'en'];
const maxRecordBytes = 16 * 1024 * 1024;

/** Throws `case-unknown`; `cancelled` where the signal fires. */
export async function makeBundle(
  context: Context,
  { caseId }: Params<'makeBundle'>,
  signal: AbortSignal,
): Promise<Result<'makeBundle'>> {
  const raw = await context.records.getCase(caseId);
  const masker = new Masker(homedir());
  const record = masked(raw, masker);
  const files = new BundleFiles();
  // Photos first: the reports say where they are.
  const photos = await addPhotos(files, context.records.dataFolder, record);
  signal.throwIfAborted();
  const shop = await readIdentity(context.records);
  const signed = withoutStrokes(await context.records.signedState(caseId), masker);
  addReports(files, record, { photos, shop, signed, masked: masker.count });
  await addLog(files, context.log.file, record);
  await addRecordings(files, raw, signal);
  const made = manifestOf(context, record, files);
  const entries = files.entries(`${JSON.stringify(made, null, 2)}\n`);
  const bytes = await zipped(entries, lastUtc(record));
  return { bytes, suggestedName: `${nameOfCase(record)}.zip`, manifest: made };
}

/** Still of the contract's shape: nothing but texts changes in it, and those that mean something stay. */
function masked(record: CaseRecord, masker: Masker): CaseRecord {
  const plain = { ...record, events: record.events.map(bare) };
  return caseRecordSchema.parse(masker.value(plain));
}

/** A hand that writes its name is nobody's to send around: who signed, and what, is enough. */
function withoutStrokes(signed: SignedState | null, masker: Masker): SignedState | null {
  if (signed === null) return null;
  const { signature } = signed;
  const signer = masker.text(signature.signer);
  return { ...signed, signature: { ...signature, signer, strokes: [] } };
}

/** Whose computer it is and how its folders are called is nobody's business. */
function bare(event: CaseRecord['events'][number]): CaseRecord['events'][number] {
  if (event.kind === 'signature') {
    return { ...event, signature: { ...event.signature, strokes: [] } };
  }
  if (event.kind !== 'recording') return event;
  return { ...event, file: event.file.split(/[\\/]/u).at(-1) ?? '' };
}

type Parts = Required<Pick<ReportOptions, 'photos' | 'shop' | 'signed'>>;

function addReports(
  files: BundleFiles,
  record: CaseRecord,
  { masked: count, ...parts }: Parts & { readonly masked: number },
): void {
  for (const [format, name] of [
    ['html', 'report'],
    ['json', 'report'],
    ['summary', 'summary'],
  ] as const) {
    for (const locale of locales) {
      const text = makeReport(record, { locale, format, ...parts });
      const ending = format === 'summary' ? 'txt' : format;
      files.addText(`${name}.${locale}.${ending}`, text, count, maxRecordBytes);
    }
  }
  files.addText('case.json', `${JSON.stringify(record, null, 2)}\n`, count, maxRecordBytes);
}

function manifestOf({ options }: Context, record: CaseRecord, files: BundleFiles): BundleManifest {
  // Electron's is there only in the app, which the types don't know.
  const versions = new Map<string, string | undefined>(Object.entries(process.versions));
  return {
    format: 1,
    product: 'POS Bench',
    version: manifest.version,
    madeUtc: new Date().toISOString(),
    caseId: record.id,
    system: {
      program: options.program,
      platform: process.platform,
      release: release(),
      arch: process.arch,
      node: process.versions.node,
      electron: versions.get('electron') ?? null,
    },
    profile: {
      name: record.profile,
      shipped: findShipped(record.profile) !== null,
    },
    masking: {
      hidden: ['card numbers but for their last 4 digits', 'PINs', 'passwords', 'keys', 'tokens'],
      notMasked: files.list.some(({ masked: count }) => count === null) ? ['photos'] : [],
    },
    files: files.list,
    leftOut: files.leftOut,
  };
}

function lastUtc({ events, openedUtc }: CaseRecord): string {
  return events.map(({ atUtc }) => atUtc).reduce((a, b) => (a > b ? a : b), openedUtc);
}
