// PIN: what is too easily guessed, even in five tries.

export const shortestPin = 6;

export const faultOfPin = (pin: string): 'short' | 'simple' | undefined => {
  if (pin.length < shortestPin) return 'short';
  const codes = Array.from(pin, (letter) => letter.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => code - codes[index]!);
  // 000000, 123456 and 654321: each step is the same.
  return new Set(steps).size === 1 && Math.abs(steps[0]!) <= 1 ? 'simple' : undefined;
};
