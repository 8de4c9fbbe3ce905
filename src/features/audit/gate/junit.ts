/**
 * @module features/audit/gate/junit
 * What became of a policy as JUnit XML, which build servers show: a suite for each subject, a case for each check.
 * The form is that of the Jenkins and Apache Ant JUnit report (testsuites, testsuite, testcase, failure).
 */
import { escapeAttribute, escapeMarkup } from '../../../text/entities.ts';
import { headline, isExcused } from './check.ts';
import type { Check, GateDocument } from './schema.ts';

/** The result as an XML document. */
export function gateJunit(result: GateDocument): string {
  const bySubject = [...Map.groupBy(result.checks, ({ subject }) => subject)];
  const stamp = result.simulated ? 'SIMULATED ' : '';
  const failed = (checks: readonly Check[]): number =>
    checks.filter(({ passed }) => !passed).length;
  const suites = bySubject.map(([subject, checks]) =>
    [
      `  <testsuite name="${attribute(`${stamp}${subject}`)}" tests="${checks.length}" failures="${failed(checks)}" errors="0" skipped="${checks.filter(isExcused).length}">`,
      `    <properties><property name="run" value="${attribute(result.run)}"/><property name="simulated" value="${result.simulated}"/></properties>`,
      ...checks.map(testCase),
      '  </testsuite>',
    ].join('\n'),
  );
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(`${stamp}tenet gate`)}" tests="${result.checks.length}" failures="${failed(result.checks)}" errors="0">`,
    ...suites,
    '</testsuites>',
  ].join('\n')}\n`;
}

function testCase(check: Check): string {
  const { demand, reason } = check;
  const name = `${check.gate === check.target ? '' : `${check.gate}: `}${check.target}, ${demand}`;
  const open = `    <testcase classname="${attribute(check.subject)}" name="${attribute(name)}"`;
  if (isExcused(check)) {
    // What can't be told always has a reason.
    return `${open}>\n      <skipped message="${attribute(reason ?? '')}"/>\n    </testcase>`;
  }
  if (check.passed) return `${open}/>`;
  const details = [
    headline(check),
    ...(reason === null ? [] : [reason]),
    ...check.evidence.flatMap(({ clause, worst }) => [
      `${worst.transcript} #${clause} ${worst.severity}: ${worst.reason}`,
      ...worst.quotes.map(({ quote }) => `  “${quote}”`),
    ]),
  ];
  return `${open}>\n      <failure type="${demand}" message="${attribute(headline(check))}">${text(details.join('\n'))}</failure>\n    </testcase>`;
}

/** XML 1.0 has no way to write most controls, lone surrogates and two others: a sign that says so stands for them. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function text(content: string): string {
  return escapeMarkup(content.replace(NOT_XML, '\ufffd'));
}

function attribute(content: string): string {
  return escapeAttribute(content.replace(NOT_XML, '\ufffd')).replace(/[\t\n\r]/g, ' ');
}
