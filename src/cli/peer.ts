// `fascia peer add|list|remove`: the DICOM applications that may come in, and where to reach them. In force at once.

import { parseListenAddress, printListenAddress } from '../base/listen-address.ts';
import type { PeerTls } from '../base/tls.ts';
import { listCommand, removeCommand } from './api-commands.ts';
import { type Command, UsageError } from './command.ts';
import { tlsOf, tlsOptions } from './tls-options.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Peer {
  aeTitle: string;
  host: string;
  port: number;
  sopClasses: string[];
  tls?: true | PeerTls;
}

export const peerAdd: Command = {
  arguments: 'AET HOST:PORT',
  summary: 'let a DICOM application in, and say where it listens',
  details:
    'A peer is known by its AE title and its address. In force in the running node at once; adding it again changes it.',
  options: {
    ...tenantOption,
    ...tlsOptions,
    'sop-class': {
      type: 'string',
      multiple: true,
      value: 'UID',
      description: 'a private storage SOP class to accept from it, beyond the known ones',
    },
  },
  arity: [2, 2],
  async run([aeTitle, at], options) {
    const address = at!.includes(':') ? parseListenAddress(at!) : undefined;
    if (address === undefined || address.port === 0) throw new UsageError(`${at} is no HOST:PORT`);
    const body = { aeTitle, ...address, sopClasses: options['sop-class'] ?? [], tls: tlsOf(options) };
    await withApi((api) => api.call('PUT', `/peers/${encodeURIComponent(aeTitle!)}`, body), options);
    process.stdout.write(`${aeTitle} at ${at} may come in\n`);
    return 0;
  },
};

export const peerList = listCommand<Peer>(
  '/peers',
  'the DICOM applications that may come in',
  ({ aeTitle, host, port, sopClasses, tls }) => [
    aeTitle,
    printListenAddress({ host, port }),
    tls === undefined ? '' : 'by TLS',
    sopClasses.join(' '),
  ],
);

export const peerRemove = removeCommand('/peers', {
  argument: 'AET',
  summary: 'let a DICOM application in no longer',
  done: 'may come in no longer',
});
