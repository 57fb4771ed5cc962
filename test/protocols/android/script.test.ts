import { describe, expect, it } from 'vitest';
import {
  composeScript,
  quoteCommand,
  quoteForShell,
  ShellArgumentError,
  splitScriptOutput,
  type ScriptCommand,
} from '../../../native-bridge/protocols/android/index.ts';
import { folderWith, runIn, shells } from './shells.ts';

const marker = '0123456789abcdef0123456789abcdef';
const within = (seconds: number, ...command: string[]): ScriptCommand => ({
  command,
  timeoutSeconds: seconds,
});

describe('a quoted argument', () => {
  const arguments_ = ['', "it's", '$HOME `id` $(id)', '-n', 'a=b', '*', '\\', '"', '中文 ~', '#'];

  it.runIf(shells.length > 0)('reaches the command as it was, in every shell', () => {
    for (const shell of shells) {
      const script = arguments_.map((each) => quoteCommand(['printf', '%s|', each])).join('\n');
      expect(runIn(shell, script, 'argument').stdout).toBe(arguments_.map((a) => `${a}|`).join(''));
    }
  });

  it.each(['a\nb', 'a\rb', '\u0000', '\u001b[2J', '\u007f', '\u0085', '\u2028'])(
    'holds no control character: %j',
    (text) => {
      expect(() => quoteForShell(text)).toThrow(ShellArgumentError);
      expect(() => quoteForShell(text)).toThrow(/control-character/);
    },
  );

  it('is Unicode text of a bounded length', () => {
    expect(() => quoteForShell('\ud800')).toThrow(/not-unicode/);
    expect(() => quoteForShell('x'.repeat(3_000))).toThrow(/too-long/);
  });
});

describe('a script', () => {
  it('holds its marker nowhere whole: what echoes its input is no answer', () => {
    const script = composeScript([within(1, 'true')], marker);
    expect(script).not.toContain(marker);
    const [section] = splitScriptOutput({ stdout: script, stderr: '' }, marker, 1);
    expect(section).toMatchObject({ answered: false });
  });

  it('is refused a marker that is not random hex, a command without a name, and no time', () => {
    expect(() => composeScript([], 'abc')).toThrow(RangeError);
    expect(() => composeScript([within(1)], marker)).toThrow(/no-command/);
    expect(() => composeScript([within(0, 'true')], marker)).toThrow(RangeError);
  });
});

describe.runIf(shells.length > 0).each(shells)('a script in %s', (shell) => {
  const ask = (commands: ScriptCommand[], how: 'argument' | 'input' = 'argument') =>
    splitScriptOutput(runIn(shell, composeScript(commands, marker), how), marker, commands.length);

  it.each(['argument', 'input'] as const)('answers each command, as %s', (how) => {
    const sections = ask(
      [
        within(9, 'printf', 'no line end'),
        within(9, 'sh', '-c', 'echo out; echo err >&2; exit 3'),
        within(9, 'no-such-command'),
        within(9, 'cat'),
        within(9, 'printf', '\\n\\n'),
      ],
      how,
    );
    expect(sections.map(({ stdout }) => stdout)).toEqual(['no line end', 'out\n', '', '', '\n\n']);
    expect(sections.map(({ exitCode }) => exitCode)).toEqual([0, 3, 127, 0, 0]);
    expect(sections[1]?.stderr).toBe('err\n');
    expect(sections[2]?.stderr).toContain('no-such-command');
    expect(sections[3]?.stderr).toBe('');
  });

  it('ends a command at its time limit and goes on', () => {
    const sections = ask([within(1, 'sleep', '20'), within(9, 'echo', 'next')]);
    expect(sections[0]).toMatchObject({ answered: true, timedOut: true });
    expect(sections[1]).toMatchObject({ stdout: 'next\n', timedOut: false });
  });

  it('works where there is no timeout', () => {
    const script = composeScript([within(1, 'sh', '-c', 'echo a b'), within(1, 'no')], marker);
    const without = `PATH=${folderWith(['sh'])}\n${script}`;
    const [first, second] = splitScriptOutput(runIn(shell, without, 'argument'), marker, 2);
    expect(first).toMatchObject({ stdout: 'a b\n', exitCode: 0, timedOut: false });
    expect(second).toMatchObject({ exitCode: 127, timedOut: false });
  });

  it('gives its commands no way to its variables', () => {
    const reads = ask([within(9, 'eval', 'echo "<$m>"'), within(9, 'sh', '-c', 'echo "<$m>"')]);
    expect(reads[0]?.stdout).toBe('');
    expect(reads[1]?.stdout).toBe('<>\n');
  });

  it('is split the same where both streams are one, with the errors among the output', () => {
    const commands = [within(9, 'sh', '-c', 'echo out; echo err >&2'), within(9, 'echo', 'b')];
    const merged = `exec 2>&1\n${composeScript(commands, marker)}`;
    const sections = splitScriptOutput(runIn(shell, merged, 'argument'), marker, 2);
    expect(sections.map(({ stdout }) => stdout)).toEqual(['out\nerr\n', 'b\n']);
  });
});
