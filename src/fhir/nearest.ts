// The known word nearest to one that is not known, for "did you mean ...?".

/** undefined when no word is near: more than a third of the letters (at least one, at most three) would have to change. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const reach = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let least = reach + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps >= least) continue;
    least = steps;
    best = candidate;
  }
  return best;
};

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const change = (previous[j - 1] ?? 0) + (isSame ? 0 : 1);
      const edit = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
      row.push(isSwap ? Math.min(edit, (before[j - 2] ?? 0) + 1) : edit);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
};
