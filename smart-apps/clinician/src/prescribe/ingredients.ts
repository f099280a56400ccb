// Ingredients: medicines under the names people write, with the class that shares their allergies. Not complete: what is not here is
// only compared by name. Codes are those of RxNorm's ingredients. https://www.nlm.nih.gov/research/umls/rxnorm

export type DrugClass =
  | 'penicillins'
  | 'cephalosporins'
  | 'carbapenems'
  | 'sulfonamides'
  | 'nsaids'
  | 'macrolides'
  | 'quinolones'
  | 'tetracyclines'
  | 'opioids'
  | 'ace-inhibitors'
  | 'statins';

export interface Ingredient {
  /** In lower case; the first is the one it is known by here. */
  readonly names: readonly string[];
  readonly code?: string;
  readonly drugClass?: DrugClass;
}

const of = (
  drugClass: DrugClass,
  list: readonly (readonly [string, ...string[]])[],
): Ingredient[] => list.map(([code, ...names]) => ({ names, code, drugClass }));

export const ingredients: readonly Ingredient[] = [
  ...of('penicillins', [
    ['723', 'amoxicillin', 'amoxycillin', 'augmentin', 'co-amoxiclav'],
    ['733', 'ampicillin'],
    ['7980', 'penicillin g', 'benzylpenicillin'],
    ['7984', 'penicillin v', 'phenoxymethylpenicillin'],
    ['8339', 'piperacillin'],
    ['3356', 'dicloxacillin'],
  ]),
  ...of('cephalosporins', [
    ['2231', 'cephalexin', 'cefalexin'],
    ['2193', 'ceftriaxone'],
    ['2194', 'cefuroxime'],
    ['25033', 'cefixime'],
  ]),
  ...of('carbapenems', [['29561', 'meropenem']]),
  ...of('sulfonamides', [['10180', 'sulfamethoxazole', 'co-trimoxazole', 'cotrimoxazole']]),
  ...of('nsaids', [
    ['5640', 'ibuprofen', 'brufen', 'combiflam'],
    ['3355', 'diclofenac', 'voveran'],
    ['7258', 'naproxen'],
    ['1191', 'aspirin', 'acetylsalicylic acid', 'ecosprin', 'disprin'],
  ]),
  ...of('macrolides', [
    ['18631', 'azithromycin'],
    ['21212', 'clarithromycin'],
    ['4053', 'erythromycin'],
  ]),
  ...of('quinolones', [
    ['2551', 'ciprofloxacin'],
    ['82122', 'levofloxacin'],
    ['7623', 'ofloxacin'],
  ]),
  ...of('tetracyclines', [
    ['3640', 'doxycycline'],
    ['10395', 'tetracycline'],
  ]),
  ...of('opioids', [
    ['7052', 'morphine'],
    ['2670', 'codeine'],
    ['10689', 'tramadol'],
  ]),
  ...of('ace-inhibitors', [
    ['3827', 'enalapril'],
    ['29046', 'lisinopril'],
    ['35296', 'ramipril'],
  ]),
  ...of('statins', [
    ['83367', 'atorvastatin'],
    ['301542', 'rosuvastatin'],
    ['36567', 'simvastatin'],
  ]),
  { names: ['acetaminophen', 'paracetamol', 'crocin', 'dolo', 'calpol'], code: '161' },
  { names: ['albuterol', 'salbutamol'], code: '435' },
  { names: ['furosemide', 'frusemide'], code: '4603' },
  { names: ['metformin'], code: '6809' },
  { names: ['amlodipine'], code: '17767' },
  { names: ['telmisartan'], code: '73494' },
  { names: ['levothyroxine', 'thyroxine'], code: '10582' },
];

/** By what a class is called in an allergy, or ends with in a medicine nobody listed. */
export const classWords: Readonly<Record<DrugClass, RegExp>> = {
  penicillins: /penicillin|cillin\b/,
  cephalosporins: /cephalosporin|\bcef[a-z]+|\bceph[a-z]+/,
  carbapenems: /carbapenem|penem\b/,
  sulfonamides: /sul(f|ph)onamide|\bsul(f|ph)a\b|\bsul(f|ph)a (drug|antibiotic)|\bsul(f|ph)am/,
  nsaids: /nsaid|non-?steroidal|salicylate|profen\b|fenac\b/,
  macrolides: /macrolide|thromycin\b/,
  quinolones: /quinolone|floxacin\b/,
  tetracyclines: /tetracycline|cycline\b/,
  opioids: /opioid|opiate/,
  'ace-inhibitors': /\bace inhibitor|angiotensin-converting|[a-z]{3,}pril\b/,
  statins: /\bstatins?\b|vastatin\b/,
};

/** Whoever bears the one badly may bear the other badly. */
export const related: readonly (readonly [DrugClass, DrugClass])[] = [
  ['penicillins', 'cephalosporins'],
  ['penicillins', 'carbapenems'],
  ['cephalosporins', 'carbapenems'],
];
