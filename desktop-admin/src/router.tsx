/** Every screen and its address. The part after `#` is the address, so it works from a file, a server and the desktop app. */
import { createHashHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { lazy, Suspense, type ComponentType } from "react";
import { Broken } from "./features/shell/Broken";
import { Waiting } from "./components/Page";
import { Shell } from "./features/shell/Shell";
import { parseAddress, writeAddress } from "./lib/address";

const root = createRootRoute({ component: Shell });

function screen(path: string, load: () => Promise<{ default: ComponentType }>) {
  const Screen = lazy(load);
  const component = () => (
    <Suspense fallback={<Waiting />}>
      <Screen />
    </Suspense>
  );
  return createRoute({ getParentRoute: () => root, path, component });
}

const tree = root.addChildren([
  screen("/", () => import("./features/overview/Overview")),
  screen("/doctors", () => import("./features/doctors/Doctors")),
  screen("/visits", () => import("./features/visits/Visits")),
  screen("/requests", () => import("./features/requests/Requests")),
  screen("/patients", () => import("./features/patients/Patients")),
  screen("/front-desk", () => import("./features/front-desk/FrontDesk")),
  screen("/set-up", () => import("./features/set-up/SetUp")),
  screen("/staff", () => import("./features/staff/Staff")),
  screen("/audit", () => import("./features/audit/Audit")),
  screen("/settings", () => import("./features/settings/SettingsScreen")),
]);

export const openRouter = () =>
  createRouter({
    routeTree: tree,
    history: createHashHistory(),
    parseSearch: parseAddress,
    stringifySearch: writeAddress as never,
    notFoundMode: "root",
    defaultErrorComponent: Broken,
  });
