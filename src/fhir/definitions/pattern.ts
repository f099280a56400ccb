// The regular expressions of FHIR's primitives, made anchored, linear and independent of JavaScript's idea of a blank.
// https://hl7.org/fhir/R4/datatypes.html#primitive

/** A pattern for `new RegExp(pattern)`, with or without the u flag, that must match the whole text. */
export const compilePattern = (type: string, source: string): string =>
  `^(?:${replacements[type] ?? withXmlBlanks(source)})$`;

/**
 * - string, markdown: `[ \r\n\t\S]+` means any character, no-break spaces included; the text besides forbids characters
 *   below 32 other than tab, line feed and carriage return.
 * - base64Binary: the official one may be matched in exponentially many ways where it fails.
 */
const replacements: Readonly<Record<string, string>> = {
  string: String.raw`[^\u0000-\u0008\u000B\u000C\u000E-\u001F]+`,
  markdown: String.raw`[^\u0000-\u0008\u000B\u000C\u000E-\u001F]+`,
  base64Binary: String.raw`[ \t\r\n]*(?:[0-9a-zA-Z+\/=]{4}[ \t\r\n]*)+`,
};

// XML Schema's \s is four characters; JavaScript's also takes U+00A0, U+FEFF and others. `\-` is no escape under the u flag.
const withXmlBlanks = (source: string): string =>
  source
    .replaceAll(String.raw`[^\s]`, String.raw`[^ \t\r\n]`)
    .replaceAll(String.raw`\s`, String.raw`[ \t\r\n]`)
    .replaceAll(String.raw`\S`, String.raw`[^ \t\r\n]`)
    .replaceAll(String.raw`(\+|-)`, String.raw`[+\-]`)
    .replaceAll(String.raw`\-\.`, String.raw`\-.`);
