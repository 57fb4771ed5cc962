/**
 * The few globals that every platform has. Protocols see these and nothing else:
 * no Buffer, no process, no timers, so a codec cannot do I/O.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
declare function atob(text: string): string;
declare function btoa(text: string): string;
