// Images that were received, and those on their way: what a person looks at is asked for at once, what they may look at
// next waits in a short queue behind it.

export const limits = {
  /** Of decoded images that are kept. */
  heldBytes: 384 << 20,
  /** Asked for ahead at the same time; a browser has six connections to one server. */
  aheadAtOnce: 3,
  /** After an answer that says that the server has too much to do. */
  attempts: 4,
  longestPauseMs: 8_000,
};

export class ImageStore {
  readonly #images = new Map<string, ImageBitmap>();
  readonly #coming = new Map<string, Promise<ImageBitmap>>();
  #ahead: string[] = [];
  #running = 0;
  #heldBytes = 0;
  /** Called with each image that came. */
  readonly #received: () => void;

  constructor(received: () => void) {
    this.#received = received;
  }

  get(url: string): ImageBitmap | undefined {
    const image = this.#images.get(url);
    if (image !== undefined) {
      this.#images.delete(url);
      this.#images.set(url, image);
    }
    return image;
  }

  has(url: string): boolean {
    return this.#images.has(url);
  }

  /** Takes an image that came with the page. */
  async take(url: string, image: HTMLImageElement): Promise<void> {
    this.#keep(url, await createImageBitmap(image));
  }

  /** Rejects with an Error for the person. */
  load(url: string): Promise<ImageBitmap> {
    const held = this.get(url);
    if (held !== undefined) return Promise.resolve(held);
    const coming = this.#coming.get(url) ?? this.#fetch(url);
    this.#coming.set(url, coming);
    return coming;
  }

  /** What is asked for ahead, the likeliest first; what was asked for before and has not begun is forgotten. */
  expect(urls: readonly string[]): void {
    this.#ahead = urls.filter((url) => !this.#images.has(url) && !this.#coming.has(url));
    while (this.#running < limits.aheadAtOnce && this.#ahead.length > 0) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running += 1;
    for (let url = this.#ahead.shift(); url !== undefined; url = this.#ahead.shift()) {
      // Whoever comes to that image asks again, and is told.
      await this.load(url).catch(() => undefined);
    }
    this.#running -= 1;
  }

  async #fetch(url: string): Promise<ImageBitmap> {
    try {
      const image = await createImageBitmap(await imageBlob(url));
      this.#keep(url, image);
      return image;
    } finally {
      this.#coming.delete(url);
    }
  }

  #keep(url: string, image: ImageBitmap): void {
    this.#images.set(url, image);
    this.#heldBytes += bytesOf(image);
    for (const [oldest, other] of this.#images) {
      if (this.#heldBytes <= limits.heldBytes || other === image) break;
      this.#images.delete(oldest);
      this.#heldBytes -= bytesOf(other);
      other.close();
    }
    this.#received();
  }
}

const bytesOf = ({ width, height }: ImageBitmap): number => width * height * 4;

async function imageBlob(url: string): Promise<Blob> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { headers: { Accept: 'image/jpeg' } });
    if (response.ok) return response.blob();
    if (response.status !== 503 || attempt === limits.attempts) throw new Error(await reasonOf(response));
    const pauseMs = Number(response.headers.get('retry-after') ?? 1) * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, limits.longestPauseMs)));
  }
}

/** The sentence of a problem body (RFC 9457). */
async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => undefined)) as { detail?: string } | undefined;
  return problem?.detail ?? `the server answered ${response.status}`;
}
