/** Requests to the process, their cost, and whether it answers. */

/** An answer that is an error, with the words of the API that was called. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let reachable = $state(true);
let lostSince = $state(0);
let nextTry = $state(0);
let lastAnswer = Date.now();
let millis = $state(0);
let requests = $state(0);

export const connection = {
  get reachable() {
    return reachable;
  },
  /** Since when it has not answered, in milliseconds since 1970, and when it is asked again. */
  get lostSince() {
    return lostSince;
  },
  get nextTry() {
    return nextTry;
  },
  /** When the last answer came: what is shown is of then. */
  get lastAnswer() {
    return lastAnswer;
  },
  tryNow: () => void askNow(),
};

/** What the page has asked for since the reader came to it or asked anew. */
export const cost = {
  get millis() {
    return millis;
  },
  get requests() {
    return requests;
  },
  reset() {
    millis = 0;
    requests = 0;
  },
};

export type Query = Record<string, string | number | readonly string[] | undefined>;

export function address(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function fetched(path: string, query: Query, signal: AbortSignal | undefined, headers: Record<string, string>, counted = true): Promise<Response> {
  const began = performance.now();
  let reply: Response;
  try {
    reply = await fetch(address(path, query), { headers, ...(signal ? { signal } : {}) });
  } catch (failure) {
    if (!signal?.aborted) lost();
    throw failure;
  }
  answered();
  if (counted) {
    millis = Math.max(millis, performance.now() - began);
    requests++;
  }
  if (!reply.ok) throw new ApiError(reply.status, messageOf(await reply.text(), reply.status));
  return reply;
}

/** Prometheus and Jaeger wrap their message in JSON, the others send it as text. */
function messageOf(body: string, status: number): string {
  if (status === 414 || status === 431) return 'the filter is longer than a request may be (expected: fewer chips)';
  try {
    const parsed = JSON.parse(body);
    return parsed.error ?? parsed.errors?.[0]?.msg ?? parsed.message ?? body;
  } catch {
    return body.trim() === '' ? `status ${status}` : body.trim();
  }
}

export async function getJson<T>(path: string, query: Query, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
  return (await (await fetched(path, query, signal, headers)).json()) as T;
}

/** Text that no page asked for: its cost is not the page's. */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return (await fetched(path, {}, signal, {}, false)).text();
}

const AGAIN_MILLIS = 2000;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks every two seconds until the process answers again; pages then ask anew for what they show. */
function lost() {
  if (reachable) {
    reachable = false;
    lostSince = Date.now();
  }
  if (timer === undefined) askLater();
}

function askLater() {
  nextTry = Date.now() + AGAIN_MILLIS;
  timer = setTimeout(() => void askNow(), AGAIN_MILLIS);
}

async function askNow() {
  clearTimeout(timer);
  timer = undefined;
  try {
    await fetch('/own/metrics');
    answered();
    dispatchEvent(new CustomEvent('reachable'));
  } catch {
    askLater();
  }
}

function answered() {
  reachable = true;
  lastAnswer = Date.now();
}
