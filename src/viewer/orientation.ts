// The letters at the edges of an image: where the patient's right, anterior, head and so on are. PS3.3 C.7.6.1.1.1.

/** At the left, right, top and bottom edge; empty where it is not known. */
export interface EdgeLetters {
  left: string;
  right: string;
  top: string;
  bottom: string;
}

const towards = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

const opposite: Record<string, string> = { L: 'R', R: 'L', P: 'A', A: 'P', H: 'F', F: 'H' };

const limits = {
  /** A part of a direction that is smaller than this cosine is not named: 5.7 degrees. */
  leastCosine: 0.1,
  letters: 3,
};

/** From Image Orientation (Patient): the cosines of a row, from left to right, and of a column, from top to bottom. */
export function lettersOfCosines(cosines: readonly number[] | undefined): EdgeLetters {
  if (cosines?.length !== 6) return lettersOfNames([]);
  return lettersOfNames([nameOf(cosines.slice(0, 3)), nameOf(cosines.slice(3))]);
}

/** From Patient Orientation: what rows and columns lead to. */
export function lettersOfNames([row = '', column = '']: readonly string[]): EdgeLetters {
  return { left: inverse(row), right: row, top: inverse(column), bottom: column };
}

/** The letters of a direction, the strongest first: `LPH`. */
function nameOf(direction: readonly number[]): string {
  return direction
    .map((cosine, axis) => ({ size: Math.abs(cosine), letter: towards[axis]![cosine > 0 ? 0 : 1] }))
    .filter(({ size }) => size >= limits.leastCosine)
    .sort((a, b) => b.size - a.size)
    .slice(0, limits.letters)
    .map(({ letter }) => letter)
    .join('');
}

const inverse = (name: string): string => [...name].map((letter) => opposite[letter] ?? '').join('');
