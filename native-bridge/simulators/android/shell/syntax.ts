/**
 * What a script is made of: as much of POSIX's shell language (XCU 2.9, 2.10) as scripts that read a
 * terminal use. No functions, no `case`, no here-documents.
 */

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      /** After `:-` or `-`; null: none. */
      readonly fallback: Word | null;
      readonly length: boolean;
      readonly quoted: boolean;
    }
  | { readonly kind: 'output'; readonly script: List; readonly quoted: boolean }
  | { readonly kind: 'sum'; readonly expression: string; readonly quoted: boolean };

export type Word = readonly Part[];

export interface Redirect {
  readonly fd: number;
  readonly operator: '>' | '>>' | '<' | '>&';
  readonly target: Word;
}

export type Command = { readonly redirects: readonly Redirect[] } & (
  | {
      readonly kind: 'simple';
      readonly assigns: readonly (readonly [name: string, value: Word])[];
      readonly words: readonly Word[];
    }
  | { readonly kind: 'group'; readonly subshell: boolean; readonly body: List }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: List;
    }
  | {
      readonly kind: 'while';
      readonly until: boolean;
      readonly test: List;
      readonly body: List;
    }
);

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export type List = readonly AndOr[];
