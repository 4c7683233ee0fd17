// Where notifications may go: whoever may write a Subscription makes this node send requests, and must not reach by it what
// only this node can reach (OWASP, server-side request forgery). Decided on the address that is connected to, after its name
// was looked up, so that a name cannot mean something else by then.

import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net';
import { isLoopback } from '../../base/listen-address.ts';
import { Problem } from '../../base/problem.ts';

/** RFC 6890, and what addresses of the one family say of the other. */
const notPublic = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '::/128', '::1/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', 'fc00::/7',
  'fe80::/10', 'fec0::/10', 'ff00::/8',
]; // biome-ignore format: a list to be read at a glance

export interface HookNetworksOptions {
  /** CIDR. */
  allowed: readonly string[];
  /** Where this node's web listener is: from loopback alone, whoever subscribes is on this machine. */
  isLocal: boolean;
  /** Ports of this node's own listeners, which are nobody's hook. */
  ownPorts(): readonly number[];
}

export class HookNetworks {
  readonly #forbidden = blockList(notPublic);
  readonly #allowed: BlockList;
  readonly #ownPorts: () => readonly number[];

  constructor({ allowed, isLocal, ownPorts }: HookNetworksOptions) {
    this.#allowed = blockList([...allowed, ...(isLocal ? ['127.0.0.0/8', '::1/128'] : [])]);
    this.#ownPorts = ownPorts;
  }

  /** What can be told of a URL before its name is looked up. Throws Problem fhir/hook-forbidden. */
  check(url: URL): void {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const address = host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host;
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const isOwn = isIP(address) !== 0 && isLoopback(address) && this.#ownPorts().includes(port);
    if (isOwn || (isIP(address) !== 0 && !this.isAllowed(address))) throw new Problem('fhir/hook-forbidden');
  }

  isAllowed(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
    // An IPv4 address in any other dress is looked at as what it is by the list itself.
    return this.#allowed.check(plain, family) || !this.#forbidden.check(plain, family);
  }

  /** For a request: the addresses of its name, where all of them are allowed. */
  readonly lookup: LookupFunction = (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const forbidden = (addresses as LookupAddress[]).find(({ address }) => !this.isAllowed(address));
      if (forbidden !== undefined) return done(new Problem('fhir/hook-forbidden'), []);
      if (options.all) return done(null, addresses);
      const [first] = addresses as [LookupAddress];
      return done(null, first.address, first.family);
    });
  };
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string];
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}
