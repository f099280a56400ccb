// FHIRPath functions over texts.
// https://hl7.org/fhirpath/N1/#string-manipulation

import { fromRun, type FunctionBuilder, type FunctionDefinition } from '../compiled.ts';
import {
  element,
  none,
  ofInteger,
  ofString,
  ofTruth,
  single,
  singleNumber,
  singleString,
  type Elements,
} from '../element.ts';
import { PathError } from '../error.ts';

/** Of the input's text and the parameters' values; empty when the text or a parameter is. */
const ofText =
  (compute: (text: string, ...parameters: readonly Elements[]) => Elements): FunctionBuilder =>
  (on, parameters, compiler) => {
    const runs = parameters.map((parameter) => compiler.compile(parameter).run);
    return fromRun((input, scope) => {
      const text = singleString(on(input, scope));
      const values = runs.map((run) => run(scope.self, scope));
      return text === undefined || values.some((value) => value.length === 0)
        ? none
        : compute(text, ...values);
    });
  };

const ofTexts = (compute: (text: string, ...parameters: string[]) => Elements): FunctionBuilder =>
  ofText((text, ...parameters) =>
    compute(
      text,
      ...parameters.map((parameter) => {
        const value = singleString(parameter);
        if (value === undefined) throw new PathError('FHIRPath wants a text as parameter.');
        return value;
      }),
    ),
  );

const substring = ofText((text, ...places) => {
  const [from = 0, length = text.length] = places.map(singleNumber);
  if (from < 0 || from >= text.length) return none;
  return ofString(text.slice(from, from + Math.max(0, length)));
});

/** `.` matches line breaks too. Under the u flag some expressions of R4 itself would be refused. */
const regularExpression = (source: string, flags = 's'): RegExp => {
  const key = `${flags}/${source}`;
  const known = expressions.get(key);
  if (known !== undefined) return known;
  try {
    const made = new RegExp(source, flags);
    if (expressions.size > 1000) expressions.clear();
    expressions.set(key, made);
    return made;
  } catch (cause) {
    throw new PathError(`'${source}' is not a regular expression.`, { cause });
  }
};

const expressions = new Map<string, RegExp>();

const replaceMatches = ofTexts((text, source, replacement) =>
  ofString(text.replace(regularExpression(source, 'gs'), replacement)),
);

const replace = ofTexts((text, part, replacement) =>
  ofString(text.replaceAll(part, () => replacement)),
);

const join: FunctionBuilder = (on, [parameter], compiler) => {
  const separator = parameter === undefined ? undefined : compiler.compile(parameter).run;
  return fromRun((input, scope) => {
    const texts = on(input, scope).map(({ value }) => value);
    if (texts.length === 0) return none;
    return ofString(texts.join(separator ? singleString(separator(scope.self, scope)) : ''));
  });
};

const toChars = ofTexts((text) =>
  Array.from(text, (character) => element(character, 'System.String')),
);

const split = ofTexts((text, separator) =>
  text.split(separator).map((part) => element(part, 'System.String')),
);

const length: FunctionBuilder = (on) =>
  fromRun((input, scope) => {
    const text = single(on(input, scope))?.value;
    return typeof text === 'string' ? ofInteger(text.length) : none;
  });

const one = (build: FunctionBuilder): FunctionDefinition => ({ least: 1, most: 1, build });
const zero = (build: FunctionBuilder): FunctionDefinition => ({ least: 0, most: 0, build });

export const strings: Readonly<Record<string, FunctionDefinition>> = {
  indexOf: one(ofTexts((text, part) => ofInteger(text.indexOf(part)))),
  substring: { least: 1, most: 2, build: substring },
  startsWith: one(ofTexts((text, part) => ofTruth(text.startsWith(part)))),
  endsWith: one(ofTexts((text, part) => ofTruth(text.endsWith(part)))),
  contains: one(ofTexts((text, part) => ofTruth(text.includes(part)))),
  matches: one(ofTexts((text, source) => ofTruth(regularExpression(source).test(text)))),
  matchesFull: one(
    ofTexts((text, source) => ofTruth(regularExpression(`^(?:${source})$`).test(text))),
  ),
  replaceMatches: { least: 2, most: 2, build: replaceMatches },
  replace: { least: 2, most: 2, build: replace },
  length: zero(length),
  upper: zero(ofTexts((text) => ofString(text.toUpperCase()))),
  lower: zero(ofTexts((text) => ofString(text.toLowerCase()))),
  trim: zero(ofTexts((text) => ofString(text.trim()))),
  toChars: zero(toChars),
  split: one(split),
  join: { least: 0, most: 1, build: join },
};
