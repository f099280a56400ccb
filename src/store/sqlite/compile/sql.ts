// SQL as a value: text with question marks and the values bound to them. Values are never spliced into the text.

export type Value = string | number | null;

export interface Sql {
  readonly text: string;
  readonly values: readonly Value[];
}

/** A template whose holes are other fragments (spliced in) or values (bound). */
export const sql = (strings: TemplateStringsArray, ...holes: readonly (Sql | Value)[]): Sql => {
  let text = strings[0]!;
  const values: Value[] = [];
  holes.forEach((hole, place) => {
    if (isSql(hole)) {
      text += hole.text;
      values.push(...hole.values);
    } else {
      text += '?';
      values.push(hole);
    }
    text += strings[place + 1]!;
  });
  return { text, values };
};

/** Text of our own, such as an alias or the name of an index. */
export const raw = (text: string): Sql => ({ text, values: [] });

export const join = (parts: readonly Sql[], separator: string): Sql => ({
  text: parts.map((part) => part.text).join(separator),
  values: parts.flatMap((part) => part.values),
});

export const always = raw('1');
export const never = raw('0');

export const all = (conditions: readonly Sql[]): Sql => {
  if (conditions.includes(never)) return never;
  const open = conditions.filter((condition) => condition !== always);
  if (open.length < 2) return open[0] ?? always;
  return open.length <= widest ? join(open, ' AND ') : all(halves(open).map(all).map(parenthesize));
};

export const any = (conditions: readonly Sql[]): Sql => {
  if (conditions.includes(always)) return always;
  const open = conditions.filter((condition) => condition !== never);
  if (open.length < 2) return open[0] ?? never;
  if (open.length > widest) return any(halves(open).map(any));
  return parenthesize(join(open.map(parenthesize), ' OR '));
};

// SQLite refuses expressions deeper than 1,000, and a OR b OR c is as deep as it is long: halves keep it shallow.
const widest = 16;

const halves = <T>(list: readonly T[]): readonly (readonly T[])[] => {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};

const parenthesize = (condition: Sql): Sql => sql`(${condition})`;

export const negation = (condition: Sql): Sql => {
  if (condition === always) return never;
  return condition === never ? always : sql`NOT (${condition})`;
};

/** Is one of the values: the text stays the same however many there are, so that the statement can be kept. */
export const oneOf = (column: Sql, values: readonly Value[]): Sql => {
  if (values.length === 0) return never;
  if (values.length === 1) return sql`${column} = ${values[0]!}`;
  // A param and its deleted twin: most rights are asked with these two.
  if (values.length === 2) return sql`${column} IN (${values[0]!}, ${values[1]!})`;
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
};

/**
 * At most so many rows. SQLite looks at the value of a bare `LIMIT ?` when it plans, and so compiles the statement again at
 * every run; at an expression it does not look.
 */
export const limit = (rows: number): Sql => sql`LIMIT ${rows} + 0`;

const isSql = (hole: Sql | Value): hole is Sql => typeof hole === 'object' && hole !== null;
