// Doors of a test over TLS: by HTTP/2 for whoever fetches, by HTTP/1.1 for whoever writes to a connection.

import { connect } from 'node:tls';
import { secureServer } from '../../src/base/http/secure-server.ts';
import type { Transport } from '../../src/dicomweb/testing/test-door.ts';
import type { Certificate } from './certificate.ts';
import { http2Client } from './http2-client.ts';

export function overTls(certificate: Certificate): Transport {
  const { cert: ca } = certificate;
  return {
    serverFactory: (serve) =>
      secureServer({ ...certificate, http1: {}, handshakeMs: 20_000, silenceMs: 60_000 }, serve),
    clientOf: (address) => {
      const origin = `https://${address}`;
      const client = http2Client(origin, ca);
      const port = Number(address.split(':')[1]);
      return {
        origin,
        ...client,
        connect: () => connect({ port, host: '127.0.0.1', ca, ALPNProtocols: ['http/1.1'] }),
      };
    },
  };
}
