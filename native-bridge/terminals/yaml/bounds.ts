/**
 * Keeps hostile YAML from the parser, which recurses: enough nesting overflows the stack, and
 * with little stack left V8 aborts the whole process when it compiles a regular expression. So the
 * nesting is measured beforehand on the lexer's tokens, which come one after another.
 */
import { Lexer } from 'yaml';

const maxFlowDepth = 16;
/** `- - - a` and `? ? a` nest within a line. */
const maxNestingPerLine = 16;
const maxIndentColumns = 80;
const maxTokens = 40_000;

export const maxLevels = maxFlowDepth;

/** The offset where the text nests too deeply or holds too much; null: the parser may have it. */
export function findExcess(text: string): number | null {
  let offset = 0;
  let tokens = 0;
  const nesting = new Nesting();
  for (const token of new Lexer().lex(text)) {
    if (!nesting.take(token) || ++tokens > maxTokens) return offset;
    if (!markers.has(token)) offset += token.length;
  }
  return null;
}

/** What the lexer says between the text's own tokens: a document begins, a flow ends, a scalar follows. */
const flowEnd = '\u0018';
const markers = new Set(['\u0002', flowEnd, '\u001f']);

class Nesting {
  #flowDepth = 0;
  #inLine = 0;
  #atLineStart = true;

  /** False where it is too deep. */
  take(token: string): boolean {
    const wasAtLineStart = this.#atLineStart;
    this.#atLineStart = token.endsWith('\n');
    if (this.#atLineStart) this.#inLine = 0;
    if (wasAtLineStart && token.startsWith(' ')) return token.length <= maxIndentColumns;
    switch (token) {
      case '[':
      case '{':
        return ++this.#flowDepth <= maxFlowDepth;
      case ']':
      case '}':
        this.#flowDepth = Math.max(0, this.#flowDepth - 1);
        return true;
      case flowEnd:
        this.#flowDepth = 0;
        return true;
      case ':':
        // Within a flow collection this is one more pair, not one more level.
        return this.#flowDepth > 0 || ++this.#inLine <= maxNestingPerLine;
      case '-':
      case '?':
        return ++this.#inLine <= maxNestingPerLine;
      default:
        return true;
    }
  }
}
