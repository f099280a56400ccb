// Theme: colours, sizes and spaces of all apps. Nothing elsewhere names a colour by its value.
// https://mantine.dev/theming/theme-object/

import {
  createTheme,
  darken,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core';

/**
 * What machines and phones have: Android's Noto, the Kohinoor of Apple and the Nirmala of Windows for Hindi. What is first for Urdu
 * says `theme.css`.
 */
const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI", "Noto Nastaliq Urdu", sans-serif';

/** Text on these has a contrast of at least 4.5 to 1 in both schemes: shade 9 on white, shade 2 on the dark. WCAG 2.2, 1.4.3. */
export const createAppTheme = (primaryColor: 'teal' | 'indigo' | 'violet'): MantineThemeOverride =>
  createTheme({
    primaryColor,
    primaryShade: { light: 9, dark: 9 },
    autoContrast: true,
    luminanceThreshold: 0.35,
    defaultRadius: 'md',
    cursorType: 'pointer',
    fontFamily,
    respectReducedMotion: true,
    components: {
      // Targets are big enough for a thumb. WCAG 2.2, 2.5.8.
      ActionIcon: { defaultProps: { size: 'lg', variant: 'subtle' } },
      Anchor: { defaultProps: { underline: 'always' } },
      Alert: { defaultProps: { variant: 'light' } },
      // The banner of a page is the page's own; a dialog's head is none.
      ModalHeader: { defaultProps: { component: 'div' } },
    },
  });

/**
 * What stands on a tint of its own colour is dark enough to be read there: badges, alerts, the place that is open. What is filled
 * grows darker below the pointer, where the words on it are white.
 */
export const readableTints: CSSVariablesResolver = ({ colors }) => {
  const all = Object.entries(colors);
  const hovered = all.map(([name, shades]) => [
    `--mantine-color-${name}-filled-hover`,
    darken(shades[9], 0.1),
  ]);
  const onTint = all.map(([name, shades]) => [
    `--mantine-color-${name}-light-color`,
    darken(shades[9], 0.35),
  ]);
  return {
    variables: { '--app-font-family': fontFamily },
    light: Object.fromEntries([...hovered, ...onTint]) as Record<string, string>,
    dark: Object.fromEntries(hovered) as Record<string, string>,
  };
};
