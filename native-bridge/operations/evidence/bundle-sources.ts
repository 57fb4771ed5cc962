/** What lies beside a case's record and goes into its bundle: photos, the log of its time, recordings. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, extname } from 'node:path';
import type { CaseRecord } from '../../contract/case.ts';
import { logExcerpt } from '../../records/bundle/log-excerpt.ts';
import { maskRecording } from '../../records/bundle/mask-recording.ts';
import { Masker } from '../../records/bundle/mask-values.ts';
import { photoFile } from '../../records/data-folder.ts';
import type { PhotoSource, PhotoSources } from '../../records/report/photo-source.ts';
import type { BundleFiles } from './bundle-files.ts';
import { loadPhoto, photosOf } from './photo-store.ts';

const maxPhotosBytes = 40 * 1024 * 1024;
const maxRecordingsBytes = 16 * 1024 * 1024;
const maxLogCharacters = 256 * 1024;
/** A visit's first and last minutes are around its case. */
const aroundMs = 10 * 60 * 1000;

/** Returns what the reports say of each. */
export async function addPhotos(
  files: BundleFiles,
  dataFolder: string,
  record: CaseRecord,
): Promise<PhotoSources> {
  const sources = new Map<string, PhotoSource>();
  let roomBytes = maxPhotosBytes;
  for (const [index, evidence] of photosOf(record).entries()) {
    const { id, photo, subject } = evidence;
    const ending = extname(photoFile(dataFolder, record.id, evidence));
    const path = `photos/${numbered(index)}-${subject}${ending}`;
    const bytes =
      photo.sizeBytes > roomBytes ? null : await loadPhoto(dataFolder, record.id, evidence);
    if (bytes !== null) {
      files.addPhoto(path, bytes);
      sources.set(id, { kind: 'file', path });
      roomBytes -= bytes.length;
    } else if (photo.sizeBytes > roomBytes) {
      files.leaveOut(path, 'too-large', photo.sizeBytes);
      sources.set(id, { kind: 'left-out' });
    } else {
      files.leaveOut(path, 'altered', photo.sizeBytes);
      sources.set(id, { kind: 'lost' });
    }
  }
  return sources;
}

/** The lines of the visit's time, whichever terminal they are about. */
export async function addLog(files: BundleFiles, file: string, record: CaseRecord): Promise<void> {
  const times = [record.openedUtc, ...record.events.map(({ atUtc }) => atUtc)].map(Date.parse);
  const { text, leftOutCharacters } = await logExcerpt(
    file,
    {
      fromUtc: new Date(Math.min(...times) - aroundMs).toISOString(),
      untilUtc: new Date(Math.max(...times) + aroundMs).toISOString(),
    },
    maxLogCharacters,
  );
  const masker = new Masker(homedir());
  const lines = text.split('\n').map((line) => masker.text(line));
  files.addText('log.txt', lines.join('\n'), masker.count, 2 * maxLogCharacters);
  if (leftOutCharacters > 0)
    files.leaveOut('older lines of the log', 'too-large', leftOutCharacters);
}

/** As long as there is room; each is masked once more. */
export async function addRecordings(
  files: BundleFiles,
  { events }: CaseRecord,
  signal: AbortSignal,
): Promise<void> {
  const paths = events.flatMap((event) => (event.kind === 'recording' ? [event.file] : []));
  let roomBytes = maxRecordingsBytes;
  for (const [index, path] of paths.entries()) {
    signal.throwIfAborted();
    const plain = basename(path.replaceAll('\\', '/')).replaceAll(/[^\w.-]/g, '_');
    const name = `recordings/${numbered(index)}-${plain}`;
    const found = await readRecording(path, roomBytes);
    if (typeof found === 'string') {
      const { text, hiddenLines } = await maskRecording(found);
      files.addText(name, text, hiddenLines, maxRecordingsBytes);
      roomBytes -= found.length;
    } else files.leaveOut(name, found.reason, found.sizeBytes);
  }
}

type Refused = {
  readonly reason: 'too-large' | 'missing' | 'unreadable';
  readonly sizeBytes: number | null;
};

async function readRecording(path: string, roomBytes: number): Promise<string | Refused> {
  try {
    const info = await stat(path);
    if (!info.isFile()) return { reason: 'unreadable', sizeBytes: null };
    if (info.size > roomBytes) return { reason: 'too-large', sizeBytes: info.size };
    return await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { reason: missing ? 'missing' : 'unreadable', sizeBytes: null };
  }
}

const numbered = (index: number): string => String(index + 1).padStart(2, '0');
