// phonetic: how a name in Latin letters sounds, alike for the ways people spell it: Mohammed and Muhamad, Laxmi and Lakshmi.

/** '' for a name without letters. Vowels count only as the beginning. */
export const phoneticOf = (latin: string): string => {
  let sound = latin.replaceAll(' ', '');
  for (const [spelling, heard] of sounds) sound = sound.replace(spelling, heard);
  const head = sound.slice(0, 1).replace(/[aeiouy]/, 'a');
  const rest = sound.slice(1).replace(/[aeiouyh]/g, '');
  return `${head}${rest}`.slice(0, longest);
};

const longest = 7;

/** In this order. Capitals are sounds that a later line must not change. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/^(?:mac|mc)/, 'mk'],
  [/ght/g, 't'],
  [/sch|shch/g, 's'],
  [/ch+h?|tch/g, 'C'],
  [/ph/g, 'f'],
  [/dt\b/g, 't'],
  [/([kgtdbjsz])h/g, '$1'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/g(?=[eiy])/g, 'j'],
  [/([aeiou])[wy](?![aeiou])/g, '$1'],
  [/[wv]/g, 'f'],
  [/z/g, 's'],
  [/(.)\1+/g, '$1'],
];
