/** A QR code, drawn here and dark on white in every theme: cameras need it so. */
import encodeQR from "qr";
import styles from "./Protection.module.css";

/** Modules that stay white around the code (ISO/IEC 18004). */
const MARGIN = 4;

/** The dark modules as one path; they lie in a square of this many. */
export function outline(text: string): { size: number; path: string } {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: MARGIN });
  const squares = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return { size: modules.length, path: squares.join("") };
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = outline(text);
  return (
    <svg className={styles.qr} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={path} fill="#000" />
    </svg>
  );
}
