/**
 * Somebody calls or walks in: find or register them, choose a time, book. Three parts side by side, in the order of the
 * Tab key; Enter goes on from each, so a booking takes under a minute without the mouse.
 */
import { Kbd, Select, Text } from "@mantine/core";
import { useState } from "react";
import { Page } from "@/components/Page";
import { useAddress } from "@/lib/address";
import { useFetch, useOwnClinics } from "@/lib/app";
import type { Patient } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { Booking } from "./Booking";
import { Caller } from "./Caller";
import styles from "./FrontDesk.module.css";

export default function FrontDesk() {
  const t = useTexts();
  const [address, setAddress] = useAddress();
  const clinics = useOwnClinics().filter(({ active }) => active);
  const [chosen, setChosen] = useState<Patient | null>(null);
  const [round, setRound] = useState(0);
  const clinic = clinics.find(({ id }) => id === address.clinic) ?? clinics[0];
  const handed = useHandedPatient(address.patient, address.of);
  const patient = chosen ?? handed;
  const again = () => {
    setChosen(null);
    setAddress({ patient: undefined, of: undefined });
    setRound(round + 1);
  };
  return (
    <Page
      title={t("admin-nav-front-desk")}
      actions={
        clinics.length > 1 && (
          <Select aria-label={t("admin-filter-clinic")} w={220} allowDeselect={false} data={clinics.map(({ id, details }) => ({ value: id, label: details.name }))} value={clinic?.id ?? null} onChange={(id) => setAddress({ clinic: id ?? undefined })} />
        )
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t("admin-desk-keys-choose")} · <Kbd size="xs">Enter</Kbd> {t("admin-desk-keys-on")}
      </Text>
      {clinic && (
        <div className={styles.desk} key={`${clinic.id}-${round}`}>
          <Caller clinic={clinic} patient={patient} onChoose={setChosen} onAgain={again} />
          {patient ? <Booking key={patient.id} clinic={clinic} patient={patient} onDone={again} /> : <div className={styles.waiting}>{t("admin-desk-first-who")}</div>}
        </div>
      )}
    </Page>
  );
}

/** The patient another screen sent here. */
function useHandedPatient(id: string | undefined, name: string | undefined): Patient | null {
  const { data } = useFetch("patients", id ? { text: name, limit: 100 } : null);
  return (id && data?.items.find((patient) => patient.id === id)) || null;
}
