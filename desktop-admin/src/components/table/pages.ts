/** Paging by the server's cursors: they only lead forwards, so the way back is remembered. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

export interface Source<T> {
  /** What the rows depend on; a change starts at the first page again. */
  key: unknown[];
  page: (cursor: string | undefined, limit: number) => Promise<{ items: T[]; next_cursor?: string | null }>;
  /** Ask again this often while the window is seen. */
  everyMs?: number;
}

/** A list that is here already, as a source. */
export function held<T>(key: unknown[], items: T[]): Source<T> {
  return {
    key: [...key, items],
    page: async (cursor, limit) => {
      const start = Number(cursor ?? 0);
      const next = start + limit;
      return { items: items.slice(start, next), next_cursor: next < items.length ? String(next) : null };
    },
  };
}

const LIMIT = 50;

export function usePages<T>(source: Source<T>) {
  const key = JSON.stringify(source.key);
  const [trail, setTrail] = useState<{ key: string; cursors: string[] }>({ key, cursors: [] });
  const cursors = trail.key === key ? trail.cursors : [];
  useEffect(() => setTrail({ key, cursors: [] }), [key]);
  const query = useQuery({
    queryKey: ["page", key, cursors.at(-1)],
    queryFn: () => source.page(cursors.at(-1), LIMIT),
    placeholderData: keepPreviousData,
    refetchInterval: source.everyMs,
  });
  const next = query.data?.next_cursor;
  return {
    key,
    items: query.data?.items ?? [],
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    page: cursors.length,
    limit: LIMIT,
    hasNext: Boolean(next),
    next: () => next && setTrail({ key, cursors: [...cursors, next] }),
    previous: () => setTrail({ key, cursors: cursors.slice(0, -1) }),
  };
}
