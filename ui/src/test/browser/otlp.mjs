// What makes OTLP in JSON, and sends it.

const attribute = (key, value) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
});
export const attributes = (map) => Object.entries(map).map(([key, value]) => attribute(key, value));

export const hex = (number, digits) => number.toString(16).padStart(digits, '0');

export async function post(base, path, body) {
  const reply = await fetch(`${base}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
}
