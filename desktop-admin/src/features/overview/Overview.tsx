/** How the clinics are doing now. Every figure opens its rows. */
import { Group, SegmentedControl, Select, Skeleton, Text } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { Page } from "@/components/Page";
import { useFetch, useOwnClinics } from "@/lib/app";
import { oneOf, useAddress } from "@/lib/address";
import { clock, dateIn, ownZone } from "@/lib/format";
import type { FiguresAnswer } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { ActivityFeed } from "./ActivityFeed";
import { BySpecialty, LoadMap, OverTime } from "./charts";
import { AccountsTile, FigureTile, QueueTile } from "./tiles";
import { figuresOf, STRETCHES, stretchOf } from "./stretch";
import styles from "./Overview.module.css";

const EVERY_MS = 4_000;

export default function Overview() {
  const t = useTexts();
  const [address, setAddress] = useAddress();
  const clinics = useOwnClinics();
  const zone = clinics.find(({ id }) => id === address.clinic)?.details.zone ?? ownZone();
  const name = oneOf(address.stretch, STRETCHES) ?? "28d";
  const stretch = stretchOf(name, dateIn(new Date(), zone));
  const figures = useFetch("figures", { ...stretch, zone, clinic_id: address.clinic }, EVERY_MS);
  const actions = (
    <>
      {figures.data && (
        <Text size="xs" c="dimmed" role="status">
          <span className={styles.live} data-stale={Boolean(figures.error)} /> {t(figures.error ? "list-offline-as-of" : "admin-overview-as-of", { time: clock(figures.data.as_of, t.language) })}
        </Text>
      )}
      {clinics.length > 1 && (
        <Select
          aria-label={t("admin-filter-clinic")}
          placeholder={t("admin-filter-all-clinics")}
          data={clinics.map(({ id, details }) => ({ value: id, label: details.name }))}
          value={address.clinic ?? null}
          onChange={(clinic) => setAddress({ clinic: clinic ?? undefined })}
          clearable
          w={200}
        />
      )}
      <SegmentedControl aria-label={t("admin-overview-stretch")} data={STRETCHES.map((value) => ({ value, label: t(`admin-stretch-${value}`) }))} value={name} onChange={(stretch) => setAddress({ stretch })} />
    </>
  );
  return (
    <Page title={t("admin-nav-overview")} actions={actions}>
      {figures.error && !figures.data && <Failure failure={figures.error} onRetry={() => void figures.refetch()} />}
      {figures.isPending && <Waiting />}
      {figures.data && <Board answer={figures.data} stretch={stretch} clinic={address.clinic} zone={zone} />}
    </Page>
  );
}

export interface BoardProps {
  answer: FiguresAnswer;
  stretch: { from: string; until: string };
  clinic?: string;
  zone: string;
}

function Board(props: BoardProps) {
  const { answer } = props;
  return (
    <div className={styles.board}>
      <div className={styles.tiles}>
        {figuresOf(answer).map((figure) => (
          <FigureTile key={figure.id} figure={figure} {...props} />
        ))}
        <QueueTile id="requests" value={answer.waiting_requests} to="/requests" search={{ state: "new", clinic: props.clinic }} />
        <QueueTile id="queue" value={answer.verification_queue} to="/doctors" search={{ view: "queue" }} />
      </div>
      <div className={styles.grid}>
        <OverTime {...props} />
        <ActivityFeed />
        <LoadMap {...props} />
        <div className={styles.column}>
          <BySpecialty {...props} />
          <AccountsTile answer={answer} />
        </div>
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.board} aria-busy>
      <div className={styles.tiles}>
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} height={104} radius={10} />
        ))}
      </div>
      <Group grow>
        <Skeleton height={300} radius={10} />
      </Group>
    </div>
  );
}
