// narrative: sections as tables for human readers, in the XHTML that FHIR allows.
// https://hl7.org/fhir/R4/narrative.html

import type { Narrative } from 'fhir/r4.js';
import type { Resource } from '../../fhir/resource.ts';
import { columns, type Column } from './columns.ts';
import type { FilledSection } from './fill-sections.ts';
import { tell, valueOf, type Resolve } from './tell.ts';

/** `resolve` finds what a record of the summary refers to. */
export const narrativeOf = (
  { entries, isCut }: FilledSection,
  resolve: (within: Resource) => Resolve,
): Narrative => {
  if (entries.length === 0) return generated(paragraph(nothingKnown));
  const byType = Map.groupBy(entries, ({ version }) => version.type);
  const tables = [...byType].map(([type, some]) =>
    tableOf(
      columns[type] ?? [],
      some.map(({ resource }) => ({ resource, resolve: resolve(resource) })),
    ),
  );
  return generated(`${tables.join('')}${isCut ? paragraph(thereIsMore) : ''}`);
};

/** The same for who may not see and who has nothing: it must not tell which. */
export const nothingKnown = 'No information is available.';

const thereIsMore = 'Only the newest are listed; the record has more.';

export const generated = (content: string): Narrative => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`,
});

export const paragraph = (text: string): string => `<p>${escapeMarkup(text)}</p>`;

interface Row {
  readonly resource: Resource;
  readonly resolve: Resolve;
}

/** Without the columns that say nothing of any record. */
const tableOf = (all: readonly Column[], rows: readonly Row[]): string => {
  const cells = rows.map((row) => all.map((column) => cellOf(row, column)));
  const used = all.filter((_, at) => cells.some((line) => line[at] !== ''));
  const head = used.map(({ heading }) => `<th>${escapeMarkup(heading)}</th>`).join('');
  const body = cells.map((line) => {
    const some = line.filter((_, at) => used.includes(all[at]!));
    return `<tr>${some.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
};

const cellOf = ({ resource, resolve }: Row, { paths }: Column): string =>
  paths.map((path) => tell(valueOf(resource, path), resolve)).find((words) => words !== '') ?? '';

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

/** Also without the control characters that XML forbids. */
const escapeMarkup = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => entities[character]!);
