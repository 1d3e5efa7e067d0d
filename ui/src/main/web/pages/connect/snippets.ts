/** The lines that make an application send to this process. */

export interface Snippet {
  readonly name: string;
  readonly lines: readonly string[];
}

/** @param host the name under which the browser reached the process */
export function snippets(host: string): readonly Snippet[] {
  const grpc = `http://${host}:4317`;
  const http = `http://${host}:4318`;
  return [
    {
      name: 'Java',
      lines: [
        '# no code: start with the agent, as always else',
        'export OTEL_SERVICE_NAME=shop',
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${http}`,
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
        'otel.SetTracerProvider(trace.NewTracerProvider(trace.WithBatcher(exporter)))',
        '',
        `// OTEL_SERVICE_NAME=shop OTEL_EXPORTER_OTLP_ENDPOINT=${http} ./shop`,
      ],
    },
    {
      name: 'Rust',
      lines: [
        '# cargo add opentelemetry opentelemetry_sdk',
        '# cargo add opentelemetry-otlp --features grpc-tonic',
        'let exporter = SpanExporter::builder().with_tonic().build()?;',
        'let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();',
        'global::set_tracer_provider(provider.clone());',
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
      lines: ['exporters:', '  otlp:', `    endpoint: ${host}:4317`, '    tls:', '      insecure: true', '# or leave it out: ./pharos --config collector.yaml runs its pipelines'],
    },
  ];
}
