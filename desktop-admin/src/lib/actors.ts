/** Who did something, in the quality they acted in. */
import type { Party } from "./generated";
import type { Texts } from "./texts";

export const partyName = (party: Party, t: Texts) => t(`admin-party-${party}`);
