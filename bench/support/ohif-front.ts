// The same OHIF for several servers: whatever lies below /viewer is fetched from the node that has it, everything else from
// the server under test itself, which the browser takes for one origin. A proxy auto-configuration tells them apart, so
// that what is measured passes no proxy.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

export interface ServerUnderTest {
  /** Its name in the browser, `NAME.test`. */
  name: string;
  port: number;
  /** Of its DICOMweb root. */
  path: string;
}

const ours = '/dicomweb';

/** Arguments for Chromium. `node`: where OHIF is. */
export async function ohifFront(
  after: (cleanUp: () => void) => void,
  node: string,
  servers: readonly ServerUnderTest[],
): Promise<string[]> {
  const front = createServer(async (request, response) => {
    const { pathname, search, hostname } = new URL(request.url!);
    const found = await fetch(`${node}${pathname}${search}`);
    const { path } = servers.find(({ name }) => hostname === `${name}.test`)!;
    for (const [name, value] of found.headers)
      if (!/^(content-(length|encoding)|connection)$/.test(name)) response.setHeader(name, value);
    response.statusCode = found.status;
    if (pathname.endsWith('/app-config.js')) response.end((await found.text()).replaceAll(`"${ours}`, `"${path}`));
    else Readable.fromWeb(found.body as never).pipe(response);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  after(() => {
    front.closeAllConnections();
    front.close();
  });
  const { port } = front.address() as AddressInfo;
  const choose = `function FindProxyForURL(url) { return /^http:..[^/]+.viewer/.test(url) ? 'PROXY 127.0.0.1:${port}' : 'DIRECT'; }`;
  const origins = servers.map((server) => `http://${server.name}.test:${server.port}`);
  return [
    `--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(choose).toString('base64')}`,
    '--host-resolver-rules=MAP *.test 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${origins.join(',')}`,
  ];
}
