// What all tests of a file use, because making it takes longer than what they ask of it.

/** Is told what to do when nobody needs it any more. */
export type Later = (cleanUp: () => void | Promise<void>) => void;

/** Made when the first test asks for it; cleaned up after the last, the latest first. For a file to call, not for a test. */
export function shared<T>(make: (later: Later) => Promise<T>): () => Promise<T> {
  // Not imported: whoever only starts a node, as the demo does, is no test.
  const { after } = process.getBuiltinModule('node:test');
  const cleaning = new AsyncDisposableStack();
  let made: Promise<T> | undefined;
  after(() => cleaning.disposeAsync());
  return () => {
    made ??= make((cleanUp) => cleaning.defer(cleanUp));
    return made;
  };
}
