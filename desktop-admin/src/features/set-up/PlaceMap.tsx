/** Where the clinic is beside the others: enough to see a wrong sign or two numbers swapped, without fetching a map. */
import { useDirectory } from "@/lib/app";
import type { Place2 as Place } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

const [WIDTH, HEIGHT] = [380, 190];
const x = (longitude: number) => ((longitude + 180) / 360) * WIDTH;
const y = (latitude: number) => ((90 - latitude) / 180) * HEIGHT;

export function PlaceMap({ place, id }: { place: Place; id: string | undefined }) {
  const t = useTexts();
  const { clinics } = useDirectory();
  const others = clinics.filter((clinic) => clinic.id !== id);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={t("admin-clinic-map", { latitude: place.latitude.toFixed(2), longitude: place.longitude.toFixed(2) })}>
      <rect width={WIDTH} height={HEIGHT} rx={8} fill="var(--surface-sunken)" />
      {[-120, -60, 0, 60, 120].map((longitude) => (
        <line key={longitude} x1={x(longitude)} x2={x(longitude)} y1={0} y2={HEIGHT} stroke="var(--border)" strokeWidth={longitude === 0 ? 1.2 : 0.7} />
      ))}
      {[-60, -30, 0, 30, 60].map((latitude) => (
        <line key={latitude} y1={y(latitude)} y2={y(latitude)} x1={0} x2={WIDTH} stroke="var(--border)" strokeWidth={latitude === 0 ? 1.2 : 0.7} />
      ))}
      {others.map(({ id, details }) => (
        <g key={id}>
          <circle cx={x(details.place.longitude)} cy={y(details.place.latitude)} r={3.5} fill="var(--text-muted)" />
          <text x={x(details.place.longitude) + 6} y={y(details.place.latitude) + 3.5} fontSize={10} fill="var(--text-muted)">
            {details.address.city}
          </text>
        </g>
      ))}
      <circle cx={x(place.longitude)} cy={y(place.latitude)} r={10} fill="var(--accent)" opacity={0.2} />
      <circle cx={x(place.longitude)} cy={y(place.latitude)} r={5} fill="var(--accent)" />
    </svg>
  );
}
