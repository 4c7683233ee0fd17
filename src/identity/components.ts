// Components of a graph whose nodes are small integers: who could be one person with whom, directly or by way of others.

export interface Component {
  nodes: number[];
  /** Pairs of nodes, one after the other. */
  edges: number[];
}

export class Graph {
  private edges = new Int32Array(1 << 12);
  private used = 0;
  private readonly leader: Int32Array;

  constructor(size: number) {
    this.leader = Int32Array.from({ length: size }, (_, node) => node);
  }

  /** An edge that makes its ends one component. */
  connect(a: number, b: number): void {
    this.note(a, b);
    this.leader[this.find(a)] = this.find(b);
  }

  /** An edge that does not; it is told with the component of `a`. */
  note(a: number, b: number): void {
    if (this.used + 2 > this.edges.length) {
      const wider = new Int32Array(this.edges.length * 2);
      wider.set(this.edges);
      this.edges = wider;
    }
    this.edges[this.used++] = a;
    this.edges[this.used++] = b;
  }

  /** Each component that has an edge. */
  *components(): Generator<Component> {
    const size = this.leader.length;
    const counts = new Int32Array(size + 1);
    for (let node = 0; node < size; node++) counts[this.find(node) + 1]!++;
    for (let node = 0; node < size; node++) counts[node + 1]! += counts[node]!;
    const starts = counts.slice();
    const sorted = new Int32Array(size);
    for (let node = 0; node < size; node++) sorted[starts[this.find(node)]!++] = node;
    const edgesOf = this.edgesByLeader();
    for (let head = 0; head < size; head++) {
      const [from, to] = [counts[head]!, counts[head + 1]!];
      const edges = edgesOf(head);
      if (edges.length > 0 || to - from > 1) yield { nodes: [...sorted.subarray(from, to)], edges };
    }
  }

  /** Edges sorted by component, without an object for each. */
  private edgesByLeader(): (head: number) => number[] {
    const size = this.leader.length;
    const counts = new Int32Array(size + 1);
    for (let at = 0; at < this.used; at += 2) counts[this.find(this.edges[at]!) + 1]! += 2;
    for (let node = 0; node < size; node++) counts[node + 1]! += counts[node]!;
    const starts = counts.slice();
    const sorted = new Int32Array(this.used);
    for (let at = 0; at < this.used; at += 2) {
      const head = this.find(this.edges[at]!);
      sorted[starts[head]!++] = this.edges[at]!;
      sorted[starts[head]!++] = this.edges[at + 1]!;
    }
    return (head) => [...sorted.subarray(counts[head]!, counts[head + 1]!)];
  }

  private find(node: number): number {
    const { leader } = this;
    while (leader[node] !== node) node = leader[node] = leader[leader[node]!]!;
    return node;
  }
}
