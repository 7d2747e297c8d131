import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { fetchSession, isApiError, keys } from '@/api';
import { HomePage } from './home/HomePage';
import { loadLaterTexts } from './i18n';
import { NotFound } from './NotFound';
import { isPocket } from './offline/isPocket';
import { queryClient } from './queryClient';
import { RouteError } from './RouteError';
import { RoutePending } from './RoutePending';
import { Shell } from './shell/Shell';

/** A page in a chunk of its own, with the texts that only pages have. Those before signing in, and the one without a line, do
 *  without: a phone keeps no more files than it needs. */
function page<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadLaterTexts()]);
    return module;
  }, name as string);
}

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteError });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { to?: string } => ({
    to: typeof search.to === 'string' ? search.to : undefined,
  }),
  component: lazyRouteComponent(() => import('./entry/LoginPage'), 'LoginPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./entry/SetupPage'), 'SetupPage'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('./entry/InvitePage'), 'InvitePage'),
});
const offline = createRoute({
  getParentRoute: () => root,
  path: '/offline',
  validateSearch: (search): { to?: string; c?: string } => ({
    to: typeof search.to === 'string' ? search.to : undefined,
    c: typeof search.c === 'string' ? search.c : undefined,
  }),
  component: lazyRouteComponent(() => import('./offline/OfflinePage'), 'OfflinePage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData({
        queryKey: keys.session,
        queryFn: ({ signal }) => fetchSession(signal),
        retry: false,
      });
    } catch (error) {
      if (isApiError(error) && error.status === 401)
        throw redirect({ to: '/login', search: { to: location.href === '/' ? undefined : location.href } });
      // Nothing answers: what this device keeps for that, if it is one that keeps something.
      if (isApiError(error) && (error.status === 0 || error.status >= 502) && isPocket())
        throw redirect({ to: '/offline', search: { to: location.href } });
      throw error;
    }
  },
  component: Shell,
  errorComponent: RouteError,
  pendingComponent: RoutePending,
});

const home = createRoute({ getParentRoute: () => signedIn, path: '/', component: HomePage });
const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('./ObjectRoutes'), 'ListRoute'),
});
const record = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural/$id',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('./ObjectRoutes'), 'RecordRoute'),
});
const compare = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural/compare/$id',
  component: page(() => import('./CompareRoute'), 'CompareRoute'),
});
const imports = createRoute({
  getParentRoute: () => signedIn,
  path: '/import',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('./ImportRoutes'), 'ImportStartRoute'),
});
const importRun = createRoute({
  getParentRoute: () => signedIn,
  path: '/import/$id',
  component: page(() => import('./ImportRoutes'), 'ImportRunRoute'),
});
const calendar = createRoute({
  getParentRoute: () => signedIn,
  path: '/calendar',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/crm/calendar/CalendarPage'), 'CalendarPage'),
});
const cards = createRoute({
  getParentRoute: () => signedIn,
  path: '/cards',
  component: page(() => import('@/crm/cards/CardsPage'), 'CardsPage'),
});
const cardCheck = createRoute({
  getParentRoute: () => signedIn,
  path: '/cards/$id/$number',
  component: page(() => import('@/crm/cards/CardCheckPage'), 'CardCheckPage'),
});
const duplicates = createRoute({
  getParentRoute: () => signedIn,
  path: '/duplicates',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/crm/CustomerDuplicatesPage'), 'CustomerDuplicatesPage'),
});
const duplicateSets = createRoute({
  getParentRoute: () => signedIn,
  path: '/duplicates/all',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/records/DuplicateSetsPage'), 'DuplicateSetsPage'),
});
const merge = createRoute({
  getParentRoute: () => signedIn,
  path: '/merge',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/records/merge/MergePage'), 'MergePage'),
});
const tidy = createRoute({
  getParentRoute: () => signedIn,
  path: '/tidy',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/records/TidyPage'), 'TidyPage'),
});
const maturity = createRoute({
  getParentRoute: () => signedIn,
  path: '/maturity',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/records/MaturityPage'), 'MaturityPage'),
});
const register = createRoute({
  getParentRoute: () => signedIn,
  path: '/register',
  validateSearch: (search: Record<string, unknown>) => search,
  component: page(() => import('@/crm/RegisterPage'), 'RegisterPage'),
});
const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/search',
  validateSearch: (found): { q?: string; type?: string } => ({
    q: found.q === undefined ? undefined : String(found.q),
    type: typeof found.type === 'string' ? found.type : undefined,
  }),
  component: page(() => import('./search/SearchPage'), 'SearchPage'),
});

