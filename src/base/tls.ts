// What every TLS listener of ours offers, and what we ask of those we call: the recommendations of BCP 195 (RFC 9325),
// which are also the security profile of DICOM (PS3.15 B.12) and of IHE ATNA.

import type { ConnectionOptions, SecureContextOptions, TlsOptions } from 'node:tls';

/** Key and certificates, PEM. */
export interface TlsIdentity {
  key: string | Buffer;
  cert: string | Buffer;
}

/** What a listener proves itself by, and what it demands. */
export interface ListenerTls extends TlsIdentity {
  /** PEM of the authorities whose client certificates are demanded; absent: none is asked for. */
  clientCa?: string | Buffer;
}

/** What we demand of whom we call. */
export interface PeerTls {
  /** PEM of the authorities that may have signed its certificate; the system's when absent. */
  ca?: string;
  /** The name its certificate must have; its host when absent. */
  serverName?: string;
}

/** The same, and by what we prove ourselves where we are asked. */
export type CallerTls = PeerTls & Partial<TlsIdentity>;

/** RFC 9325 4.2, RFC 9113 9.2.2: forward secrecy and authenticated encryption, nothing else. */
export const bcp195 = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE+AESGCM',
    'ECDHE+CHACHA20',
  ].join(':'),
  honorCipherOrder: true,
} as const satisfies SecureContextOptions;

export const listenerContext = ({ key, cert, clientCa }: ListenerTls): SecureContextOptions => ({
  key,
  cert,
  ca: clientCa,
  ...bcp195,
});

/** Whoever has no certificate of `clientCa` gets no further than the handshake. */
export const listenerOptions = (tls: ListenerTls): TlsOptions => ({
  ...listenerContext(tls),
  requestCert: tls.clientCa !== undefined,
  rejectUnauthorized: tls.clientCa !== undefined,
});

/** RFC 6066 3: no address is a server name, and Node sends none where only the host is given. */
export const callerOptions = ({ serverName, ...secrets }: CallerTls): ConnectionOptions => ({
  ...secrets,
  ...bcp195,
  ...(serverName !== undefined && { servername: serverName }),
});
