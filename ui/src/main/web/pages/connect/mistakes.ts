import type { Misdirected } from '../../api/own.ts';
import { count } from '../../format.ts';
import type { Doors } from './doors.ts';

/** Something that goes wrong as applications connect, and what mends it. */
export interface Notice {
  readonly what: string;
  readonly mend: string;
}

const requests = (number: number) => `${count(number)} ${number === 1 ? 'request' : 'requests'}`;

function mendOfPath(path: string): string {
  const doubled = /^(\/v1\/\w+)\1$/.exec(path)?.[1];
  if (doubled) return `OTEL_EXPORTER_OTLP_ENDPOINT ends before ${doubled}: SDKs add that.`;
  if (path.startsWith('/v1/v1/')) return 'OTEL_EXPORTER_OTLP_ENDPOINT ends before /v1: SDKs add the path of the signal.';
  if (path === '/') return 'An endpoint of one signal (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and the like) is taken as it is: end it in /v1/traces, /v1/metrics or /v1/logs.';
  return 'OTLP over HTTP is taken at /v1/traces, /v1/metrics and /v1/logs.';
}

/** What requests to the wrong port or path say about the settings of who sent them. */
export function mistakes(misdirected: readonly Misdirected[], host: string, doors: Doors): Notice[] {
  return misdirected.map(({ port, sent, path, requests: number }) => {
    if (port !== 'grpc' && port !== 'http') {
      const door = sent === 'grpc' ? doors.grpc : doors.http;
      return { what: `${requests(number)} of OTLP came to the port of ${port.replace(/,.*/, '')}`, mend: `Send to ${host}:${door}.` };
    }
    if (sent !== port) {
      return port === 'grpc'
        ? { what: `${requests(number)} by HTTP came to the port of gRPC`, mend: `Send to ${host}:${doors.http}, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc.` }
        : { what: `${requests(number)} by gRPC came to the port of HTTP`, mend: `Send to ${host}:${doors.grpc}, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.` };
    }
    if (port === 'grpc') return { what: `${requests(number)} came for a gRPC service that nobody answers`, mend: 'OTLP calls opentelemetry.proto.collector: something else speaks to this port, or no pipeline takes the signal.' };
    return { what: `${requests(number)} came for ${path === 'other' ? 'a path' : path} that nobody answers`, mend: mendOfPath(path) };
  });
}
