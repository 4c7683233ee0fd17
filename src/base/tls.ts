// What every TLS listener of ours offers: the recommendations of BCP 195 (RFC 9325), which are also the security profile of
// DICOM (PS3.15 B.12) and of IHE ATNA.

import type { SecureContextOptions } from 'node:tls';

/** Key and certificates, PEM. */
export interface TlsIdentity {
  key: string | Buffer;
  cert: string | Buffer;
}

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
