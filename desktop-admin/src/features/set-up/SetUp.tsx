/** What the installation offers: clinics with their policies, specialties, kinds of visit. */
import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Page } from "@/components/Page";
import { oneOf, useAddress } from "@/lib/address";
import { useDirectory, useMay, useOwnClinics } from "@/lib/app";
import { useTexts } from "@/lib/texts";
import { ClinicPanel } from "./ClinicPanel";
import { SpecialtyPanel, VisitTypePanel } from "./CataloguePanels";
import { ClinicTable, SpecialtyTable, VisitTypeTable } from "./tables";

const VIEWS = ["clinics", "specialties", "visit-types"] as const;

export const NEW = "new";

export default function SetUp() {
  const t = useTexts();
  const may = useMay();
  const [address, setAddress] = useAddress();
  const view = oneOf(address.view, VIEWS) ?? "clinics";
  const close = () => setAddress({ open: undefined });
  return (
    <Page
      title={t("admin-nav-set-up")}
      actions={
        may("edit_catalogue") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAddress({ open: NEW })}>
            {t(`admin-set-up-add-${view}`)}
          </Button>
        )
      }
      panel={address.open && <OpenPanel key={`${view}-${address.open}`} view={view} id={address.open} onClose={close} />}
    >
      <Tabs value={view} onChange={(view) => setAddress({ view: view ?? undefined, open: undefined, text: undefined })} mb="sm">
        <Tabs.List>
          {VIEWS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`admin-set-up-${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VIEWS.map((name) => (
          <Tabs.Panel key={name} value={name}>{null}</Tabs.Panel>
        ))}
      </Tabs>
      {view === "clinics" && <ClinicTable />}
      {view === "specialties" && <SpecialtyTable />}
      {view === "visit-types" && <VisitTypeTable />}
    </Page>
  );
}

function OpenPanel({ view, id, onClose }: { view: (typeof VIEWS)[number]; id: string; onClose: () => void }) {
  const may = useMay();
  const own = useOwnClinics();
  const { specialty, visitType } = useDirectory();
  const isNew = id === NEW && may("edit_catalogue");
  const clinic = (id: string) => own.find((clinic) => clinic.id === id);
  if (view === "clinics" && (isNew || clinic(id))) return <ClinicPanel clinic={clinic(id)} onClose={onClose} />;
  if (view === "specialties" && (isNew || specialty(id))) return <SpecialtyPanel specialty={specialty(id)} onClose={onClose} />;
  if (view === "visit-types" && (isNew || visitType(id))) return <VisitTypePanel visitType={visitType(id)} onClose={onClose} />;
  return null;
}
