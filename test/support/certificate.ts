// A certificate of its own authority for `localhost` and 127.0.0.1, made by OpenSSL for one test.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyFolder } from './folder.ts';

export interface Certificate {
  /** PEM. */
  key: string;
  cert: string;
}

/** For tests that are skipped `without('openssl', 'openssl')`. */
export function makeCertificate(after: (cleanUp: () => void) => void): Certificate {
  const folder = emptyFolder(after);
  const file = (name: string) => path.join(folder, name);
  execFileSync(
    'openssl',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost'.split(' '),
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', file('key.pem'), '-out', file('cert.pem')],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(file('key.pem'), 'utf8'), cert: readFileSync(file('cert.pem'), 'utf8') };
}
