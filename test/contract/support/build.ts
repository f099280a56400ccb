// Short ways to write versions and changes in tests.

import type { Entry } from '#src/search/entry.ts';
import type { Page, Change, Expect, Store, Version } from '#src/store/port.ts';
import type { Window } from '#src/search/window.ts';
import type { Plan } from '#src/search/plan.ts';

type Put = Extract<Change, { kind: 'put' }>;

/** `Patient/1` or `Patient/1/2`: type, id and version. */
export const version = (name: string, fields: Partial<Version> = {}): Version => {
  const [type = '', id = '', number = '1'] = name.split('/');
  const deleted = fields.deleted ?? false;
  return {
    type,
    id,
    version: number,
    at: 1_700_000_000_000 + Number(number),
    deleted,
    method: deleted ? 'DELETE' : number === '1' ? 'POST' : 'PUT',
    text: deleted ? '' : JSON.stringify({ resourceType: type, id, meta: { versionId: number } }),
    ...fields,
  };
};

/** Expects the version before. */
export const put = (
  name: string,
  entries: readonly Entry[] = [],
  fields: Partial<Version> & { readonly expect?: readonly Expect[] } = {},
): Put => {
  const { expect, ...rest } = fields;
  const written = version(name, rest);
  return { kind: 'put', version: written, entries, expect: expect ?? [follows(written)] };
};

export const follows = ({ type, id, version: number }: Version): Expect => ({
  op: 'version',
  key: { type, id },
  version: number === '1' ? undefined : String(Number(number) - 1),
});

export const token = (param: string, code: string, system = '', n = 0): Entry => ({
  kind: 'token',
  param,
  n,
  system,
  code,
});
export const string = (param: string, exact: string): Entry => ({
  kind: 'string',
  param,
  n: 0,
  folded: exact.toLowerCase(),
  exact,
});
export const reference = (param: string, target: string): Entry => ({
  kind: 'reference',
  param,
  n: 0,
  target,
});
export const date = (param: string, low: number, high = low + 1): Entry => ({
  kind: 'date',
  param,
  n: 0,
  low,
  high,
});
export const number = (param: string, low: number, unit = '', n = 0): Entry => ({
  kind: 'number',
  param,
  n,
  unit,
  low,
  high: low,
});

export const tokenIs = (param: string, code: string, system?: string): Plan => ({
  op: 'token',
  params: [param],
  any: [{ code, ...(system === undefined ? {} : { system }) }],
});

export const namesOf = (page: Page<Version>): readonly string[] =>
  page.items.map(({ type, id }) => `${type}/${id}`);

/** Names of all matches, page after page. */
export const search = async (
  { resources }: Store,
  plan: Plan,
  window: Partial<Window> = {},
): Promise<readonly string[]> => {
  const names: string[] = [];
  let after = window.after;
  do {
    const page = await resources.search(plan, {
      sort: [],
      size: 1000,
      ...window,
      ...(after === undefined ? {} : { after }),
    });
    names.push(...namesOf(page));
    after = page.next;
  } while (after !== undefined);
  return names;
};
