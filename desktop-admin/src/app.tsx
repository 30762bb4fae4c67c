/** The app around the screens: theme, language, queries, and whether somebody is signed in. */
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useState } from "react";
import { Demanded } from "./features/protection/Demanded";
import { useProof } from "./features/protection/proof";
import { SignIn } from "./features/sign-in/SignIn";
import { BackendContext, SessionContext } from "./lib/app";
import { RefusedError, TroubleError, type Backend, type Session } from "./lib/backend";
import { usePreferences } from "./lib/preferences";
import { TextsProvider, useTexts } from "./lib/texts";
import { openRouter } from "./router";
import { cssVariables, theme } from "./theme/theme";

/** Only what may pass by itself is tried again. */
const worthRetrying = (tries: number, error: Error) =>
  tries < 2 && !(error instanceof RefusedError) && !(error instanceof TroubleError && error.trouble !== "offline");

export function App({ backend }: { backend: Backend }) {
  const { language, theme: appearance, textSize } = usePreferences();
  const scheme = useScheme(appearance);
  // Before anything is painted, and before charts read the colours.
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    Object.assign(root.dataset, { theme: scheme, textSize });
  }, [language, scheme, textSize]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <TextsProvider language={language}>
        <BackendContext value={backend}>
          <Toasts />
          <Door backend={backend} />
        </BackendContext>
      </TextsProvider>
    </MantineProvider>
  );
}

/** Passing words about what was done. They stand in a landmark, so that they are found again. */
function Toasts() {
  const t = useTexts();
  return (
    <section aria-label={t("admin-toasts")}>
      <Notifications position="bottom-center" withinPortal={false} zIndex={400} limit={2} autoClose={3_000} />
    </section>
  );
}

function useScheme(appearance: "device" | "light" | "dark"): "light" | "dark" {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const media = matchMedia("(prefers-color-scheme: dark)");
    const onChange = () => setDark(media.matches);
    media.addEventListener("change", onChange);
    return () => media.removeEventListener("change", onChange);
  }, []);
  return appearance === "device" ? (dark ? "dark" : "light") : appearance;
}

/** Signed out: the sign-in. Signed in: the screens. A session that ended leads back to the sign-in. */
function Door({ backend }: { backend: Backend }) {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [ended, setEnded] = useState(false);
  useEffect(() => void backend.session().then(setSession, () => setSession(null)), [backend]);
  if (session === undefined) return null;
  if (session === null) {
    const enter = (entered: Session) => {
      setEnded(false);
      setSession(entered);
    };
    return <SignIn ended={ended} onSignedIn={enter} />;
  }
  const leave = (byItself: boolean) => {
    setEnded(byItself);
    setSession(null);
  };
  return <Inside key={session.account.id} backend={backend} session={session} onLeave={leave} />;
}

function Inside({ backend, session, onLeave }: { backend: Backend; session: Session; onLeave: (byItself: boolean) => void }) {
  const [{ queries, router }] = useState(() => ({
    // Whether there is a way to the server is found out by asking: what the system believes of its network is not it.
    queries: new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 5_000, networkMode: "always" }, mutations: { networkMode: "always" } } }),
    router: openRouter(),
  }));
  useEffect(() => backend.watch(() => void queries.invalidateQueries({ queryKey: ["directory"] })), [backend, queries]);
  useEffect(() => backend.watchSettled(() => void queries.invalidateQueries()), [backend, queries]);
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const error = query.state.error;
        if (error instanceof TroubleError && error.trouble === "signed_out") onLeave(true);
      }),
    [queries, onLeave],
  );
  const signOut = () => void backend.signOut().finally(() => onLeave(false));
  const proof = useProof(backend);
  return (
    <QueryClientProvider client={queries}>
      <BackendContext value={proof.backend}>
        <SessionContext value={{ session, signOut }}>
          <Demanded>
            <RouterProvider router={router} />
          </Demanded>
          {proof.dialog}
        </SessionContext>
      </BackendContext>
    </QueryClientProvider>
  );
}
