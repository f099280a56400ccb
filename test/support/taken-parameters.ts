// Which parameters an operation takes, as it says itself when it is sent one it does not know.

import type { OperationDefinition } from 'fhir/r4.js';

/** Like the name of no other. */
export const strangeParameter = 'zzzzzzzzzzzz';

export const strangeParameters = {
  resourceType: 'Parameters',
  parameter: [{ name: strangeParameter, valueString: 'x' }],
};

/** The names in an answer to it, sorted; undefined when the operation has not read what was sent. */
export const takenIn = (text: string): readonly string[] | undefined => {
  const said = /'zzzzzzzzzzzz' is not known to this operation; it takes ([^.]*)\./.exec(text)?.[1];
  return said === 'none' ? [] : said?.split(', ').toSorted();
};

export const definedIn = ({ parameter = [] }: OperationDefinition): readonly string[] =>
  parameter.flatMap(({ use, name }) => (use === 'in' ? [name] : [])).toSorted();

/** Below the FHIR base, where the definition says that it is offered; a Patient, Task … need not be there. */
export const addressOf = ({ code, instance, type, resource }: OperationDefinition): string => {
  const at = type || !instance ? '' : 'x/';
  return `${resource ? `${resource[0]!}/` : ''}${at}$${code}`;
};
