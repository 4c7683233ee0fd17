// Wildcard matching, PS3.4 C.2.2.2.4: `*` is any text, `?` any one character. Without regular expressions, whose time
// a key could make explode.

export const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?');

/** Whether all of `text` is what `pattern` says. Takes time proportional to the product of both lengths at most. */
export function matchesPattern(text: string, pattern: string): boolean {
  const characters = [...text];
  const wanted = [...pattern];
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < characters.length) {
    if (wanted[next] === '*') {
      star = next++;
      resume = at;
    } else if (wanted[next] === '?' || wanted[next] === characters[at]) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resume;
    } else return false;
  }
  while (wanted[next] === '*') next++;
  return next === wanted.length;
}