const help = createRoute({
  getParentRoute: () => signedIn,
  path: '/help',
  component: page(() => import('./help/HelpPage'), 'HelpPage'),
});
const helpChapter = createRoute({
  getParentRoute: () => signedIn,
  path: '/help/$chapter',
  component: page(() => import('./help/HelpPage'), 'HelpPage'),
});

// Unknown addresses keep the frame around them.
const unknown = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: page(() => import('./settings/SettingsLayout'), 'SettingsLayout'),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: page(() => import('./settings/SettingsIndex'), 'SettingsIndex'),
});
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: page(() => import('./settings/AccountPage'), 'AccountPage'),
});
const settingsCompany = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  component: page(() => import('./settings/CompanyPage'), 'CompanyPage'),
});
const settingsInventory = createRoute({
  getParentRoute: () => settings,
  path: '/inventory',
  component: page(() => import('./inventory/InventoryPage'), 'InventoryPage'),
});
const settingsUsers = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: page(() => import('./settings/UsersPage'), 'UsersPage'),
});
const settingsTeams = createRoute({
  getParentRoute: () => settings,
  path: '/teams',
  component: page(() => import('./settings/TeamsPage'), 'TeamsPage'),
});
const settingsRoles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  component: page(() => import('./settings/RolesPage'), 'RolesPage'),
});
const settingsObjects = createRoute({
  getParentRoute: () => settings,
  path: '/objects',
  component: page(() => import('./settings/ObjectsPage'), 'ObjectsPage'),
});
const settingsFields = createRoute({
  getParentRoute: () => settings,
  path: '/fields',
  validateSearch: (found): { object?: string } => ({
    object: typeof found.object === 'string' ? found.object : undefined,
  }),
  component: page(() => import('./settings/FieldsPage'), 'FieldsPage'),
});
const settingsLayouts = createRoute({
  getParentRoute: () => settings,
  path: '/layouts',
  validateSearch: (search): { role?: string; object?: string } => ({
    role: typeof search.role === 'string' ? search.role : undefined,
    object: typeof search.object === 'string' ? search.object : undefined,
  }),
  component: page(() => import('./settings/layouts/LayoutsPage'), 'LayoutsPage'),
});
const settingsReference = createRoute({
  getParentRoute: () => settings,
  path: '/reference',
  component: page(() => import('./settings/ReferencePage'), 'ReferencePage'),
});
const settingsRules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  validateSearch: (found): { object?: string } => ({
    object: typeof found.object === 'string' ? found.object : undefined,
  }),
  component: page(() => import('./settings/RulesPage'), 'RulesPage'),
});
const settingsTokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: page(() => import('./settings/TokensPage'), 'TokensPage'),
});

const settingsExports = createRoute({
  getParentRoute: () => settings,
  path: '/exports',
  component: page(() => import('./settings/ExportsPage'), 'ExportsPage'),
});
const settingsUsage = createRoute({
  getParentRoute: () => settings,
  path: '/usage',
  component: page(() => import('./usage/UsagePage'), 'UsagePage'),
});
const settingsFeedback = createRoute({
  getParentRoute: () => settings,
  path: '/feedback',
  component: page(() => import('./usage/FeedbackPage'), 'FeedbackPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    setup,
    invite,
    offline,
    signedIn.addChildren([
      home,
      list,
      record,
      compare,
      imports,
      importRun,
      calendar,
      cards,
      cardCheck,
      duplicates,
      duplicateSets,
      merge,
      tidy,
      maturity,
      register,
      search,
      help,
      helpChapter,
      unknown,
      settings.addChildren([
        settingsIndex,
        settingsAccount,
        settingsCompany,
        settingsInventory,
        settingsUsers,
        settingsTeams,
        settingsRoles,
        settingsObjects,
        settingsFields,
        settingsLayouts,
        settingsReference,
        settingsRules,
        settingsTokens,
        settingsExports,
        settingsUsage,
        settingsFeedback,
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
