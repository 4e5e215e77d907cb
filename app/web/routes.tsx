// The route tree: screens of core and of the stages, and for every other record type the standard list, form and page.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Frame } from '../../core/ui/frame/frame.tsx';
import type { Registry } from '../../core/ui/registry.ts';
import { Failed } from '../../core/ui/failed.tsx';

const root = createRootRoute({ component: Outlet });

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: () => (
    <Frame>
      <Outlet />
    </Frame>
  ),
});

const bare = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('../../core/ui/entrance/sign-in.tsx'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/welcome',
    component: lazyRouteComponent(() => import('../../core/ui/entrance/welcome.tsx'), 'Welcome'),
  }),
];

// A screen's file holds its screen: a second `lazy` inside costs 300 ms, for which React holds back what comes after a fallback.
const own = [
  createRoute({
    getParentRoute: () => framed,
    path: '/',
    component: lazyRouteComponent(() => import('./home/home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/work',
    component: lazyRouteComponent(() => import('./home/work.tsx'), 'Work'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/stages',
    component: lazyRouteComponent(() => import('./home/stages.tsx'), 'Stages'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/stages/$stage',
    component: lazyRouteComponent(() => import('./home/stages.tsx'), 'OneStage'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/decisions',
    component: lazyRouteComponent(() => import('../../core/decision/ui/decisions.tsx'), 'Decisions'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/gates/$gate/$subject',
    component: lazyRouteComponent(() => import('../../core/decision/ui/gate.tsx'), 'Gate'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/imports',
    component: lazyRouteComponent(() => import('../../core/ui/import/imports.tsx'), 'Imports'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/imports/new',
    component: lazyRouteComponent(() => import('../../core/ui/import/new-import.tsx'), 'NewImport'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('../../core/ui/import/run-page.tsx'), 'OneImport'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/installation',
    component: lazyRouteComponent(() => import('./installation/installation.tsx'), 'Installation'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/loop',
    component: lazyRouteComponent(() => import('./loop/loop.tsx'), 'Loop'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/keys',
    component: lazyRouteComponent(() => import('./access/your-keys.tsx'), 'YourKeys'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/r/$key',
    component: lazyRouteComponent(() => import('../../core/ui/page/any-record.tsx'), 'AnyRecord'),
  }),
];

const formAt = (path: string) =>
  createRoute({
    getParentRoute: () => framed,
    path,
    component: lazyRouteComponent(() => import('../../core/ui/form/standard-form.tsx'), 'StandardForm'),
  });

const standard = [
  createRoute({
    getParentRoute: () => framed,
    path: '/$path',
    component: lazyRouteComponent(() => import('../../core/ui/list/standard-list.tsx'), 'StandardList'),
  }),
  formAt('/$path/new'),
  createRoute({
    getParentRoute: () => framed,
    path: '/$path/$key',
    component: lazyRouteComponent(() => import('../../core/ui/page/standard-page.tsx'), 'StandardPage'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '$',
    component: lazyRouteComponent(() => import('../../core/ui/page/not-found.tsx'), 'NotFound'),
  }),
];

/** Plain names and values in the address: `?state=open`, never quoted. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Readonly<Record<string, string>>) => {
  const text = new URLSearchParams(search).toString();
  return text ? `?${text}` : '';
};

export function createAppRouter({ screens }: Registry) {
  const contributed = screens.map(({ path, load }) =>
    createRoute({ getParentRoute: () => framed, path, component: lazyRouteComponent(load, 'Screen') }),
  );
  // A module's own page of its records must not take `new` for the name of one.
  const forms = screens
    .filter(({ path }) => /^\/[^/]+\/\$\w+$/.test(path))
    .map(({ path }) => formAt(path.replace(/\$\w+$/, 'new')));
  return createRouter({
    routeTree: root.addChildren([framed.addChildren([...own, ...contributed, ...forms, ...standard]), ...bare]),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultErrorComponent: Failed,
  });
}
