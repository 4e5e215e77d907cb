import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './tokens.css';
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  MantineProvider,
  mergeMantineTheme,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { pointAtTokens, theme } from './theme.ts';

// Mantine would write its variables into a <style> element, which the content security policy forbids: a constructed sheet is allowed.
function adoptVariables() {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  const base = defaultCssVariablesResolver(whole);
  const ours = pointAtTokens(whole);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    convertCssVariables(
      { variables: base.variables, light: { ...base.light, ...ours.light }, dark: { ...base.dark, ...ours.dark } },
      ':root',
    ),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

adoptVariables();

/** Theme and colour scheme (light, dark, auto; kept in the browser) for everything below it. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}
