import type { Doors } from './doors.ts';

/** The lines that make an application send to this process. */

export interface Snippet {
  readonly name: string;
  readonly lines: readonly string[];
}

/** @param host the name under which the browser reached the process */
export function snippets(host: string, doors: Doors): readonly Snippet[] {
  const grpc = `http://${host}:${doors.grpc}`;
  const http = `http://${host}:${doors.http}`;
  return [
    {
      name: 'Java',
      lines: [
        '# zero code: add the agent, start as always',
        'export OTEL_SERVICE_NAME=shop',
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${http}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        'java -javaagent:opentelemetry-javaagent.jar -jar shop.jar',
      ],
    },
    {
      name: 'Python',
      lines: [
        'pip install opentelemetry-distro opentelemetry-exporter-otlp',
        'opentelemetry-bootstrap -a install',
        'export OTEL_SERVICE_NAME=shop',
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${grpc}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
        'export OTEL_LOGS_EXPORTER=otlp',
        'export OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true',
        'opentelemetry-instrument python shop.py',
      ],
    },
    {
      name: 'Node',
      lines: [
        'npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node',
        'export OTEL_SERVICE_NAME=shop',
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${http}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        'export OTEL_LOGS_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp',
        'node --require @opentelemetry/auto-instrumentations-node/register shop.js',
      ],
    },
    {
      name: 'Go',
      lines: [
        '// go get go.opentelemetry.io/otel/sdk go.opentelemetry.io/contrib/exporters/autoexport',
        'exporter, err := autoexport.NewSpanExporter(ctx)',
        'if err != nil { log.Fatal(err) }',
        'provider := trace.NewTracerProvider(trace.WithBatcher(exporter))',
        'defer provider.Shutdown(ctx) // sends what is left',
        'otel.SetTracerProvider(provider)',
        '',
        `// OTEL_SERVICE_NAME=shop OTEL_EXPORTER_OTLP_ENDPOINT=${http} ./shop`,
      ],
    },
    {
      name: 'Rust',
      lines: [
        '# cargo add opentelemetry opentelemetry_sdk',
        '# cargo add opentelemetry-otlp --features grpc-tonic, and tokio: gRPC needs its runtime',
        'let exporter = SpanExporter::builder().with_tonic().build()?;',
        'let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();',
        'global::set_tracer_provider(provider.clone());',
        '// at the end: provider.shutdown()? sends what is left',
        '',
        `# OTEL_SERVICE_NAME=shop OTEL_EXPORTER_OTLP_ENDPOINT=${grpc} cargo run`,
      ],
    },
    {
      name: 'curl',
      lines: [
        '# one log line, to see that it arrives',
        `curl -X POST ${http}/v1/logs -H 'Content-Type: application/json' -d '{"resourceLogs": [{`,
        '  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "hello"}}]},',
        `  "scopeLogs": [{"logRecords": [{"timeUnixNano": "'$(date +%s%N)'", "severityText": "INFO",`,
        `    "body": {"stringValue": "hello from curl"}}]}]}]}'`,
      ],
    },
    {
      name: 'Collector',
      lines: ['exporters:', '  otlp:', `    endpoint: ${host}:${doors.grpc}`, '    tls:', '      insecure: true', '# or leave it out: ./pharos --config collector.yaml runs its pipelines'],
    },
  ];
}

export interface Piece {
  readonly text: string;
  readonly kind?: 'third' | 'k1' | 'k2';
}

/** A line in pieces that are coloured: comments, values of variables, options of commands. */
export function coloured(line: string): Piece[] {
  if (/^\s*(#|\/\/)/.test(line)) return [{ text: line, kind: 'third' }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of line.matchAll(/([A-Z][A-Z_]+=)(\S+)|(?<=\s)(--?[\w:.-]+)/g)) {
    const [whole, name = '', value, option] = found;
    pieces.push({ text: line.slice(at, found.index) + name });
    pieces.push(value !== undefined ? { text: value, kind: 'k2' } : { text: option ?? whole, kind: 'k1' });
    at = found.index + whole.length;
  }
  return [...pieces, { text: line.slice(at) }];
}
