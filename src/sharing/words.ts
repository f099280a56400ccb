// words: what is asked and done about sharing, as a sentence a patient can read.

import { isObject, type Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import type { Asked } from './asked.ts';

/** "Dr. Rao of Lakeside Hospital asks to see results, medications until 2030-01-31 (TREAT): …" */
export const askedInWords = async (asked: Asked, context: Context): Promise<string> => {
  const who = await partiesInWords(asked, context);
  const until = asked.period.end.slice(0, 10);
  const why = asked.text === '' ? '' : `: ${asked.text}`;
  return `${who} asks to see ${asked.kinds.join(', ')} until ${until} (${asked.purpose})${why}`;
};

/** "Dr. Rao of Lakeside Hospital" */
export const partiesInWords = async (
  { organization, person }: Pick<Asked, 'organization' | 'person'>,
  context: Pick<Context, 'store'>,
): Promise<string> => {
  const references = person === undefined ? [organization] : [person, organization];
  const names = await Promise.all(references.map((each) => nameInWords(each, context)));
  return names.join(' of ');
};

/** The reference itself where nobody is there. */
export const nameInWords = async (
  reference: string,
  { store }: Pick<Context, 'store'>,
): Promise<string> => {
  const [version] = await store.resources.read([keyOf(reference)]);
  return version && !version.deleted ? nameOf(JSON.parse(version.text) as Resource) : reference;
};

const keyOf = (reference: string) => {
  const [type = '', id = ''] = reference.split('/');
  return { type, id };
};

/** An Organization's name is a text, a person's a list of HumanNames. */
const nameOf = ({ resourceType, id, name }: Resource): string => {
  const fallback = `${resourceType}/${String(id)}`;
  if (typeof name === 'string') return name;
  const first: unknown = Array.isArray(name) ? name[0] : undefined;
  if (!isObject(first)) return fallback;
  const { text, prefix = [], given = [], family } = first as HumanName;
  return text ?? ([...prefix, ...given, family].filter(Boolean).join(' ') || fallback);
};

interface HumanName {
  readonly text?: string;
  readonly prefix?: readonly string[];
  readonly given?: readonly string[];
  readonly family?: string;
}
