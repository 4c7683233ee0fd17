// `fascia echo HOST:PORT AET`: C-ECHO, and in words what went wrong. PS3.4 A.

import { loadConfig } from '../base/config.ts';
import { parseListenAddress } from '../base/listen-address.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { openAssociation } from '../dimse/requested-association.ts';
import { echo as cEcho } from '../dimse/scu.ts';
import { VERIFICATION } from '../dimse/services.ts';
import { callerTls } from '../server/called-peers.ts';
import { tlsIdentity } from '../server/doors/certificates.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { tlsOf, tlsOptions } from './tls-options.ts';

export const echo: Command = {
  arguments: 'HOST:PORT AET',
  summary: 'C-ECHO: does a DICOM application answer us?',
  details: 'By TLS we prove ourselves, where it asks, by the certificate of this node (FASCIA_DICOM_TLS).',
  options: {
    as: { type: 'string', value: 'AET', description: 'our AE title (default: FASCIA_AET)' },
    ...tlsOptions,
  },
  arity: [2, 2],
  async run([at, calledAeTitle], options) {
    const address = at!.includes(':') ? parseListenAddress(at!) : undefined;
    if (address === undefined || address.port === 0) throw new UsageError(`${at} is no HOST:PORT`);
    const { config } = loadConfig();
    const callingAeTitle = String(options.as ?? config.aet);
    const tls = tlsOf(options);
    const identity = tls && (await tlsIdentity('dicomTls', config.dicomTls));
    const start = performance.now();
    const association = await openAssociation({
      ...address,
      ...(tls && { tls: callerTls(tls, identity) }),
      calledAeTitle: calledAeTitle!,
      callingAeTitle,
      contexts: [
        { abstractSyntax: VERIFICATION, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN] },
      ],
    });
    const status = await cEcho(association);
    await association.release();
    if (status !== 0) throw new CommandError(`${calledAeTitle} answered with status ${status.toString(16)}H`);
    process.stdout.write(`${calledAeTitle} at ${at} answered in ${Math.round(performance.now() - start)} ms\n`);
    return 0;
  },
};
