// How far two numbers are apart as they are typed.

/** Digits that differ between two numbers, two neighbours exchanged counting as one; 2 stands for any more. */
export function digitEdits(a: number, b: number): number {
  let edits = 0;
  let [lastA, lastB] = [-1, -1];
  while ((a > 0 || b > 0) && edits < 2) {
    const [digitA, digitB] = [a % 10, b % 10];
    a = (a - digitA) / 10;
    b = (b - digitB) / 10;
    if (digitA === digitB) {
      lastA = -1;
      continue;
    }
    const exchanged = lastA === digitB && lastB === digitA;
    if (!exchanged) edits++;
    [lastA, lastB] = exchanged ? [-1, -1] : [digitA, digitB];
  }
  return edits;
}
