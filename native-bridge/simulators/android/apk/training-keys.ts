/**
 * Keys that sign the training terminals' own apps. They are public on purpose and trusted by nobody:
 * whoever practises can sign an update with them, and no real terminal has an app of theirs.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
}

/** `key`: PKCS #8; `certificate`: X.509; both DER in base64. */
function signingKey(key: string, certificate: string): SigningKey {
  return {
    privateKey: createPrivateKey({
      key: Buffer.from(key, 'base64'),
      format: 'der',
      type: 'pkcs8',
    }),
    certificate: new X509Certificate(Buffer.from(certificate, 'base64')),
  };
}

/** Of the payment apps that the training terminals are delivered with. */
export const trainingKey = (): SigningKey =>
  signingKey(
    [
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgud+2i8iwI0bZoWUqK99KRW1kQoL9aQFT/FrHV2Or',
      'BRyhRANCAARihLLO+iOeOg2NtAD+ZWPyeVEhT51l/R7cGNl8rwtoIem+dKYBnyXr/4epEFpc3RUjxxVshRaEO9XO',
      'SgvoqSJx',
    ].join(''),
    [
      'MIIB+jCCAaGgAwIBAgIUC332XValHELgbShh2kjTt6ZxAOIwCgYIKoZIzj0EAwIwUjEgMB4GA1UEAwwXUE9TIEJl',
      'bmNoIHRyYWluaW5nIGFwcHMxLjAsBgNVBAoMJVBPUyBCZW5jaCB0cmFpbmluZywgdHJ1c3RlZCBieSBub2JvZHkw',
      'IBcNMjYxMTMwMjE1MzAwWhgPMjA1NjExMjIyMTUzMDBaMFIxIDAeBgNVBAMMF1BPUyBCZW5jaCB0cmFpbmluZyBh',
      'cHBzMS4wLAYDVQQKDCVQT1MgQmVuY2ggdHJhaW5pbmcsIHRydXN0ZWQgYnkgbm9ib2R5MFkwEwYHKoZIzj0CAQYI',
      'KoZIzj0DAQcDQgAEYoSyzvojnjoNjbQA/mVj8nlRIU+dZf0e3BjZfK8LaCHpvnSmAZ8l6/+HqRBaXN0VI8cVbIUW',
      'hDvVzkoL6KkicaNTMFEwHQYDVR0OBBYEFNABb6ngrTc7zPOFpLPjHtiDXaryMB8GA1UdIwQYMBaAFNABb6ngrTc7',
      'zPOFpLPjHtiDXaryMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgNWRj5h5QAjCKJ2IJl5C8HGaL',
      '3rgUK7TaAH4112df3CoCIHSTYKusR7ur9EWMRTNUcaUrL6X46YnAd16BOEkpsa4+',
    ].join(''),
  );

/** Of a file that pretends to be an update. */
export const strangersKey = (): SigningKey =>
  signingKey(
    [
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguotJDGhfl+IqUsDxZaHZ3FvuWiU46ckqLjp7gRL2',
      'a4yhRANCAASnUiHKyYxm5Ii0x5S4GcYN66DGTw68PdBfdIC6WZVQf3CjOOuuGK3KcpuIPuxwZrfJsTp6W05b0pAv',
      'T0LniHE5',
    ].join(''),
    [
      'MIIB6DCCAY2gAwIBAgIUQgjDlA5nX/9LlMc85E4ko6e/McgwCgYIKoZIzj0EAwIwSDEWMBQGA1UEAwwNU29tZWJv',
      'ZHkgZWxzZTEuMCwGA1UECgwlUE9TIEJlbmNoIHRyYWluaW5nLCB0cnVzdGVkIGJ5IG5vYm9keTAgFw0yNjExMzAy',
      'MTUzMDBaGA8yMDU2MTEyMjIxNTMwMFowSDEWMBQGA1UEAwwNU29tZWJvZHkgZWxzZTEuMCwGA1UECgwlUE9TIEJl',
      'bmNoIHRyYWluaW5nLCB0cnVzdGVkIGJ5IG5vYm9keTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKdSIcrJjGbk',
      'iLTHlLgZxg3roMZPDrw90F90gLpZlVB/cKM4664Yrcpym4g+7HBmt8mxOnpbTlvSkC9PQueIcTmjUzBRMB0GA1Ud',
      'DgQWBBSBC921XQPl8s5PgzXLqQk/8e2DsjAfBgNVHSMEGDAWgBSBC921XQPl8s5PgzXLqQk/8e2DsjAPBgNVHRMB',
      'Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCCBo9OAkhCWaT4vXbtTh7JdZOHycuXnVrtkYWxruvRwwIhAPmo',
      'WJnP9O6TxKAFgVNbxPKx1L5iajUkW8/oxH+yuxev',
    ].join(''),
  );
