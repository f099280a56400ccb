// UHID: what somebody typed as a health ID, read before anything is sent: 14 digits, the last by Verhoeff's scheme.
// https://en.wikipedia.org/wiki/Verhoeff_algorithm

export type ReadUhid =
  | { readonly ok: true; readonly number: string }
  /** A key of the texts. */
  | { readonly ok: false; readonly fault: 'digits' | 'length' | 'check' };

/** Dashes and spaces may stand anywhere. */
export const readUhid = (typed: string): ReadUhid => {
  const number = typed.replace(separators, '');
  if (!/^\d+$/.test(number)) return { ok: false, fault: 'digits' };
  if (number.length !== 14) return { ok: false, fault: 'length' };
  const fits = !number.startsWith('0') && isVerhoeff(number);
  return fits ? { ok: true, number } : { ok: false, fault: 'check' };
};

// People paste what a word processor has made of a dash or a space.
const separators = /[\s\-\u00ad\u2010-\u2015\u2212]/g;

const isVerhoeff = (number: string): boolean =>
  number
    .split('')
    .reverse()
    .reduce((sum, digit, place) => product(sum, turn(place, Number(digit))), 0) === 0;

/** Multiplication in the dihedral group of the pentagon: turns are 0 to 4, reflections 5 to 9. */
const product = (one: number, other: number): number => {
  const sign = one < 5 ? 1 : -1;
  const turned = ((((one % 5) + sign * (other % 5)) % 5) + 5) % 5;
  return one < 5 === other < 5 ? turned : turned + 5;
};

/** Each place turns the digits by one more step of the permutation. */
const turn = (place: number, digit: number): number => {
  let at = digit;
  for (let time = 0; time < place % 8; time += 1) at = step[at]!;
  return at;
};
const step: readonly number[] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
