// similar: how far two words are from each other, as typing errors make them.
// https://en.wikipedia.org/wiki/Jaro-Winkler_distance

/** 1 for the same, 0 for nothing in common; a common beginning counts more. */
export const similarity = (one: string, other: string): number => {
  if (one === other) return 1;
  const alike = jaro(one, other);
  let head = 0;
  while (head < 4 && head < one.length && one[head] === other[head]) head += 1;
  return alike + head * 0.1 * (1 - alike);
};

/** Whether one digit differs or two neighbours are swapped; both texts have the same length. */
export const isOneSlip = (one: string, other: string): boolean => {
  if (one.length !== other.length || one === other) return false;
  const first = Array.from(one).findIndex((letter, at) => letter !== other[at]);
  const isRestSame = (from: number): boolean => one.slice(from) === other.slice(from);
  if (isRestSame(first + 1)) return true;
  const isSwap = one[first] === other[first + 1] && one[first + 1] === other[first];
  return isSwap && isRestSame(first + 2);
};

const jaro = (one: string, other: string): number => {
  const common = commonLetters(one, other);
  if (common.length === 0) return 0;
  const back = commonLetters(other, one);
  const moved = common.filter((letter, at) => letter !== back[at]).length / 2;
  const share = common.length / one.length + common.length / other.length;
  return (share + (common.length - moved) / common.length) / 3;
};

/** Letters of the one that the other has nearby, in the order of the one. */
const commonLetters = (one: string, other: string): readonly string[] => {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set<number>();
  return Array.from(one).filter((letter, at) => {
    const last = Math.min(other.length - 1, at + reach);
    for (let place = Math.max(0, at - reach); place <= last; place += 1) {
      if (other[place] !== letter || taken.has(place)) continue;
      taken.add(place);
      return true;
    }
    return false;
  });
};
