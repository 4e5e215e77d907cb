import { ActionIcon, type MantineColorScheme, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconBrightnessAuto, IconMoon, IconSun } from '@tabler/icons-react';
import { lookup } from '../../names/lookup.ts';

const next: Readonly<Record<MantineColorScheme, MantineColorScheme>> = lookup({
  light: 'dark',
  dark: 'auto',
  auto: 'light',
});
const icons = lookup({ light: IconSun, dark: IconMoon, auto: IconBrightnessAuto } as const);
const words = lookup({ light: 'Light', dark: 'Dark', auto: 'As the system' } as const);

/** One button through light, dark and as the system says. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = `Colours: ${words[colorScheme].toLowerCase()}. Change to ${words[next[colorScheme]].toLowerCase()}`;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(next[colorScheme])}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
