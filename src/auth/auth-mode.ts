// Settings that open the doors are accepted only where nobody from outside can reach them.

import { isLoopback, type ListenAddress, printListenAddress } from '../base/listen-address.ts';

export interface OpenDoors {
  auth: 'on' | 'off';
  peers: 'ANY' | readonly string[];
  http: ListenAddress;
  dicom: ListenAddress;
  mllp: ListenAddress;
}

/** Why a node with this configuration must not start; empty when it may. */
export function checkAuthMode(config: OpenDoors): string[] {
  const reachable = (['http', 'dicom', 'mllp'] as const).filter((door) => !isLoopback(config[door].host));
  const opened = reachable.map((door) => `FASCIA_${door.toUpperCase()}=${printListenAddress(config[door])}`).join(', ');
  const reasons: string[] = [];
  if (config.auth === 'off' && reachable.length > 0) {
    reasons.push(`FASCIA_AUTH=off lets everybody in who can reach a listener, and ${opened} is not on loopback`);
  }
  if (config.peers === 'ANY' && !isLoopback(config.dicom.host)) {
    const listener = printListenAddress(config.dicom);
    reasons.push(`FASCIA_PEERS=ANY lets every AE title in, and FASCIA_DICOM=${listener} is not on loopback`);
  }
  return reasons;
}
