// The forms of a server-rendered page, as a person with a screen reader finds them: fields by their labels, buttons by their words.

export interface Field {
  readonly name: string;
  /** `text`, `password`, `checkbox`, `radio`, `hidden`, `select`, `textarea`, … */
  readonly type: string;
  readonly value: string;
  readonly label: string;
  readonly isChecked: boolean;
  readonly isDisabled: boolean;
}

export interface Button {
  readonly words: string;
  readonly name?: string;
  readonly value: string;
  /** Sends the form elsewhere. */
  readonly action?: string;
}

export interface Form {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: readonly Field[];
  readonly buttons: readonly Button[];
}

interface Tag {
  readonly kind: 'open' | 'close';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}
type Token = Tag | { readonly kind: 'text'; readonly text: string };

export const readForms = (html: string, address: string): readonly Form[] => {
  const tokens = tokensOf(html);
  const labels = labelsOf(tokens);
  return ranges(tokens, 'form').map(([from, to]) => {
    const { attributes } = tokens[from] as Tag;
    const inside = tokens.slice(from + 1, to);
    return {
      action: new URL(attributes['action'] ?? '', address).href,
      method: attributes['method']?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      fields: fieldsOf(inside, labels),
      buttons: buttonsOf(inside, address),
    };
  });
};

/** All words a reader sees, without the markup. */
export const wordsOf = (html: string): string =>
  tokensOf(html.replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, ''))
    .map((token) => (token.kind === 'text' ? token.text : ' '))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const tokensOf = (html: string): readonly Token[] =>
  [
    ...html
      .replace(/<!--[\s\S]*?-->/g, '')
      .matchAll(/<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)/gi),
  ].map(([, slash, name = '', attributes = '', text]): Token =>
    text === undefined
      ? {
          kind: slash ? 'close' : 'open',
          name: name.toLowerCase(),
          attributes: attributesOf(attributes),
        }
      : { kind: 'text', text: unescape(text) },
  );

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g)].map(
      ([, name = '', double, single, bare]) => [
        name.toLowerCase(),
        unescape(double ?? single ?? bare ?? ''),
      ],
    ),
  );

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const unescape = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16));
    },
  );

/** From and to of each element of this name; they do not nest. */
const ranges = (tokens: readonly Token[], name: string): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  tokens.forEach((token, place) => {
    if (token.kind === 'text' || token.name !== name) return;
    if (token.kind === 'open') found.push([place, tokens.length]);
    else if (found.length > 0) found.at(-1)![1] = place;
  });
  return found;
};

const textIn = (tokens: readonly Token[], [from, to]: readonly [number, number]): string =>
  tokens
    .slice(from, to)
    .map((token) => (token.kind === 'text' ? token.text : ' '))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** Label by the id of its field, be it named by `for` or wrapped. */
const labelsOf = (tokens: readonly Token[]): ReadonlyMap<string, string> =>
  new Map(
    ranges(tokens, 'label').flatMap((range) => {
      const inside = tokens.slice(...range) as readonly Partial<Tag>[];
      const target =
        (tokens[range[0]] as Tag).attributes['for'] ??
        keyOf(inside.find((token) => token.name === 'input')?.attributes ?? {});
      return [[target, textIn(tokens, range)] as const];
    }),
  );

const keyOf = (attributes: Readonly<Record<string, string>>): string =>
  attributes['id'] ?? `${attributes['name'] ?? ''}=${attributes['value'] ?? ''}`;

const fieldsOf = (
  inside: readonly Token[],
  labels: ReadonlyMap<string, string>,
): readonly Field[] =>
  inside.flatMap((token, place) => {
    if (token.kind !== 'open' || !['input', 'select', 'textarea'].includes(token.name)) return [];
    const { attributes, name } = token;
    const type = name === 'input' ? (attributes['type'] ?? 'text') : name;
    if (type === 'submit' || type === 'button') return [];
    return [
      {
        name: attributes['name'] ?? '',
        type,
        value:
          name === 'select'
            ? selected(inside.slice(place))
            : (attributes['value'] ?? (type === 'checkbox' ? 'on' : '')),
        label: labels.get(keyOf(attributes)) ?? attributes['aria-label'] ?? '',
        isChecked: 'checked' in attributes,
        isDisabled: 'disabled' in attributes,
      },
    ];
  });

const selected = (after: readonly Token[]): string => {
  const end = after.findIndex((token) => token.kind === 'close' && token.name === 'select');
  const options = after
    .slice(0, end)
    .filter((token) => token.kind === 'open' && token.name === 'option') as readonly Tag[];
  return (
    (options.find(({ attributes }) => 'selected' in attributes) ?? options[0])?.attributes[
      'value'
    ] ?? ''
  );
};

const buttonsOf = (inside: readonly Token[], address: string): readonly Button[] => [
  ...ranges(inside, 'button').map((range) =>
    button((inside[range[0]] as Tag).attributes, textIn(inside, range), address),
  ),
  ...inside
    .filter(
      (token): token is Tag =>
        token.kind === 'open' && token.name === 'input' && token.attributes['type'] === 'submit',
    )
    .map(({ attributes }) => button(attributes, attributes['value'] ?? 'Submit', address)),
];

const button = (attributes: Tag['attributes'], words: string, address: string): Button => ({
  words,
  value: attributes['value'] ?? '',
  ...(attributes['name'] !== undefined && { name: attributes['name'] }),
  ...(attributes['formaction'] !== undefined && {
    action: new URL(attributes['formaction'], address).href,
  }),
});
