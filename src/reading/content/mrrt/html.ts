// What a reader of HTML templates needs of the parser: elements, their attributes and what is in them.

import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

export type Element = Tree.Element;
export type Node = Tree.ChildNode;

export const isElement = (node: Node): node is Element => 'tagName' in node;

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

/** Everything below, in the order of the document. */
export function* below(node: { childNodes: readonly Node[] }): Generator<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue;
    yield child;
    yield* below(child);
  }
}

/** White space as HTML shows it. */
export const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const textIn = (node: Node): string => {
  if (isElement(node)) return node.childNodes.map(textIn).join('');
  return 'value' in node ? node.value : '';
};
