/**
 * What carries packets. Over TCP pieces run together; on a USB pipe each piece is a transfer of its
 * own (adbd sends header and payload as two). Bytes from the host come through the callbacks.
 */
export interface Pipe {
  /** Resolves when there is room for more. */
  send(piece: Uint8Array): Promise<void>;
  close(): void;
}
