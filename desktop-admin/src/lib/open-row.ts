/**
 * What is open beside a table. Its id is in the address (`open`), with a word the server finds it by (`of`), so that a
 * copied address opens it too; and it is read anew after every change, also when it has left the filtered list.
 */
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAddress } from "./address";

interface Options<T> {
  idOf: (row: T) => string;
  find: (id: string) => Promise<T | undefined>;
}

const seen = new Map<string, unknown>();

export function useOpenRow<T>({ idOf, find }: Options<T>) {
  const [address, setAddress] = useAddress();
  const id = address.open;
  const query = useQuery<unknown>({
    queryKey: ["open", id, address.of],
    queryFn: async () => (await find(id!)) ?? null,
    enabled: Boolean(id),
    // What the list knows of it stands until the answer comes, and a change in the meantime asks anew.
    initialData: () => seen.get(id ?? ""),
    initialDataUpdatedAt: 0,
  });
  const open = useCallback(
    (row: T, of: string) => {
      seen.set(idOf(row), row);
      setAddress({ open: idOf(row), of });
    },
    [setAddress],
  );
  const close = useCallback(() => setAddress({ open: undefined, of: undefined }), [setAddress]);
  const row = id ? ((query.data ?? undefined) as T | undefined) : undefined;
  return { row, open, close };
}
