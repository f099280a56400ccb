// JSON Pointer: reads one, finds what it points at, and changes it in a copy that shares everything else.
// https://www.rfc-editor.org/rfc/rfc6901

import { isObject } from '../../fhir/resource.ts';
import { invalid, type Problem } from '../../fhir/problem.ts';

/** Unescaped reference tokens; [] is the whole value. */
export type Pointer = readonly string[];

export type Edit =
  | { readonly how: 'add'; readonly value: unknown }
  | { readonly how: 'replace'; readonly value: unknown }
  | { readonly how: 'remove' };

type Complain = (fault: string) => Problem;

export const readPointer = (text: unknown, where: string, name: string): Pointer => {
  if (typeof text !== 'string') throw invalid(`${where} needs a '${name}' (a JSON Pointer).`);
  if (text === '') return [];
  if (!text.startsWith('/'))
    throw invalid(`${where}: '${name}' is a JSON Pointer and begins with '/', not '${text}'.`);
  if (/~(?![01])/.test(text))
    throw invalid(`${where}: '~' in '${text}' is written '~0' ('~1' is '/').`);
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
};

/** What the pointer points at; complains when there is nothing. */
export const at = (document: unknown, path: Pointer, complain: Complain): unknown => {
  let value = document;
  path.forEach((token, depth) => {
    value = child(value, token, () =>
      complain(`'/${path.slice(0, depth + 1).join('/')}' does not exist`),
    );
  });
  return value;
};

/** A copy of the document in which the place the pointer names is added, replaced or removed. */
export const change = (
  document: unknown,
  path: Pointer,
  complain: Complain,
  edit: Edit,
): unknown => {
  if (path.length === 0) {
    if (edit.how === 'remove') throw complain('the whole resource cannot be removed');
    return edit.value;
  }
  return changeBelow(document, 0, { path, complain, edit });
};

interface Asked {
  readonly path: Pointer;
  readonly complain: Complain;
  readonly edit: Edit;
}

const changeBelow = (parent: unknown, depth: number, asked: Asked): unknown => {
  const { path, complain, edit } = asked;
  const token = path[depth]!;
  const missing = () => complain(`'/${path.slice(0, depth + 1).join('/')}' does not exist`);
  if (depth === path.length - 1) return changeHere(parent, token, missing, edit);
  const value = changeBelow(child(parent, token, missing), depth + 1, asked);
  return changeHere(parent, token, missing, { how: 'replace', value });
};

const changeHere = (
  parent: unknown,
  token: string,
  missing: () => Problem,
  edit: Edit,
): unknown => {
  if (Array.isArray(parent)) {
    const room = edit.how === 'add' ? parent.length : parent.length - 1;
    const index = edit.how === 'add' && token === '-' ? parent.length : readIndex(token);
    if (index === undefined || index > room) throw missing();
    if (edit.how === 'add') return parent.toSpliced(index, 0, edit.value);
    return edit.how === 'replace' ? parent.with(index, edit.value) : parent.toSpliced(index, 1);
  }
  if (!isMembers(parent) || (edit.how !== 'add' && !Object.hasOwn(parent, token))) throw missing();
  // A computed key makes an own property even of `__proto__`, so nothing is inherited by accident.
  if (edit.how !== 'remove') return { ...parent, [token]: edit.value };
  return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== token));
};

const child = (parent: unknown, token: string, missing: () => Problem): unknown => {
  if (Array.isArray(parent)) {
    const index = readIndex(token);
    if (index === undefined || index >= parent.length) throw missing();
    return parent[index] as unknown;
  }
  if (!isMembers(parent) || !Object.hasOwn(parent, token)) throw missing();
  return parent[token];
};

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !JSON.isRawJSON(value);

/** Digits without leading zeros, as the RFC has it. */
const readIndex = (token: string): number | undefined =>
  /^(0|[1-9]\d{0,9})$/.test(token) ? Number(token) : undefined;
