// Html: a tagged template that escapes every value, so that a page cannot be built without escaping.

/** Markup that is safe to send. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** Text is escaped, markup and lists of it stay, what is absent or false is left out. */
export type Value = string | number | Html | readonly Html[] | undefined | false;

export const html = (texts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  markup: texts.map((text, at) => text + render(values[at])).join(''),
});

/** Markup of our own that is not written as a template: a QR code as SVG. Never anything a client sent. */
export const trusted = (markup: string): Html => ({ markup });

const render = (value: Value): string => {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map(({ markup }) => markup).join('');
};

// In double quoted attributes and in text these five are enough; attributes are always quoted in our templates.
const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
