import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

// 藍: the colour of the ledger's cover. White on shades 7 and 8 is above 6:1 (WCAG AA asks 4.5:1).
const ai: MantineColorsTuple = [
  '#eef4fb',
  '#dae6f3',
  '#b4cce6',
  '#8db2da',
  '#6b9bcf',
  '#4d86c0',
  '#3673ae',
  '#286199',
  '#1d4f82',
  '#143a61',
];
// 朱: the ink of the seal, for the mark and for what is late; nothing else.
const shu: MantineColorsTuple = [
  '#fdf0ed',
  '#f8dcd5',
  '#efb8ab',
  '#e5917e',
  '#dc7058',
  '#d25940',
  '#c8452f',
  '#b13a26',
  '#98301f',
  '#7a2417',
];
const dark: MantineColorsTuple = [
  '#d9dde4',
  '#b9bfca',
  '#a3abb8',
  '#6f7886',
  '#434b57',
  '#333a45',
  '#282e37',
  '#1c2026',
  '#15181d',
  '#0f1115',
];

export const fontFamily =
  '"BIZ UDPGothic", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, system-ui, sans-serif';

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'ai',
  primaryShade: { light: 8, dark: 7 },
  colors: { ai, shu, dark },
  fontFamily,
  fontFamilyMonospace: '"BIZ UDGothic", "SFMono-Regular", Consolas, "Noto Sans Mono CJK JP", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.55', lg: '1.6', xl: '1.65' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '700',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '0.875rem', lineHeight: '1.45' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.5' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.5' },
    },
  },
  components: {
    Text: { defaultProps: { size: 'sm' } },
    Anchor: { defaultProps: { size: 'sm', underline: 'hover' } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm', size: 'md' },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    },
    // The colour of an alert says its weight; its words stay readable.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Button: { defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 600 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    Tooltip: {
      defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'md',
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120 },
      },
    },
    Drawer: {
      defaultProps: {
        position: 'right',
        overlayProps: { backgroundOpacity: 0.25 },
        transitionProps: { duration: 140 },
      },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        position: 'bottom-end',
        withinPortal: true,
        transitionProps: { duration: 80 },
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Select: {
      defaultProps: {
        comboboxProps: { shadow: 'md', transitionProps: { duration: 0 } },
        withCheckIcon: true,
        checkIconPosition: 'right',
      },
    },
    MultiSelect: { defaultProps: { comboboxProps: { shadow: 'md', transitionProps: { duration: 0 } } } },
    Paper: { defaultProps: { radius: 'md' } },
    Card: { defaultProps: { radius: 'md' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--daifuku-header-height': '48px',
    '--daifuku-row-height': '30px',
  },
  light: {
    '--mantine-color-text': '#1f2733',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#5a6472',
    '--mantine-color-placeholder': '#69727f',
    '--mantine-color-default-border': '#d3d8df',
    '--mantine-color-error': '#b3261e',
    '--daifuku-page': '#f4f5f7',
    '--daifuku-panel': '#ffffff',
    '--daifuku-line': '#e2e6eb',
    '--daifuku-hover': '#edf1f6',
    '--daifuku-selected': '#e3edf8',
    '--daifuku-ink': '#143a61',
    '--daifuku-late': '#a83522',
    '--daifuku-good': '#23703c',
  },
  dark: {
    '--mantine-color-text': '#e1e5ea',
    '--mantine-color-dimmed': '#a3abb8',
    '--mantine-color-placeholder': '#98a1ae',
    '--mantine-color-default-border': '#434b57',
    '--mantine-color-error': '#ff8a80',
    '--daifuku-page': '#15181d',
    '--daifuku-panel': '#1c2026',
    '--daifuku-line': '#2f3640',
    '--daifuku-hover': '#262c35',
    '--daifuku-selected': '#1f344c',
    '--daifuku-ink': '#d9e6f4',
    '--daifuku-late': '#ff9d8a',
    '--daifuku-good': '#7ed196',
  },
});
