// Size: bytes as people of a language say them.

export const sizeOf = (bytes: number, language: string): string => {
  const { unit, length } = units.find((each) => bytes < each.below) ?? largest;
  const style = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(`${language}-u-nu-latn`, style).format(bytes / length);
};

const largest = { unit: 'megabyte', length: 1_000_000 };
const units = [
  { below: 1000, unit: 'byte', length: 1 },
  { below: 1_000_000, unit: 'kilobyte', length: 1000 },
];
