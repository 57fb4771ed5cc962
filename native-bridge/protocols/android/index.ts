/** What Android terminals print, read: the commands' parsers, and the script that asks many at once. */
export { decodeText } from './text.ts';
export { parseGetprop } from './getprop.ts';
export { androidDumps, type AndroidDumpName } from './sources.ts';
export { type AndroidDump } from './dump.ts';
export { quoteForShell, quoteCommand, ShellArgumentError } from './shell-quote.ts';
export { composeScript, MAX_SCRIPT_COMMANDS, type ScriptCommand } from './script.ts';
export { splitScriptOutput, type ScriptSection, type ScriptStreams } from './script-output.ts';
