/** A command of this program as it can be typed. */
import type { Shell } from './shell.ts';

/**
 * The command, ready to be typed, with what this run was told about the data folder and, where it
 * meets a terminal, about profile, merchant and rules.
 */
export function commandLine(shell: Shell, words: readonly string[], meetsTerminal = true): string {
  const { data, profile, merchant, rules } = shell.options;
  const options = [
    ...(profile === null || !meetsTerminal ? [] : ['--profile', profile]),
    ...(merchant === null || !meetsTerminal ? [] : ['--merchant', merchant]),
    ...(rules === null || !meetsTerminal ? [] : ['--rules', rules]),
    ...(data === null ? [] : ['--data', data]),
  ];
  return ['pos-bench', ...words, ...options].map(quoted).join(' ');
}

/** Single quotes keep everything in POSIX shells; double quotes serve cmd and PowerShell. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
