// Stated: every code that the demonstration, the seed and the apps write themselves, with what they take it to mean.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ingredients } from '../../../smart-apps/clinician/src/prescribe/ingredients.ts';
import { directories, recordOf } from '../../../seed/records.ts';
import { codesIn, terminologies, type Coded } from './codes-in.ts';

export interface Stated extends Coded {
  /** Folder in the project: files move. */
  readonly where: string;
}

const project = join(import.meta.dirname, '../../..');

export const statedCodes = (): readonly Stated[] => [
  ...readdirSync(join(project, 'seed/demonstration')).flatMap(ofDemonstration),
  ...ofSeed(),
  ...ofIngredients(),
  ...['ui', 'portal', 'clinician', 'desk'].flatMap((app) => ofSource(`smart-apps/${app}`)),
];

const ofDemonstration = (name: string): readonly Stated[] => {
  const where = 'seed/demonstration';
  const content: unknown = JSON.parse(readFileSync(join(project, where, name), 'utf8'));
  return codesIn(content).map((coded) => ({ ...coded, where }));
};

/** Enough patients for every illness, vaccine and allergy to be met. */
const ofSeed = (): readonly Stated[] => {
  const origin = { seed: 'meridian', day: '2026-11-21' };
  const records = Array.from({ length: 300 }, (_, at) => recordOf(at + 1, origin)).flat();
  return codesIn([records, directories(origin)]).map((coded) => ({ ...coded, where: 'seed' }));
};

const ofIngredients = (): readonly Stated[] =>
  ingredients.flatMap(({ names: [display = ''], code }) =>
    code === undefined
      ? []
      : [
          {
            ...{ system: terminologies.rxnorm, code, display },
            where: 'smart-apps/clinician',
          },
        ],
  );

/** Codes told by their shape; the name is the string that follows, if one does, with a letter in it. */
const ofSource = (where: string): readonly Stated[] =>
  readdirSync(join(project, where, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const source = readFileSync(join(project, where, 'src', name), 'utf8');
      return shapes.flatMap(({ system, shape }) =>
        [...source.matchAll(shape)].map(([, code = '', display = said[name] ?? '']) => ({
          ...{ system, code, display, where },
        })),
      );
    });

/** What a file says of all codes in it that have no name beside them. */
const said: Readonly<Record<string, string>> = {
  'chart/allergy.ts': 'No known',
};

const following = String.raw`(?:(?:, |: |, name: |, display: )'((?=[^']*[a-z])[^']+)')?`;
const shapes = [
  { system: terminologies.loinc, shape: new RegExp(String.raw`'(\d{1,5}-\d)'${following}`, 'g') },
  { system: terminologies.snomed, shape: new RegExp(String.raw`'(\d{8,18})'${following}`, 'g') },
];
