// Settings that open the doors are accepted only where nobody from outside can reach them.

import { environmentName } from '../base/config-schema.ts';
import { isLoopback, type ListenAddress, printListenAddress } from '../base/listen-address.ts';

export interface OpenDoors {
  auth: 'on' | 'off';
  peers: 'ANY' | readonly string[];
  http: ListenAddress;
  dicom: ListenAddress;
  dicomTlsListener?: ListenAddress;
  mllp: ListenAddress;
}

/** Why a node with this configuration must not start; empty when it may. */
export function checkAuthMode(config: OpenDoors): string[] {
  const reachable = (['http', 'dicom', 'dicomTlsListener', 'mllp'] as const).flatMap((door) => {
    const address = config[door];
    return address === undefined || isLoopback(address.host) ? [] : [{ door, address }];
  });
  const print = ({ door, address }: (typeof reachable)[number]): string =>
    `${environmentName(door)}=${printListenAddress(address)}`;
  const opened = reachable.map(print).join(', ');
  const reasons: string[] = [];
  if (config.auth === 'off' && reachable.length > 0) {
    reasons.push(`FASCIA_AUTH=off lets everybody in who can reach a listener, and ${opened} is not on loopback`);
  }
  const dimse = reachable.filter(({ door }) => door === 'dicom' || door === 'dicomTlsListener');
  if (config.peers === 'ANY' && dimse.length > 0) {
    const listeners = dimse.map(print).join(', ');
    reasons.push(`FASCIA_PEERS=ANY lets every AE title in, and ${listeners} is not on loopback`);
  }
  return reasons;
}
