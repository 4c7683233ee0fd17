// Codecs without a rate control are asked again with other settings until the codestream is small enough.

/**
 * `settings` lie in the order of the sizes they give, largest first. Resolves to what the first of them whose result has at
 * most `bytes` gave, by bisection; to what the last gave where none has.
 */
export async function firstWithin<Setting>(
  bytes: number,
  settings: readonly Setting[],
  encode: (setting: Setting) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  let best: Uint8Array | undefined;
  let [from, to] = [0, settings.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    const codestream = await encode(settings[middle]!);
    if (codestream.length <= bytes) [to, best] = [middle, codestream];
    else from = middle + 1;
  }
  return best ?? encode(settings[to]!);
}
