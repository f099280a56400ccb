// QR path: the dark squares of a QR code as one SVG path, those beside each other as one bar.

export const pathOf = (size: number, isDark: (x: number, y: number) => boolean): string => {
  const bars: string[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!isDark(x, y)) continue;
      const from = x;
      while (x + 1 < size && isDark(x + 1, y)) x += 1;
      const length = String(x + 1 - from);
      bars.push(`M${String(from)} ${String(y)}h${length}v1h-${length}z`);
    }
  }
  return bars.join('');
};
