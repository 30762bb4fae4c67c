// Photographs every page of the gallery on a phone's screen, in light, dark, large text, Hindi and right to left, and
// looks for faults on each. The pictures are for people: look at them.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { faults, openPhone, phone, pictures, serve, tall } from "./browser.mjs";

const folder = pictures("gallery");
const only = process.argv[2];
const looks = [
  { name: "light", theme: "light", size: "normal", language: "en" },
  { name: "dark", theme: "dark", size: "normal", language: "en" },
  { name: "large", theme: "light", size: "largest", language: "en" },
  { name: "hindi", theme: "light", size: "normal", language: "hi" },
  { name: "rtl", theme: "light", size: "normal", language: "ar" },
];

/** Opens one page of the gallery in one look, without the controls that chose it. */
async function show(page, address, look, name) {
  await page.setViewportSize(phone.viewport);
  await page.goto(address);
  await page.locator("#gallery-controls > summary").click();
  await page.locator("#gallery-theme").selectOption(look.theme);
  await page.locator("#gallery-text-size").selectOption(look.size);
  await page.locator("#gallery-language").selectOption(look.language);
  await page.locator("#gallery-page").selectOption(name);
  await page.waitForFunction(([theme, language, name]) => {
    const root = document.documentElement;
    const shown = document.getElementById("gallery")?.dataset.page;
    return root.dataset.theme === theme && root.lang === language && shown === name;
  }, [look.theme, look.language, name]);
  await page.evaluate(() => {
    document.getElementById("gallery-controls").remove();
    window.scrollTo(0, 0);
    return document.fonts.ready;
  });
}

await mkdir(folder, { recursive: true });
const host = await serve("serve-gallery");
const browser = await openPhone();
let passed = 0;
let failed = 0;
try {
  const page = await browser.context.newPage();
  await page.goto(host.address);
  // Without a host that has drawn it there is nothing to photograph, and that is no success.
  await page.locator("#gallery-page option").first().waitFor({ state: "attached" });
  const names = await page.locator("#gallery-page option").evaluateAll((options) => options.map((option) => option.value));
  for (const look of looks) {
    for (const name of names.filter((name) => !only || name === only)) {
      await show(page, host.address, look, name);
      await tall(page);
      await page.screenshot({ path: path.join(folder, `${name}-${look.name}.png`), fullPage: true });
      const found = [...(await faults(page)), ...browser.errors.splice(0)];
      for (const fault of found) console.error(`${name}, ${look.name}: ${fault}`);
      if (found.length > 0) failed += 1;
      else passed += 1;
    }
  }
} finally {
  await browser.close();
  host.stop();
}
console.log(`# pass ${passed}\n# fail ${failed}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
