// One Mantine theme from the look's tokens. Mantine's own variables are pointed at ours, so both families agree in light and dark.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eeeefc',
  '#dddefa',
  '#c3c5f3',
  '#9ea2fb',
  '#8286ee',
  '#6a6ee0',
  '#4a4ed1',
  '#4145bd',
  '#373b9f',
  '#2c2f80',
];
const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#f1f2f6',
  '#e2e5eb',
  '#cfd4dd',
  '#b3bac6',
  '#858d9c',
  '#565d6c',
  '#434956',
  '#2c303a',
  '#191c23',
];
const dark: MantineColorsTuple = [
  '#e8eaef',
  '#cdd1da',
  '#a6adbb',
  '#6f7787',
  '#3a3f4b',
  '#2a2e38',
  '#22262e',
  '#1c1f26',
  '#15171c',
  '#101216',
];

const quick = { duration: 100 };
const closable = { closeButtonProps: { 'aria-label': 'Close' }, lockScroll: false, transitionProps: quick };
const compact = { size: 'xs' as const };

export const theme = createTheme({
  colors: { indigo, gray, dark },
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'var(--sw-mono)',
  fontSizes: { xs: '0.8125rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.25rem', sm: '1.25rem', md: '1.25rem', lg: '1.5rem', xl: '1.75rem' },
  headings: { fontWeight: '600' },
  defaultRadius: 'sm',
  radius: { sm: '6px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A button's words name it, so its edge may be a hairline; an input's edge alone must show where to type.
    Button: {
      // Named, so that the system's colours can tell the filled one.
      defaultProps: { ...compact, variant: 'filled' },
      vars: (_: unknown, { variant }: { variant?: string }) => ({
        root: variant === 'default' ? { '--button-bd': '1px solid var(--sw-line-firm)' } : {},
      }),
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    // Its own edge is too pale for WCAG 1.4.11, and so is the accent of what is filled, on the dark ground.
    Input: {
      vars: (_: unknown, { error }: { error?: unknown }) => ({
        wrapper: { ...(error ? {} : { '--input-bd': 'var(--sw-edge)' }), '--input-bd-focus': 'var(--sw-accent)' },
      }),
    },
    TextInput: { defaultProps: compact },
    Textarea: { defaultProps: compact },
    Select: { defaultProps: compact },
    NativeSelect: { defaultProps: compact },
    PasswordInput: { defaultProps: compact },
    Checkbox: { defaultProps: { size: 'sm' }, styles: { input: { borderColor: 'var(--sw-edge)' } } },
    Modal: {
      defaultProps: { ...closable, radius: 'md', overlayProps: { backgroundOpacity: 0.32 } },
      // On the dark ground a shadow parts nothing.
      styles: {
        content: { background: 'var(--sw-raised)', border: '1px solid var(--sw-line)' },
        header: { background: 'var(--sw-raised)' },
      },
    },
    SegmentedControl: { styles: { root: { background: 'var(--sw-hover)' } } },
    Drawer: { defaultProps: closable },
    // Its placeholder for the first focus is a child that no menu may have (ARIA: required owned elements).
    Menu: { defaultProps: { transitionProps: quick, shadow: 'md', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { transitionProps: quick, shadow: 'md' } },
    Tooltip: {
      defaultProps: { openDelay: 300, transitionProps: quick, events: { hover: true, focus: true, touch: true } },
    },
  },
});

/** Mantine's "dimmed" and placeholder are too pale for WCAG 1.4.3 and its input edge for 1.4.11: ours take their place. */
export const pointAtTokens: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--sw-ground)',
    '--mantine-color-text': 'var(--sw-ink)',
    '--mantine-color-dimmed': 'var(--sw-ink-quiet)',
    '--mantine-color-placeholder': 'var(--sw-ink-quiet)',
    '--mantine-color-anchor': 'var(--sw-accent)',
    '--mantine-color-error': 'var(--sw-bad)',
    '--mantine-color-default': 'var(--sw-raised)',
    '--mantine-color-default-hover': 'var(--sw-hover)',
    '--mantine-color-default-color': 'var(--sw-ink)',
    '--mantine-color-default-border': 'var(--sw-edge)',
    '--mantine-shadow-md': 'var(--sw-shadow)',
    '--mantine-shadow-xl': 'var(--sw-shadow)',
  };
  return { variables: {}, light: ours, dark: ours };
};
