// A browser as far as a redirect and a cookie go: it keeps what it is given and follows where it is led.

export interface Visit {
  /** Where it ended. */
  url: string;
  status: number;
  body: string;
}

export class CookieBrowser {
  readonly #cookies = new Map<string, string>();

  /** Follows redirects, unless `stopAt` says that this one is far enough. */
  async open(url: string, stopAt: (location: string) => boolean = () => false): Promise<Visit> {
    for (let at = url; ; ) {
      const response = await this.fetch(at);
      const location = response.headers.get('location');
      if (location === null) return { url: at, status: response.status, body: await response.text() };
      at = new URL(location, at).href;
      if (stopAt(at)) return { url: at, status: response.status, body: '' };
    }
  }

  /** One request, with the cookies that there are. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie && { Cookie: cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (value === '') this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    return response;
  }
}
