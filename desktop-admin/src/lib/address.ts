/**
 * What a screen shows is in the address: filters, order, what is open. So back, forward and a copied address work.
 * All values are texts; an empty one is left out.
 */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export type Address = Record<string, string | undefined>;

export function parseAddress(text: string): Address {
  return Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value !== ""));
}

export function writeAddress(address: Address): string {
  const kept = Object.entries(address).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(kept).toString();
  return text && `?${text}`;
}

/** One of the values a filter can have; anything else in an address is ignored. */
export function oneOf<const Value extends string>(value: string | undefined, values: readonly Value[]): Value | undefined {
  return values.find((known) => known === value);
}

/** A date such as `2026-11-21`, if it is one. */
export function dateOf(value: string | undefined): string | undefined {
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A new filter takes back what was open and where one was in the list. */
export function useAddress(): [Address, (changes: Address) => void] {
  const address = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Address) => void navigate({ to: ".", search: ((before: Address) => ({ ...before, ...changes })) as never, replace: true }),
    [navigate],
  );
  return [address, change];
}
