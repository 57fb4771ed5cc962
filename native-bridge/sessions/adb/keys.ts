/** The key pair that a terminal knows this computer by; where it is kept is the caller's business. */

export interface AdbKeys {
  /** What the terminal's screen shows beside the key's fingerprint: `pos-bench@host`. */
  readonly name: string;
  /** RSA, 2048 bits, as PKCS#8 in DER; made on the first call of all. Rejects where it can't be had. */
  privateKey(): Promise<Uint8Array>;
}
