// Finds the first fault of a JSON text that was refused; only ever run on what is refused.
// https://www.rfc-editor.org/rfc/rfc8259

export interface Fault {
  /** Characters before it. */
  readonly offset: number;
  readonly reason: string;
}

type Wanted = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'comma' | 'end';

interface State {
  /** One set of keys for each open object, undefined for each open array. */
  readonly open: (Set<string> | undefined)[];
  wanted: Wanted;
}

const tokenPattern =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const blankPattern = /[ \t\r\n]*/y;

/** The first thing that is wrong with the text, in its order: syntax, a key given twice, a forbidden character. */
export const findFault = (text: string): Fault => {
  const state: State = { open: [], wanted: 'value' };
  let offset = 0;
  for (;;) {
    offset = after(blankPattern, text, offset) ?? offset;
    if (offset >= text.length) return { offset, reason: 'it ends too early' };
    const next = after(tokenPattern, text, offset);
    if (next === undefined) return { offset, reason: describeCharacter(text, offset) };
    const reason = take(state, text.slice(offset, next));
    if (reason !== undefined) return { offset, reason };
    offset = next;
  }
};

const after = (pattern: RegExp, text: string, offset: number): number | undefined => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

/** Moves the state on by one token; says why it must not stand here. */
const take = (state: State, token: string): string | undefined => {
  const unexpected = `${describeToken(token)} is not expected`;
  if (token.startsWith('"') && forbidden.test(JSON.parse(token) as string))
    return 'a text with NUL or half a surrogate pair';
  switch (state.wanted) {
    case 'end':
      return unexpected;
    case 'colon':
      state.wanted = 'value';
      return token === ':' ? undefined : unexpected;
    case 'comma':
      if (token !== ',') return close(state, token) ? undefined : unexpected;
      state.wanted = state.open.at(-1) === undefined ? 'value' : 'key';
      return undefined;
    case 'first key':
    case 'key':
      if (token.startsWith('"')) return takeKey(state, token);
      return state.wanted === 'first key' && close(state, token) ? undefined : unexpected;
    case 'first item':
      return token === ']' && close(state, token) ? undefined : takeValue(state, token, unexpected);
    case 'value':
      return takeValue(state, token, unexpected);
  }
};

const takeKey = (state: State, token: string): string | undefined => {
  const keys = state.open.at(-1)!;
  const key = JSON.parse(token) as string;
  if (keys.has(key)) return `the key ${shorten(token)} is given twice`;
  keys.add(key);
  state.wanted = 'colon';
  return undefined;
};

const takeValue = (state: State, token: string, unexpected: string): string | undefined => {
  if (/^[\]},:]$/.test(token)) return unexpected;
  if (token === '{' || token === '[') {
    state.open.push(token === '{' ? new Set() : undefined);
    state.wanted = token === '{' ? 'first key' : 'first item';
  } else state.wanted = state.open.length === 0 ? 'end' : 'comma';
  return undefined;
};

const close = (state: State, token: string): boolean => {
  if (state.open.length === 0 || token !== (state.open.at(-1) === undefined ? ']' : '}'))
    return false;
  state.open.pop();
  state.wanted = state.open.length === 0 ? 'end' : 'comma';
  return true;
};

// Without the u flag a surrogate pair is two characters, so only halves are looked for.
const forbidden = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const describeCharacter = (text: string, offset: number): string => {
  const character = String.fromCodePoint(text.codePointAt(offset)!);
  if (character === '"')
    return 'a text does not end, or has a control character or a wrong escape,';
  if (/[\p{Cc}\p{Cs}]/u.test(character))
    return `the character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} is not allowed`;
  return `'${character}' is not expected`;
};

// Not the text itself: what a client sends by mistake may be about a patient.
const describeToken = (token: string): string =>
  token.startsWith('"') ? 'a text' : `'${shorten(token)}'`;

const shorten = (token: string): string => (token.length > 40 ? `${token.slice(0, 40)}…` : token);
