/// PromQL: lexer, parser, typed tree, planner and operators, with the semantics of Prometheus 3.14.
@org.jspecify.annotations.NullMarked
package dev.pharos.query.promql;
