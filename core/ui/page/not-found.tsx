import { Button } from '@mantine/core';
import { useGo, usePathname } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { EmptyPlace } from '../states.tsx';

export function NotFound() {
  const path = usePathname();
  const go = useGo();
  usePageTitle('Not found');
  return (
    <>
      <h1>There is nothing here</h1>
      <EmptyPlace
        sentence={`${path} does not exist, or you may not see it. Records never disappear: search for its number or its words.`}
      >
        <Button onClick={() => go('/')}>Start page</Button>
      </EmptyPlace>
    </>
  );
}
