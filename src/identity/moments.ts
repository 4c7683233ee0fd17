// When each node was first seen. ISO 8601 as most write it is kept as a number; any other text as it is. Text sorts by time.

import { intsOf, jsonOf, type Part, type Takers } from './snapshot.ts';

export class Moments {
  /** Milliseconds since 1970 (UTC); NaN where nothing is known, or the text is another than ISO 8601 of this moment. */
  private times = new Float64Array(1 << 12).fill(Number.NaN);
  private readonly texts = new Map<number, string>();
  private count = 0;

  get(node: number): string | undefined {
    const time = this.times[node] ?? Number.NaN;
    return Number.isNaN(time) ? this.texts.get(node) : new Date(time).toISOString();
  }

  set(node: number, text: string): void {
    if (node >= this.times.length) this.widen(node);
    this.count = Math.max(this.count, node + 1);
    const time = isIso.test(text) ? Date.parse(text) : Number.NaN;
    const isWhole = !Number.isNaN(time) && new Date(time).toISOString() === text;
    this.times[node] = isWhole ? time : Number.NaN;
    if (isWhole) this.texts.delete(node);
    else this.texts.set(node, text);
  }

  /** Below 0 where `one` was seen before `other`, 0 where at once. */
  compare(one: number, other: number): number {
    const [a, b] = [this.times[one] ?? Number.NaN, this.times[other] ?? Number.NaN];
    if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    const [textA, textB] = [this.get(one) ?? '', this.get(other) ?? ''];
    return textA < textB ? -1 : textA > textB ? 1 : 0;
  }

  /** Everything as it is now. */
  parts(): Part[] {
    const times = new Int32Array(this.times.slice(0, this.count).buffer);
    return [
      { name: 'since', ints: times },
      { name: 'sinceTexts', json: [...this.texts] },
    ];
  }

  readonly takers: Takers = {
    since: (part) => {
      const times = new Float64Array(intsOf(part).slice().buffer);
      this.count = times.length;
      if (this.count > 0) this.widen(this.count);
      this.times.set(times);
    },
    sinceTexts: (part) => {
      for (const [node, text] of jsonOf<[number, string][]>(part)) this.texts.set(node, text);
    },
  };

  private widen(node: number): void {
    const wider = new Float64Array(Math.max(this.times.length * 2, node + 1)).fill(Number.NaN);
    wider.set(this.times);
    this.times = wider;
  }
}

const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
