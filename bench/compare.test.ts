import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, figuresOf, setBeside } from './compare.ts';
import { headlineOf } from './headline.ts';

test('slower is said only of more than a tenth, and only where the quartiles are apart', () => {
  const olds = [100, 101, 102, 103, 104, 105, 106];
  const shifted = (by: number): number[] => olds.map((value) => value + by);
  assert.equal(setBeside(olds, shifted(5)).verdict, 'same', 'apart, but by too little');
  assert.equal(setBeside(olds, shifted(20)).verdict, 'slower');
  assert.equal(setBeside(shifted(20), olds).verdict, 'faster');
  const wide = [60, 80, 100, 120, 140, 160, 180];
  assert.equal(setBeside(olds, wide).verdict, 'same', 'more by 16 %, but the spread says nothing');
  const { old, new: own, change } = setBeside(olds, wide);
  assert.deepEqual(old, { low: 101.5, median: 103, high: 104.5 });
  assert.deepEqual(own, { low: 90, median: 120, high: 150 });
  assert.ok(Math.abs(change - 17 / 103) < 1e-12);
});

const load = (inFlight: number, cpuMilliseconds: number, bareCpuMilliseconds: number) => ({
  what: 'overhead',
  inFlight,
  cpuMilliseconds,
  bareCpuMilliseconds,
});

test('figures go by what they measure, and what one commit lacks is not compared', () => {
  const figures = figuresOf([
    { what: 'start-up', command: 'tenet --help', milliseconds: 50 },
    load(100, 0.3, 0.1),
    { what: 'spec-scale', milliseconds: 1 },
  ]);
  assert.deepEqual(figures, [
    { name: 'tenet --help', unit: 'ms', value: 50 },
    { name: 'a sample, 100 in flight', unit: 'CPU ms', value: 0.3 },
    { name: 'a sample beside the bare loop, 100 in flight', unit: '×', value: 0.3 / 0.1 },
  ]);
  const [help] = figures;
  assert.ok(help !== undefined);
  const compared = compare([figures, figures], [[{ ...help, value: 70 }], [help]]);
  assert.deepEqual(
    compared.map(({ name, old, new: own }) => [name, old.median, own.median]),
    [['tenet --help', 50, 60]],
  );
});

test('the headline is of the worst ratio with many calls in flight', () => {
  assert.deepEqual(headlineOf([load(1, 0.9, 0.1), load(100, 0.3, 0.1), load(1_000, 0.4, 0.2)]), {
    cpuMsPerSample: 0.3,
    baseline: 0.1,
    ratio: 0.3 / 0.1,
  });
  assert.deepEqual(headlineOf([{ what: 'memory', peakMegabytes: 250 }]), { peakMB: 250 });
});
