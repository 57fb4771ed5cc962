/** `scanner`: where the terminal reports what its scanner has read. */
import { sentence } from '../../wording/index.ts';
import type { ReadPattern, ScannerReads } from '../profile.ts';
import { RecordPattern } from '../record-pattern.ts';
import { list, maybe, object, variants } from '../shapes/collections.ts';
import { formed, scalar, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import { fact } from './basics.ts';

const groups = { required: ['text'], optional: ['ms'] } as const;

const compile = (source: string) => RecordPattern.compile<'text' | 'ms'>(source, groups);

const line: Shape<ReadPattern> = described(
  'Takes one line: (?P<text>…) is what was read, (?P<ms>…) the milliseconds that it took',
  scalar(
    { type: ['string', 'number', 'boolean'], maxLength: 512 },
    (found) => {
      const compiled = compile(found);
      const detail = compiled instanceof RecordPattern ? '' : compiled.problem;
      return sentence('expects_pattern', { detail });
    },
    (found) => {
      const compiled = compile(found);
      return compiled instanceof RecordPattern ? compiled : undefined;
    },
  ),
);

const from = text({ maxBytes: 64 });
const argv = described(
  'A command that lists the last reads, the oldest first',
  list(text({ maxBytes: 128 }), 16, 1),
);

/** Of one word, as `logcat` takes it in a filter: a colon ends it there. */
const tag = described(
  'The tag under which it stands in Android’s log',
  formed(/^[A-Za-z0-9_.$/-]{1,64}$/, sentence('expects_log_tag', {})),
);

const reads: Shape<ScannerReads> = variants('from', {
  'smp-shell': converted(object({ from, argv, pattern: line }), (value): ScannerReads => ({
    from: 'smp-shell',
    argv: value.argv,
    pattern: value.pattern,
  })),
  console: converted(object({ from, pattern: line }), (value): ScannerReads => ({
    from: 'console',
    pattern: value.pattern,
  })),
  'android-log': converted(object({ from, tag, pattern: line }), (value): ScannerReads => ({
    from: 'android-log',
    tag: value.tag,
    pattern: value.pattern,
  })),
});

export const scannerShape = object({ reads, fact: maybe(fact) });
