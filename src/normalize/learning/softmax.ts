// Multinomial logistic regression over named features that are present or not. A model is text: its classes, its features
// and one signed byte a weight.

export interface SoftmaxModel {
  classes: string[];
  features: Map<string, number>;
  /** Row by row, one row a feature, one column a class. */
  weights: Float32Array;
}

export interface Example {
  features: readonly string[];
  label: string;
}

const limits = {
  /** A feature seen less often is left out. */
  occurrences: 4,
};

/** Probability of each class, in the order of `model.classes`. */
export function probabilities(model: SoftmaxModel, features: readonly string[]): Float64Array {
  const count = model.classes.length;
  const scores = new Float64Array(count);
  for (const feature of features) {
    const row = model.features.get(feature);
    if (row === undefined) continue;
    for (let k = 0; k < count; k++) scores[k]! += model.weights[row * count + k]!;
  }
  const most = Math.max(...scores);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    scores[k] = Math.exp(scores[k]! - most);
    sum += scores[k]!;
  }
  for (let k = 0; k < count; k++) scores[k]! /= sum;
  return scores;
}

export interface Training {
  epochs: number;
  rate: number;
  /** Pull of each weight to its prior. */
  decay: number;
  /** Weight of a feature for a class before anything was learned; 0 where not given. */
  prior?: (feature: string, label: string) => number;
}

/** Adaptive gradient descent (AdaGrad) in the order of the examples; the same examples give the same model. */
export function train(examples: readonly Example[], { epochs, rate, decay, prior }: Training): SoftmaxModel {
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const name of features) seen.set(name, (seen.get(name) ?? 0) + 1);
  const kept = [...seen].filter(([, times]) => times >= limits.occurrences).map(([name]) => name);
  const features = new Map(kept.map((name, row) => [name, row]));
  const classes = [...new Set(examples.map(({ label }) => label))].sort();
  const model: SoftmaxModel = { classes, features, weights: new Float32Array(features.size * classes.length) };
  if (prior !== undefined) {
    for (const [name, row] of features) {
      for (const [column, label] of classes.entries())
        model.weights[row * classes.length + column] = prior(name, label);
    }
  }
  const start = model.weights.slice();
  const squares = new Float32Array(model.weights.length).fill(1e-2);
  const columns = new Map(classes.map((name, column) => [name, column]));
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { features: present, label } of examples) {
      const gradient = probabilities(model, present);
      gradient[columns.get(label)!]! -= 1;
      for (const name of present) {
        const row = features.get(name);
        if (row === undefined) continue;
        descend(model.weights, start, squares, row * classes.length, gradient, { rate, decay });
      }
    }
  }
  return model;
}

function descend(
  weights: Float32Array,
  start: Float32Array,
  squares: Float32Array,
  from: number,
  gradient: Float64Array,
  { rate, decay }: { rate: number; decay: number },
): void {
  for (let k = 0; k < gradient.length; k++) {
    const step = gradient[k]!;
    if (Math.abs(step) < 1e-4) continue;
    const slope = step + decay * (weights[from + k]! - start[from + k]!);
    squares[from + k]! += slope * slope;
    weights[from + k]! -= (rate * slope) / Math.sqrt(squares[from + k]!);
  }
}

/** Largest weight that is written; a byte counts 1/127 of it. */
const range = 8;

/** Lines of text: the classes, then each feature with the weights that are not zero. */
export function write(model: SoftmaxModel): string {
  const count = model.classes.length;
  const lines = [model.classes.join('\t')];
  for (const [name, row] of model.features) {
    const weights = Array.from(model.weights.subarray(row * count, (row + 1) * count), quantised);
    const cells = sparse(weights);
    if (cells !== '') lines.push(`${name}\t${cells}`);
  }
  return lines.join('\n');
}

const quantised = (weight: number): number => Math.max(-127, Math.min(127, Math.round((weight / range) * 127)));

/** Weights that are not zero as `column:weight`, base 36. */
function sparse(weights: readonly number[]): string {
  return weights
    .flatMap((weight, at) => (Math.abs(weight) < 2 ? [] : [`${at.toString(36)}:${weight.toString(36)}`]))
    .join(' ');
}

export function read(text: string): SoftmaxModel {
  const [head, ...lines] = text.trim().split('\n') as [string, ...string[]];
  const classes = head.split('\t');
  const model: SoftmaxModel = {
    classes,
    features: new Map(),
    weights: new Float32Array(lines.length * classes.length),
  };
  for (const [row, line] of lines.entries()) {
    const [name, cells] = line.split('\t') as [string, string];
    model.features.set(name, row);
    for (const cell of cells.split(' ')) {
      const [column, weight] = cell.split(':') as [string, string];
      model.weights[row * classes.length + Number.parseInt(column, 36)] = (Number.parseInt(weight, 36) / 127) * range;
    }
  }
  return model;
}
