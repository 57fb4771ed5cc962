/** Group 9: the shell. */
export { shellExecute, type ShellReply } from './execute.ts';
