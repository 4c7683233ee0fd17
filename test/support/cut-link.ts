// A network link to a server of a test: it can be cut while bytes are on their way, mended, and led elsewhere.

import { connect, createServer, type Server, type Socket } from 'node:net';

export class CutLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: number;
  #isCut = false;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
  }

  /** `passed` is called with the bytes of each piece that goes over it. */
  static async open(target: number, passed: (bytes: number) => void = () => undefined): Promise<CutLink> {
    const server = createServer();
    const link = new CutLink(server, target);
    server.on('connection', (near) => link.#join(near, passed));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** Connections made from now on reach the server on this port. */
  lead(target: number): void {
    this.#target = target;
  }

  /** Both ends of every connection are reset, and so is whoever tries to make another. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, passed: (bytes: number) => void): void {
    if (this.#isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.on('data', (chunk) => {
        if (!other.write(chunk)) {
          one.pause();
          other.once('drain', () => one.resume());
        }
        passed(chunk.length);
      });
      one.on('end', () => other.end());
      one.on('error', () => other.resetAndDestroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroySoon();
      });
    }
  }
}
