// How far two numbers are apart as they are typed.

/** Digits that differ between two numbers, two neighbours exchanged counting as one; 2 stands for any more. */
export function digitEdits(a: number, b: number): number {
  let edits = 0;
  let lastA = -1;
  let lastB = -1;
  for (;;) {
    // Nine digits at a time: dividing a number of 32 bits takes a tenth of the time that a larger one takes.
    let [partA, partB] = [(a % 1e9) | 0, (b % 1e9) | 0];
    a = (a - partA) / 1e9;
    b = (b - partB) / 1e9;
    const isLast = a === 0 && b === 0;
    for (let digit = 0; isLast ? partA > 0 || partB > 0 : digit < 9; digit++) {
      const [digitA, digitB] = [partA % 10, partB % 10];
      partA = (partA / 10) | 0;
      partB = (partB / 10) | 0;
      if (digitA === digitB) {
        lastA = -1;
        continue;
      }
      const isExchanged = lastA === digitB && lastB === digitA;
      if (!isExchanged && ++edits === 2) return edits;
      lastA = isExchanged ? -1 : digitA;
      lastB = isExchanged ? -1 : digitB;
    }
    if (isLast) return edits;
  }
}

/** Whether one digit of `longer` left out makes `shorter`. */
export function lacksDigit(shorter: number, longer: number): boolean {
  for (let unit = 1; unit <= longer; unit *= 10) {
    if (Math.floor(longer / (unit * 10)) * unit + (longer % unit) === shorter) return true;
  }
  return false;
}
